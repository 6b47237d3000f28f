"""The one port in front of the local cloud: static files, fallback, compression, headers, and the way to the API."""

import asyncio
import gzip
import json
import os
import re
import subprocess
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from infra import headers
from infra.local import edge, portals
from infra.local.proxy import MAX_BODY_BYTES, Proxy
from infra.local.site import FILE_SUFFIXES, Site, names_a_file

PAGE = "<html>" + "x" * 2000 + "</html>"
Journey = Callable[[TestClient], Awaitable[None]]


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    for app in ("member", "admin"):
        dist = tmp_path / "apps" / app / "dist"
        (dist / "assets").mkdir(parents=True)
        (dist / "index.html").write_text(PAGE + app)
        (dist / "assets" / "index-1a2b.js").write_text("export const x = 1;" * 100)
    (tmp_path / "apps" / "member" / "package.json").write_text("{}")
    return tmp_path


async def _gateway(request: web.Request) -> web.Response:
    body = await request.text()
    answer = web.json_response(
        {"path": request.raw_path, "method": request.method, "body": body, "headers": dict(request.headers)},
        status=201,
    )
    answer.headers["ETag"] = '"7"'
    answer.headers["Idempotency-Hit"] = "true"
    answer.set_cookie("a", "1")
    answer.set_cookie("b", "2")
    return answer


def visit(portal: Path, journey: Journey, addresses: dict[str, str] | None = None) -> None:
    """Run a journey against an edge whose gateway repeats what it is asked."""

    async def run() -> None:
        backend = web.Application(client_max_size=2 * MAX_BODY_BYTES)
        backend.router.add_route("*", "/{path:.*}", _gateway)
        async with TestServer(backend) as gateway:
            endpoint = f"http://127.0.0.1:{gateway.port}"
            proxy = Proxy(endpoint, {"v1/deposits": "/api-1"} if addresses is None else addresses)
            async with TestClient(TestServer(edge.application(proxy, portal))) as client:
                await journey(client)

    asyncio.run(run())


