"""The staff console in a browser: log in, go to a page, and see that it is accessible in every setting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.integration.console_serving import PASSWORD

needs_browser = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STANDARD = {"runOnly": {"type": "tag", "values": TAGS}}
# What depends on colours and on the size of the window; names and structure are the same in all.
LOOKS_ALONE = {
    "runOnly": {
        "type": "rule",
        "values": [
            *("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"),
            *("aria-hidden-focus", "bypass", "skip-link", "region"),
        ],
    }
}
NARROW = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}


class ConsolePage:
    """One window of one member of staff."""

    def __init__(self, open_window: Callable[..., Page], url: str, **settings: Any) -> None:
        self._open_window = open_window
        self.url = url
        self.page = open_window(**settings)

    def another(self, **settings: Any) -> ConsolePage:
        """A window of somebody else."""
        return ConsolePage(self._open_window, self.url, **settings)

    def go(self, path: str) -> Page:
        answer = self.page.goto(f"{self.url}{path}")
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        return self.page

    def login(self, role: str) -> ConsolePage:
        self.go("/login")
        self.page.get_by_label("Name").fill(role)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_selector(".side")
        return self

    def accessible_everywhere(self, path: str = "") -> None:
        """No finding of axe in light and dark, at 320 px and on a laptop, and nothing that must be scrolled sideways.

        Args:
            path: Where to go first; the page that is open when "".
        """
        if path:
            self.go(path)
        rules = STANDARD
        for scheme in ("light", "dark"):
            for size in (LAPTOP, NARROW):
                # Without motion: a colour on its way from light to dark is neither.
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                self.page.set_viewport_size(size)
                findings, rules = self.findings(rules), LOOKS_ALONE
                assert findings == [], f"{path} {scheme} {size['width']}: {findings}"
                wide = self.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= size["width"], f"{path}: {wide} px wide in a window of {size['width']}"
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(LAPTOP)

    def findings(self, rules: dict[str, Any] = STANDARD) -> list[str]:
        """What axe finds on the page that is open."""
        self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("options => axe.run(document, options)", rules)
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary'][:200]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
