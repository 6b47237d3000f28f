"""Passes ``/api/v1/…`` on to the API Gateway of the local cloud, as CloudFront does in AWS."""

import uuid
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from yarl import URL

from infra import problems
from infra.headers import COMPRESSED_FROM_BYTES

MAX_BODY_BYTES = 10 * 1024 * 1024  # what API Gateway takes
ANSWER_SECONDS = 30.0
CONCURRENT_REQUESTS = 64
HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade".split()
)
NOT_FORWARDED = HOP_BY_HOP | {
    "host",
    "content-length",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-viewer-address",
}
NOT_RETURNED = HOP_BY_HOP | {"content-length", "content-encoding", "date", "server", "x-amz-request-id"}


def problem(found: problems.Problem) -> web.Response:
    """One of the edge's own answers."""
    return web.Response(
        status=found.status,
        text=found.body(str(uuid.uuid4())),
        content_type=problems.MEDIA_TYPE,
        headers={"Cache-Control": "no-store"},
    )


@dataclass(slots=True)
class Proxy:
    """The API of the local cloud. ``addresses`` has the path of the gateway by base path (``v1/deposits``)."""

    endpoint: str
    addresses: dict[str, str]
    answer_seconds: float = ANSWER_SECONDS
    session: aiohttp.ClientSession | None = field(default=None, repr=False)

    async def open(self, _: web.Application) -> None:
        """Open the connections that all requests share."""
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONCURRENT_REQUESTS),
            timeout=aiohttp.ClientTimeout(total=self.answer_seconds),
            auto_decompress=False,
        )

    async def close(self, _: web.Application) -> None:
        """Close them."""
        if self.session:
            await self.session.close()

    def target(self, path: str) -> str | None:
        """Address of a path such as ``/v1/deposits/accounts``, or None where no module serves it."""
        base = "/".join(path.strip("/").split("/")[:2])
        found = self.addresses.get(base)
        return f"{self.endpoint}{found}{path}" if found else None

    async def handle(self, request: web.Request) -> web.Response:
        """The answer of the bank, or a problem where it cannot be reached."""
        target = self.target(request.rel_url.raw_path.removeprefix("/api"))
        if target is None:
            return problem(problems.NOT_FOUND)
        if (request.content_length or 0) > MAX_BODY_BYTES:
            return problem(problems.TOO_LARGE)
        try:
            return await self._forward(request, target)
        except web.HTTPRequestEntityTooLarge:
            return problem(problems.TOO_LARGE)
        except TimeoutError:
            return problem(problems.TIMEOUT)
        except aiohttp.ClientError:
            return problem(problems.UNAVAILABLE)

    async def _forward(self, request: web.Request, target: str) -> web.Response:
        if self.session is None:
            return problem(problems.UNAVAILABLE)
        sent = {name: value for name, value in request.headers.items() if name.lower() not in NOT_FORWARDED}
        sent["X-Viewer-Address"] = sent["X-Forwarded-For"] = request.remote or ""
        sent["X-Forwarded-Proto"] = request.scheme
        query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
        url = URL(target + query, encoded=True)
        body = await request.read()
        async with self.session.request(
            request.method,
            url,
            headers=sent,
            data=body or None,
            allow_redirects=False,
            skip_auto_headers=("Content-Type",),  # a request without a body has none, as in the cloud
        ) as answer:
            returned = [
                (name, value) for name, value in answer.headers.items() if name.lower() not in NOT_RETURNED
            ]
            content = await answer.read()
        response = web.Response(status=answer.status, headers=returned_headers(returned), body=content)
        if len(content) >= COMPRESSED_FROM_BYTES and "gzip" in request.headers.get("Accept-Encoding", ""):
            response.enable_compression(web.ContentCoding.gzip)
        return response


def returned_headers(pairs: list[tuple[str, str]]) -> "aiohttp.typedefs.LooseHeaders":
    """Headers that may repeat (Set-Cookie); nothing of the API is kept by a cache unless it says so."""
    if not any(name.lower() == "cache-control" for name, _ in pairs):
        pairs = [*pairs, ("Cache-Control", "no-store")]
    return pairs
