"""Conversations of visitors that staff review in the console, and how their pages are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.conversation.reply import Button, Kind
from tests.integration.assistant_serving import Assistant, serving_stubbed
from tests.integration.console_serving import StaffClient
from tests.integration.gateway_serving import Visitor, a_reply

SAID = {
    "does it hurt?": a_reply("A tingle.", topics=("needle_pain",)),
    "how much is it?": a_reply("The article does not say.", kind=Kind.NOT_COVERED, topics=("not_in_article",)),
    "blorp": a_reply("Say it otherwise?", kind=Kind.CLARIFY),
    "pain": a_reply("Which?", kind=Kind.CLARIFY, topics=("needle_pain",), buttons=(Button("A", "topic:needle_pain"),)),
    "I cannot control my bladder": a_reply(
        "Call 911 now.", kind=Kind.EMERGENCY, tier="emergency", rules=("E01",), topics=("red_flag",)
    ),
}


@contextmanager
def talks_to_review(folder: Path) -> Iterator[Assistant]:
    """An assistant with a conversation for each of `SAID` and a long one."""
    with serving_stubbed(folder) as running:
        running.rasa.answer = lambda body: [SAID.get(body["text"], a_reply("Well."))]
        running.talks = {text: talk(running, text) for text in SAID}
        running.talks["long"] = talk(running, "does it hurt?", "blorp", "how much is it?")
        yield running


def talk(assistant: Assistant, *texts: str) -> Visitor:
    visitor = assistant.gateway.visitor().open()
    for number, text in enumerate(texts, start=1):
        visitor.say(text)
        visitor.wait_for_replies(number)
    return visitor


def editor_of(assistant: Assistant) -> StaffClient:
    """An editor who has just signed in, however many did before."""
    assistant.console.app.state.console.logins_by_name._left.clear()
    assistant.console.app.state.console.logins_by_address._left.clear()
    return assistant.console.staff("editor")


def first_words(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/review/[^"]+">([^<]*)</a>', page)


def path_of(editor: StaffClient, words: str) -> str:
    page = editor.get("/review").text
    return re.search(rf'href="(/review/[^"?]+)">{re.escape(words)}<', page)[1]
