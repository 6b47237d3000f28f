"""One port for the whole bank, in the place of CloudFront: member portal, console and API, with the same headers."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from infra import headers, problems
from infra.local.proxy import MAX_BODY_BYTES, Proxy, problem
from infra.local.site import Site, StaticFile
from infra.paths import PORTAL

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SECURITY = headers.security_headers(secure=False)
NOT_BUILT = "This portal is not built yet: scripts/build makes it."


@web.middleware
async def secured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The security headers on every answer, errors of this server included."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(SECURITY)
        raise
    response.headers.update(SECURITY)
    return response


def _answer(request: web.Request, file: StaticFile) -> web.Response:
    if file.headers["ETag"] in request.headers.get("If-None-Match", ""):
        return web.Response(status=304, headers=file.headers)
    encoding, body = file.choose(request.headers.get("Accept-Encoding", ""))
    response = web.Response(body=body, headers=file.headers)
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    return response


def pages(site: Site, prefix: str) -> Handler:
    """Serves one portal under its prefix."""

    async def serve(request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(prefix)
        file = site.find(path)
        if file is not None:
            return _answer(request, file)
        if site.find("") is None:
            return web.Response(status=503, text=NOT_BUILT)
        return web.Response(status=404, text="404")

    return serve


async def to_console(request: web.Request) -> web.StreamResponse:
    """The console's address ends with a slash, so that its relative links work."""
    raise web.HTTPFound("/admin/")


async def unknown_api(request: web.Request) -> web.StreamResponse:
    """Paths under /api that are not of the present version."""
    return problem(problems.NOT_FOUND)


def application(proxy: Proxy, portal: Path = PORTAL) -> web.Application:
    """The edge as an aiohttp application."""
    app = web.Application(middlewares=[secured], client_max_size=MAX_BODY_BYTES)
    app.on_startup.append(proxy.open)
    app.on_cleanup.append(proxy.close)
    app.router.add_route("*", "/api/v1/{path:.*}", proxy.handle)
    app.router.add_route("*", "/api/{path:.*}", unknown_api)
    app.router.add_get("/admin", to_console)
    app.router.add_get("/admin/{path:.*}", pages(Site(portal / "apps" / "admin" / "dist"), "/admin/"))
    app.router.add_get("/{path:.*}", pages(Site(portal / "apps" / "member" / "dist"), "/"))
    return app
