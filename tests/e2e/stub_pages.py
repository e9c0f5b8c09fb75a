"""The pages and files of the gateway for browser tests, with the headers of the real ones."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.article.article import read_article

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "bot" / "gateway" / "pages"
WIDGET = ROOT / "bot" / "widget" / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
FRAME_POLICY = f"{_POLICY}*; require-trusted-types-for 'script'; trusted-types 'none'"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}
CLINIC = {
    "name": "Back Pain Acupuncture Bellingham",
    "phone": "(360) 555-0100",
    "email": "hello@clinic.example",
    "contact": "call Back Pain Acupuncture Bellingham at (360) 555-0100",
    "address": "100 Harbor Street, Bellingham, WA",
    "booking_link": "",
    "privacy_link": "/privacy",
    "emergency_number": "911",
    "crisis_number": "988",
    "answers": {"hours": "We are open Monday to Friday, 9 to 5."},
}

Endpoint = Callable[[Request], Awaitable[Response]]


def page(name: str, public_url: str, policy: str = f"{_POLICY}'none'") -> Endpoint:
    """One of the gateway's own pages."""
    environment = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)
    article = read_article(ROOT / "data" / "article" / "back-pain.md")

    async def show(_: Request) -> Response:
        text = environment.get_template(name).render(
            clinic=SimpleNamespace(**CLINIC),
            article=article,
            public_url=public_url,
            retention_days=30,
            assessment_days=365,
            session_hours=24,
        )
        return _compressed(text.encode(), "text/html", {"Content-Security-Policy": policy})

    return show


def file(folder: Path) -> Endpoint:
    """The files of a folder, by the name in the address."""

    async def send(request: Request) -> Response:
        path = folder / request.path_params["name"]
        if path.parent != folder or not path.is_file():
            return HTMLResponse("", 404)
        return _compressed(path.read_bytes(), _TYPES[path.suffix], {"Access-Control-Allow-Origin": "*"})

    return send


def _compressed(content: bytes, media_type: str, headers: dict[str, str]) -> Response:
    packed = gzip.compress(content, 9, mtime=0)
    return Response(packed, media_type=media_type, headers={"Content-Encoding": "gzip", **headers})
