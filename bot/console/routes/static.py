"""The console's own files, and the probe."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.console.access import public
from bot.console.pages import STATIC
from bot.gateway.errors import Refused
from bot.gateway.static_files import StaticFiles

_files = StaticFiles(STATIC)


@public
async def file(request: Request) -> Response:
    """One file; for pages of ours only."""
    try:
        response = await _files.endpoint(request)
    except Refused as error:
        raise HTTPException(404) from error
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    del response.headers["Access-Control-Allow-Origin"]
    return response


@public
async def health(_: Request) -> Response:
    """Alive."""
    return JSONResponse({"status": "ok"})


ROUTES = [Route("/static/{name:path}", file, methods=["GET"]), Route("/health", health, methods=["GET"])]