def test_portals_stand_under_their_paths(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        for path, app in {
            "/": "member",
            "/cuentas/1": "member",
            "/admin/": "admin",
            "/admin/users/7": "admin",
            "/admin/parameters/deposits.plan": "admin",
            "/admin/reports/platform.parameter_changes": "admin",
            "/admin/parameters/administration.code_table/id.types": "admin",
        }.items():
            answer = await client.get(path)
            assert (answer.status, await answer.text()) == (200, PAGE + app)
            assert answer.headers["Cache-Control"] == "no-cache"
        moved = await client.get("/admin", allow_redirects=False)
        assert (moved.status, moved.headers["Location"]) == (302, "/admin/")

    visit(portal, journey)


def test_missing_files_are_not_the_first_page(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        assert (await client.get("/assets/gone.js")).status == 404
        assert (await client.get("/admin/logo.png")).status == 404
        assert (await client.get("/admin/assets/gone")).status == 404

    visit(portal, journey)


def test_security_headers_are_on_every_answer(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        for path in ("/", "/gone.js", "/admin", "/api/v1/nobody/x", "/api/v1/deposits/x"):
            answer = await client.get(path, allow_redirects=False)
            for name, value in headers.security_headers(secure=False).items():
                assert answer.headers[name] == value, path

    visit(portal, journey)


def test_hashed_files_are_immutable_and_sent_compressed(portal: Path) -> None:
    portals.compress(portal / "apps" / "member" / "dist")

    async def journey(client: TestClient) -> None:
        path = "/assets/index-1a2b.js"
        for accepted, encoding in {"gzip, br": "br", "gzip": "gzip", "identity": None}.items():
            answer = await client.get(path, headers={"Accept-Encoding": accepted})
            assert answer.headers.get("Content-Encoding") == encoding
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert (await answer.text()).startswith("export const x")

    visit(portal, journey)


def test_unchanged_file_is_not_sent_again(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        first = await client.get("/")
        again = await client.get("/", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status, await again.read()) == (304, b"")

    visit(portal, journey)


def test_portal_built_again_is_seen_without_a_restart(portal: Path) -> None:
    site = Site(portal / "apps" / "member" / "dist")
    assert site.find("nuevo.txt") is None
    (site.root / "nuevo.txt").write_text("new")
    first = site.root / "index.html"
    first.write_text("again")

    os.utime(first, (1, 1))
    found = site.find("nuevo.txt")
    assert found is not None
    assert found.bodies["identity"] == b"new"


def test_portal_that_is_not_built_says_so(tmp_path: Path) -> None:
    async def journey(client: TestClient) -> None:
        answer = await client.get("/")
        assert answer.status == 503
        assert "scripts/build" in await answer.text()

    visit(tmp_path, journey)


def test_request_reaches_the_gateway_whole(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        answer = await client.post(
            "/api/v1/deposits/accounts/a%20b?from=2026-01-01&x=%C3%A1",
            data=b'{"amount": "1"}',
            headers={"Idempotency-Key": "k1", "Authorization": "Bearer t", "X-Viewer-Address": "6.6.6.6"},
        )
        seen = json.loads(await answer.text())
        assert answer.status == 201
        assert seen["path"] == "/api-1/v1/deposits/accounts/a%20b?from=2026-01-01&x=%C3%A1"
        assert (seen["method"], seen["body"]) == ("POST", '{"amount": "1"}')
        assert seen["headers"]["Idempotency-Key"] == "k1"
        assert seen["headers"]["Authorization"] == "Bearer t"
        assert seen["headers"]["X-Viewer-Address"] == "127.0.0.1"

    visit(portal, journey)


def test_answer_comes_back_whole_and_is_not_stored(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        answer = await client.get("/api/v1/deposits/accounts")
        assert answer.headers["ETag"] == '"7"'
        assert answer.headers["Idempotency-Hit"] == "true"
        assert answer.headers.getall("Set-Cookie") == ["a=1; Path=/", "b=2; Path=/"]
        assert answer.headers["Cache-Control"] == "no-store"

    visit(portal, journey)


@pytest.mark.parametrize(
    ("size", "accepted", "encoding"),
    [(5000, "gzip, br", "gzip"), (5000, "br", None), (5000, "identity", None), (10, "gzip", None)],
)
def test_long_answers_are_sent_compressed_to_whoever_takes_it(
    portal: Path, size: int, accepted: str, encoding: str | None
) -> None:
    async def journey(client: TestClient) -> None:
        asked = {"Accept-Encoding": accepted}
        answer = await client.post("/api/v1/deposits/x", data="y" * size, headers=asked)
        assert answer.headers.get("Content-Encoding") == encoding
        assert (await answer.json())["body"] == "y" * size
        assert answer.headers["ETag"] == '"7"'

    visit(portal, journey)


def test_path_that_no_module_serves_is_a_problem(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        for path in ("/api/v1/nobody/x", "/api/v2/deposits", "/api/v1/", "/api/v1"):
            answer = await client.get(path)
            assert (answer.status, answer.content_type) == (404, "application/problem+json")
            assert (await answer.json(content_type=None))["code"] == "not_found"

    visit(portal, journey)


def test_body_larger_than_the_gateway_takes_is_a_problem(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        answer = await client.post("/api/v1/deposits/accounts", data=b"0" * (MAX_BODY_BYTES + 1))
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (413, "request_too_large")

    visit(portal, journey)


def test_cloud_that_is_away_is_a_problem(portal: Path) -> None:
    async def run() -> None:
        proxy = Proxy("http://127.0.0.1:1", {"v1/deposits": "/api-1"})
        async with TestClient(TestServer(edge.application(proxy, portal))) as client:
            answer = await client.get("/api/v1/deposits/accounts")
            assert (answer.status, (await answer.json(content_type=None))["code"]) == (502, "unavailable")

    asyncio.run(run())


def test_many_clients_at_once_each_get_their_own_answer(portal: Path) -> None:
    async def journey(client: TestClient) -> None:
        async def ask(number: int) -> str:
            answer = await client.get(f"/api/v1/deposits/accounts/{number}")
            return str((await answer.json(content_type=None))["path"])

        paths = await asyncio.gather(*(ask(number) for number in range(200)))
        assert paths == [f"/api-1/v1/deposits/accounts/{number}" for number in range(200)]

    visit(portal, journey)


def test_only_files_worth_it_are_compressed(tmp_path: Path) -> None:
    (tmp_path / "small.js").write_text("1")
    (tmp_path / "photo.png").write_bytes(b"0" * 5000)
    (tmp_path / "big.js").write_text("x" * 5000)
    assert portals.compress(tmp_path) == 1
    assert gzip.decompress((tmp_path / "big.js.gz").read_bytes()) == b"x" * 5000
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "big.js",
        "big.js.br",
        "big.js.gz",
        "photo.png",
        "small.js",
    ]


@pytest.mark.parametrize(
    "path",
    [
        *(f"logo.{suffix}" for suffix in sorted(FILE_SUFFIXES)),
        "parameters/deposits.plan",
        "reports/platform.parameter_changes",
        "v1.js/page",
        "v1.2/js",
        "js",
    ],
)
def test_cloud_and_local_edge_take_the_same_paths_for_files(path: str) -> None:
    assert bool(_file_pattern().search(f"/{path}")) == names_a_file(path)


@cache
def _file_pattern() -> re.Pattern[str]:
    code = (Path(edge.__file__).parents[1] / "stacks" / "page_path.js").read_text()
    source = code.partition("/\\.")[2].partition("/i;")[0]
    return re.compile(rf"\.{source}", re.IGNORECASE)


@pytest.mark.parametrize(
    ("file", "uri", "expected"),
    [
        ("page_path.js", "/", "/index.html"),
        ("page_path.js", "/cuentas/12", "/index.html"),
        ("page_path.js", "/admin/users/7", "/admin/index.html"),
        ("page_path.js", "/admin/parameters/deposits.plan", "/admin/index.html"),
        ("page_path.js", "/admin/reports/platform.parameter_changes", "/admin/index.html"),
        ("page_path.js", "/assets/index-1a2b.js", "/assets/index-1a2b.js"),
        ("page_path.js", "/admin/assets/gone", "/admin/assets/gone"),
        ("page_path.js", "/admin/logo.png", "/admin/logo.png"),
        ("page_path.js", "/admin", "/admin/"),
        ("api_path.js", "/api/v1/deposits/accounts", "/v1/deposits/accounts"),
    ],
)
def test_cloudfront_leads_paths_where_the_local_edge_does(file: str, uri: str, expected: str) -> None:
    code = (Path(edge.__file__).parents[1] / "stacks" / file).read_text()
    event = json.dumps({"viewer": {"ip": "190.1.2.3"}, "request": {"uri": uri, "headers": {}}})
    told = "answer.uri || answer.headers.location.value"
    script = f"{code}; const answer = handler({event}); process.stdout.write({told})"
    assert (
        subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout == expected
    )
