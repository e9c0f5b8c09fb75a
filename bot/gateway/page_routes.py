"""Pages: the demonstration page of the clinic, the chat's frame, the article, privacy; and the two probes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined
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

# A plain page for each, used where `pages/` has none of that name.
_PLAIN = {
    "plain.html": "<!doctype html><html lang=en><meta charset=utf-8><title>{% block title %}{{ clinic.name }}"
    "{% endblock %}</title><main>{% block main %}{% endblock %}</main>",
    "home.html": "{% extends 'plain.html' %}{% block main %}<h1>{{ clinic.name }}</h1>"
    "<script src=/widget/launcher.js defer></script>{% endblock %}",
    "frame.html": "{% extends 'plain.html' %}{% block main %}<script src=/widget/panel.js type=module></script>"
    "{% endblock %}",
    "privacy.html": "{% extends 'plain.html' %}{% block main %}<h1>Privacy</h1><p>What you write here is kept for "
    "{{ retention_days }} days and then erased. You can erase it at any time in the chat.</p>"
    "{% if clinic.privacy_link %}<p><a href='{{ clinic.privacy_link }}'>Privacy at {{ clinic.name }}</a></p>"
    "{% endif %}{% endblock %}",
    "article.html": "{% extends 'plain.html' %}{% block main %}<h1>{{ article.title }}</h1>"
    "{% for section in article.sections %}<section id='{{ section.slug }}'><h2>{{ section.heading }}</h2>"
    "{% for sentence in section.sentences %}<span id='{{ sentence.id }}'>{{ sentence.text }}</span> {% endfor %}"
    "</section>{% endfor %}{% endblock %}",
}


def templates(folder: Path = PAGES) -> Environment:
    """The page templates. Every value is escaped, and a name that does not exist is an error."""
    loader = ChoiceLoader([FileSystemLoader(folder), DictLoader(_PLAIN)])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page(name: str) -> Callable[[Request], Awaitable[Response]]:
    """A route that shows one template.

    Templates know `clinic` (data/clinic.yml), `article`, `public_url`, `retention_days` and `session_hours`.
    """

    async def show(request: Request) -> Response:
        services = gateway_of(request).services
        environment: Environment = request.app.state.templates
        text = environment.get_template(name).render(page_values(services))
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    return show


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
