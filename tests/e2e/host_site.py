"""Somebody else's site, on another origin, that embeds the chat under a policy that allows nothing inline."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class HostSite:
    """One page and its style sheet.

    A real server: the browser keeps a page that a test made up from reaching this machine.
    """

    def __init__(self, gateway_url: str, port: int = 0) -> None:
        """Serve at once, without any style."""
        self.gateway_url = gateway_url
        self.css = ""
        self.attributes = ""
        self.head = ""
        self.language = "en"
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        """The page."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def close(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()

    def _html(self) -> str:
        return (
            f"<!doctype html><html lang={self.language}><head><meta charset=utf-8><title>A site</title>{self.head}"
            "<link rel=stylesheet href=/site.css>"
            f"<script src='{self.gateway_url}/widget/launcher.js' async {self.attributes}></script></head>"
            "<body><main><h1>A site of somebody else</h1><p>Words.</p></main></body></html>"
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = site.css if self.path == "/site.css" else site._html()
                self.send_response(200 if self.path in ("/", "/site.css") else 404)
                self.send_header("Content-Type", "text/css" if self.path == "/site.css" else "text/html")
                allowed = (
                    f"script-src {site.gateway_url}; frame-src {site.gateway_url}; style-src 'self'; img-src 'self'"
                )
                self.send_header("Content-Security-Policy", f"default-src 'none'; {allowed}")
                self.end_headers()
                self.wfile.write(content.encode())

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        return Handler
