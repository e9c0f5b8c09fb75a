"""The widget as a visitor handles it: one place that knows its names, for tests against any gateway."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page, expect

PATIENCE_MS = 10_000


class WidgetPage:
    """A page of the clinic with the launcher on it."""

    def __init__(self, page: Page, url: str) -> None:
        """Take the browser's page and the address of the page to visit."""
        self.page = page
        self.url = url

    def visit(self) -> WidgetPage:
        """Load the page; the chat is not open yet."""
        self.page.goto(self.url)
        expect(self.launcher).to_be_visible(timeout=PATIENCE_MS)
        return self

    def open(self) -> WidgetPage:
        """Press the launcher and wait until the field can be used."""
        self.launcher.click()
        expect(self.field).to_be_focused(timeout=PATIENCE_MS)
        return self

    def ready(self) -> WidgetPage:
        """Visit, open, and wait for the opening message."""
        self.visit().open()
        expect(self.replies.first).to_be_visible(timeout=PATIENCE_MS)
        self.wait_until_live()
        return self

    def wait_until_live(self) -> None:
        """Wait until new messages are announced."""
        expect(self.log).to_have_attribute("aria-live", "polite", timeout=PATIENCE_MS)

    @property
    def launcher(self) -> Locator:
        """The button in the corner."""
        return self.page.locator("clinic-chat button")

    @property
    def iframe(self) -> Locator:
        """The panel's element in the page."""
        return self.page.locator("clinic-chat iframe")

    @property
    def panel(self) -> FrameLocator:
        """The panel's document."""
        return self.page.frame_locator("clinic-chat iframe")

    @property
    def log(self) -> Locator:
        """The live log."""
        return self.panel.get_by_role("log")

    @property
    def messages(self) -> Locator:
        """All messages, of both sides."""
        return self.panel.locator(".message")

    @property
    def replies(self) -> Locator:
        """What the assistant said."""
        return self.panel.locator(".message.theirs")

    @property
    def mine(self) -> Locator:
        """What the patient said."""
        return self.panel.locator(".message.mine")

    @property
    def field(self) -> Locator:
        """Where the patient writes."""
        return self.panel.locator("textarea")

    @property
    def choices(self) -> Locator:
        """The answers offered now."""
        return self.panel.locator(".choices button")

    @property
    def status(self) -> Locator:
        """The line that tells of what has been done."""
        return self.panel.locator(".toast")

    @property
    def connection(self) -> Locator:
        """The line that tells of a lost connection."""
        return self.panel.locator(".connection")

    def say(self, text: str) -> None:
        """Write and send, without waiting for a reply."""
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, text: str) -> Locator:
        """Write, send, and wait for the next reply."""
        before = self.replies.count()
        self.say(text)
        return self._next_reply(before)

    def choose(self, title: str) -> Locator:
        """Press one of the answers offered, and wait for the next reply."""
        before = self.replies.count()
        self.choices.filter(has_text=title).first.click()
        return self._next_reply(before)

    def _next_reply(self, before: int) -> Locator:
        expect(self.replies).to_have_count(before + 1, timeout=PATIENCE_MS)
        return self.replies.nth(before)

    def option(self, label: str) -> None:
        """Pick from the options in the head."""
        self.panel.get_by_role("button", name="Options").click()
        self.panel.locator("#options").get_by_text(label).click()

    def words(self) -> list[str]:
        """The log as it stands, one string a message."""
        lines: list[str] = self.panel.locator(".log").evaluate(
            """log => [...log.querySelectorAll('.message')].map(node => node.matches('.mine')
              ? node.querySelector('.bubble').textContent
              : [...node.querySelectorAll('.card > [lang] > p:not(.consult), .card h2 > span > [lang], .card li')]
                  .map(part => part.textContent).join(' '))"""
        )
        return lines
