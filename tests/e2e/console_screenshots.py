"""`python -m tests.e2e.console_screenshots`: the staff console's main pages, as pictures in docs/screenshots."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bot.commands.local_agent import LocalAgent
from bot.commands.train import ensure_trained
from bot.curation.working_copy import WorkingCopy
from bot.project import PROJECT
from tests.integration.assistant_serving import Assistant, serving_assistant

from . import workshop_scenes
from .conftest import BROWSER_ARGUMENTS, CHROMIUM
from .console_page import ConsolePage
from .screenshots import FOLDER, LARGEST

LAPTOP = {"viewport": {"width": 1280, "height": 800}}
Scene = Callable[[ConsolePage], None]


def try_it(window: ConsolePage) -> None:
    page = window.go("/try")
    page.get_by_label("First message").fill("Does it hurt? I take blood thinners and my mother had a stroke.")
    page.get_by_role("button", name="Begin a test").click()
    page.locator("#last").scroll_into_view_if_needed()


def danger(window: ConsolePage) -> None:
    page = window.go("/try")
    page.get_by_label("First message").fill("Since yesterday I cannot control my bladder and my legs are weak")
    page.get_by_role("button", name="Begin a test").click()
    page.locator("#last").scroll_into_view_if_needed()


def review(window: ConsolePage) -> None:
    window.go("/review")


def transcript(window: ConsolePage) -> None:
    window.go("/review").locator(".list tbody a").last.click()


def safety(window: ConsolePage) -> None:
    window.go("/safety")


def today(window: ConsolePage) -> None:
    window.go("/")


def login(window: ConsolePage) -> None:
    window.page.context.clear_cookies()
    window.go("/login")


SCENES: dict[str, tuple[Scene, dict[str, Any]]] = {
    "console-today": (today, LAPTOP),
    "console-try": (try_it, LAPTOP),
    "console-try-danger": (danger, {"viewport": {"width": 1180, "height": 700}}),
    "console-review": (review, LAPTOP),
    "console-transcript": (transcript, LAPTOP),
    "console-safety": (safety, LAPTOP),
    "console-dark-try": (try_it, {**LAPTOP, "color_scheme": "dark"}),
    "console-narrow-320-review": (review, {"viewport": {"width": 320, "height": 640}}),
    "console-login": (login, LAPTOP),
    **{name: (scene, LAPTOP) for name, scene in workshop_scenes.SCENES.items()},
}
TALKS = (
    ("does it hurt?", "how long does a session take?"),
    ("what does it cost?",),
    ("is it safe if I am pregnant?", "my ankle is blue and flarble"),
    ("Since yesterday I cannot control my bladder",),
    ("can it help with sciatica?", "thanks"),
)


def furnish(assistant: Assistant) -> None:
    for texts in TALKS:
        visitor = assistant.gateway.visitor().open()
        for number, text in enumerate(texts, start=1):
            visitor.say(text)
            visitor.wait_for_replies(number, 60)


def main(wanted: list[str]) -> int:
    """Take those named, or all."""
    if not Path(CHROMIUM).exists():
        sys.stderr.write(f"no {CHROMIUM}: apt install chromium\n")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    agent = LocalAgent(ensure_trained(PROJECT))
    with tempfile.TemporaryDirectory() as folder:
        # The pages of editing work on the files below the console's folder: a copy, never the project itself.
        WorkingCopy(PROJECT, Path(folder) / "none").materialise(Path(folder))
        sizes = _pictures(wanted, Path(folder), agent)
    for name, size in sizes.items():
        print(f"{name}.png {size // 1024} KB{'  too large' if size > LARGEST else ''}")
    return int(any(size > LARGEST for size in sizes.values()))


def _pictures(wanted: list[str], folder: Path, agent: LocalAgent) -> dict[str, int]:
    sizes: dict[str, int] = {}
    with serving_assistant(folder, agent) as assistant:
        furnish(assistant)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=BROWSER_ARGUMENTS)
            for name in wanted or SCENES:
                scene, settings = SCENES[name]
                assistant.console.app.state.console.logins_by_name._left.clear()
                assistant.console.app.state.console.logins_by_address._left.clear()
                context = browser.new_context(locale="en-US", reduced_motion="reduce", **settings)

                def opened(**_: Any) -> Page:
                    return context.new_page()  # noqa: B023

                window = ConsolePage(opened, assistant.console.url).login("admin")
                scene(window)
                window.page.wait_for_timeout(250)
                picture = window.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")
                sizes[name] = len(picture)
                context.close()
            browser.close()
    return sizes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
