"""Pages: the demonstration page of the clinic, the chat's frame, the article, privacy; and the two probes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.gateway import errors
from bot.gateway.consent import page_values
from bot.gateway.context import gateway_of
from bot.gateway.static_files import StaticFiles

GATEWAY = Path(__file__).parent
PAGES = GATEWAY / "pages"
WIDGET = GATEWAY.parent / "widget" / "static"


def templates() -> Environment:
    """The page templates. Every value is escaped, and a name that does not exist is an error."""
    loader = FileSystemLoader(PAGES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page(name: str) -> Callable[[Request], Awaitable[Response]]:
    """A route that shows one template, with the values of `page_values`."""

    async def show(request: Request) -> Response:
        services = gateway_of(request).services
        environment: Environment = request.app.state.templates
        text = environment.get_template(name).render(page_values(services))
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    return show


def not_found(request: Request) -> Response | None:
    """The page for an address that a person's browser opens and that leads nowhere; None where a program asks."""
    if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("accept", ""):
        return None
    environment: Environment = request.app.state.templates
    text = environment.get_template("not_found.html").render(page_values(gateway_of(request).services))
    return HTMLResponse(text, 404, headers={"Cache-Control": "no-cache"})


async def health(_: Request) -> Response:
    """Alive."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """Able to answer: the database opens and Rasa has its model."""
    gateway = gateway_of(request)
    if not await gateway.rasa.is_ready():
        raise errors.Refused(503, "not_ready", "The assistant is not ready yet.", "Try again in a few seconds.")
    await gateway.services.database.reading(lambda session: session.connection())
    return JSONResponse({"status": "ready"})


ROUTES = [
    Route("/", page("home.html"), methods=["GET"]),
    Route("/chat/frame", page("frame.html"), methods=["GET"]),
    Route("/article", page("article.html"), methods=["GET"]),
    Route("/privacy", page("privacy.html"), methods=["GET"]),
    Route("/widget/{name:path}", StaticFiles(WIDGET).endpoint, methods=["GET"]),
    Route("/assets/{name:path}", StaticFiles(PAGES / "assets").endpoint, methods=["GET"]),
    Route("/health", health, methods=["GET"]),
    Route("/ready", ready, methods=["GET"]),
]
