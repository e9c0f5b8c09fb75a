"""`python -m tests.e2e.measure_first_use`: how soon the chat can be written in, on a device a quarter as fast as this one.

It prints the median and the slowest of ten openings, from the press of the launcher to a field that takes text. Nothing
is asserted: the figure is the machine's as much as ours.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import Browser, sync_playwright

from .conftest import BROWSER_ARGUMENTS, CHROMIUM
from .stub_gateway import StubGateway
from .widget_page import WidgetPage

OPENINGS = 10
SLOWER = 4


def milliseconds_until_usable(browser: Browser, gateway: StubGateway) -> float:
    """From a new visitor's press of the launcher until the panel says it is ready."""
    # Closed afterwards: a page that stays open goes on working and slows the next one.
    page = browser.new_page()
    widget = WidgetPage(page, gateway.url).visit()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(
        """() => { const press = document.querySelector('clinic-chat').shadowRoot.querySelector('button')
             press.addEventListener('click', () => (window.pressed = performance.now()), true)
             addEventListener('message', ({ data }) => data.chat === 'ready' &&
               (window.usable = performance.now())) }"""
    )
    widget.open()
    elapsed: float = page.evaluate("() => window.usable - window.pressed")
    page.close()
    return elapsed


def main() -> int:
    """Measure and print."""
    if not CHROMIUM.exists():
        sys.stderr.write(f"no {CHROMIUM}: apt install chromium\n")
        return 2
    stub = StubGateway().start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=BROWSER_ARGUMENTS)
            times = [milliseconds_until_usable(browser, stub) for _ in range(OPENINGS)]
            browser.close()
    finally:
        stub.stop()
    print(f"usable after {statistics.median(times):.0f} ms in the median, {max(times):.0f} ms at worst of {OPENINGS}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
