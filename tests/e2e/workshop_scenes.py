"""Pages of correction, gaps, measures and publishing, as `console_screenshots` takes them."""

from __future__ import annotations

from .console_page import ConsolePage

_PATIENCE_MS = 120_000


def correct(window: ConsolePage) -> None:
    window.page.set_default_timeout(_PATIENCE_MS)
    window.go("/review").locator(".list tbody a").first.click()
    window.page.get_by_role("link", name="Correct").first.click()
    window.page.get_by_label("The right meaning").select_option("ask_session_length")
    window.page.get_by_role("button", name="Show what stands near it").click()
    window.page.get_by_text("Nearest of its own").wait_for()


def gaps(window: ConsolePage) -> None:
    window.page.set_default_timeout(_PATIENCE_MS)
    window.go("/gaps").get_by_role("region", name="By meaning").wait_for()


def measures(window: ConsolePage) -> None:
    window.page.set_default_timeout(_PATIENCE_MS)
    window.go("/measures?weeks=4").locator("#topics").scroll_into_view_if_needed()


def changes(window: ConsolePage) -> None:
    window.page.set_default_timeout(_PATIENCE_MS)
    page = window.go("/content/clinic")
    page.get_by_label("Banner on top of the chat").fill("Closed on Friday")
    page.get_by_role("button", name="Save to the changes").click()
    page.get_by_role("link", name="See the changes").click()
    page.get_by_text("no faults").wait_for()


SCENES = {
    "console-correct": correct,
    "console-gaps": gaps,
    "console-measures": measures,
    "console-changes": changes,
}
