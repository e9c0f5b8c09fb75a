"""Debian's Chromium, a gateway to talk to, and a watch over every page for what must never happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.integration.console_serving import ServedConsole, console_services, serving_console

from .console_page import ConsolePage
from .stub_gateway import StubGateway
from .widget_page import PATIENCE_MS, WidgetPage

CHROMIUM = Path("/usr/bin/chromium")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's browser instead of a downloaded one."""
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: apt install chromium")
    return {"executable_path": str(CHROMIUM), "args": BROWSER_ARGUMENTS, "headless": True}


@pytest.fixture
def stub() -> Iterator[StubGateway]:
    """A gateway whose replies, delays and failures the test decides."""
    stub = StubGateway().start()
    yield stub
    stub.stop()


@pytest.fixture
def gateway(stub: StubGateway) -> StubGateway:
    """The gateway under test: anything with a `url`."""
    return stub


class Watch:
    """What must never happen on a page: an error, a call to another host, a breach of a content policy."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.seen: list[str] = []
        self.own_hosts = {"127.0.0.1"}

    def over(self, page: Page) -> None:
        """Watch one page and all its frames."""
        page.on("pageerror", lambda error: self.seen.append(f"page error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        if "Content Security Policy" in text or "Content-Security-Policy" in text or "TrustedHTML" in text:
            self.seen.append(f"policy: {text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in self.own_hosts:
            self.seen.append(f"foreign request: {request.url}")


NewWindow = Callable[..., Page]


@pytest.fixture
def new_window(browser: Browser) -> Iterator[NewWindow]:
    """Opens a window of a visitor of its own, with settings such as `color_scheme`; all of them are watched."""
    watch, contexts = Watch(), []

    def build(**settings: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **settings})
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", watch.over)
        contexts.append(context)
        return context.new_page()

    yield build
    for context in contexts:
        context.close()
    assert [] == watch.seen


@pytest.fixture
def widget(new_window: NewWindow, gateway: StubGateway) -> WidgetPage:
    """The demonstration page, not visited yet."""
    return WidgetPage(new_window(), gateway.url)


@pytest.fixture
def staff_console(tmp_path: Path) -> Iterator[ServedConsole]:
    """A staff console over an empty database, with a tester, an editor and an admin."""
    with serving_console(console_services(tmp_path, f"sqlite:///{tmp_path / 'console.db'}")) as served:
        yield served


@pytest.fixture
def console_page(new_window: NewWindow, staff_console: ServedConsole) -> ConsolePage:
    """A window on it, nobody logged in yet."""
    return ConsolePage(new_window, staff_console.url)
