"""A staff member's test conversation on each messenger, led by the dialogue: danger, a question, the check, erase.

The model is left out: what each sentence means is given. Everything else is what a patient meets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.conversation.consult import suggests_provider_first
from bot.conversation.notices import notice
from bot.conversation.opening import opening
from bot.conversation.reply import Reply
from bot.storage.messengers import unsent_conversations
from bot.storage.tables import Conversation
from tests.conversing import Chat, finding, shipped
from tests.integration.gateway_serving import StubRasa, free_port, serving, wait_until
from tests.integration.messenger_stubs.people import PEOPLE, PLATFORMS
from tests.integration.messenger_stubs.serving import Exchange, messenger_services

DANGER = "I am numb between my legs since this morning"
LABELS = {
    "Do the needles hurt?": ("ask_needle_pain",),
    "Can you check if it suits me?": ("check_suitability",),
    "start over": ("start_over",),
}
FINDINGS = {DANGER: (finding("saddle_numbness"),)}
MOST_QUESTIONS = 40
# Where choices are typed, the dialogue itself reads the number.
NUMBERED = ("sms", "whatsapp")


class Dialogue:
    """Answers as the actions do; one conversation for each id."""

    def __init__(self) -> None:
        self.chats: defaultdict[str, Chat] = defaultdict(Chat)
        self.latest: Chat | None = None
        self.last_words = ""

    def __call__(self, body: dict[str, Any]) -> list[Reply]:
        self.latest = chat = self.chats[body["conversation_id"]]
        text = body["text"]
        if body["payload"]:
            replies = chat.hears(payload=body["payload"])
        else:
            replies = chat.says(text, *LABELS.get(text, ()), findings=FINDINGS.get(text, ()))
        self.last_words = replies[-1].text.splitlines()[-1]
        return list(replies)

    @property
    def phase(self) -> str:
        return self.latest.phase if self.latest else ""

    @property
    def offered(self) -> list[tuple[str, str]]:
        return list(self.latest.state.offered) if self.latest else []


@pytest.fixture(params=sorted(PEOPLE))
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    rasa, platform = StubRasa(free_port(), answer=Dialogue()), PLATFORMS[request.param]()
    rasa.start()
    platform.start()
    given = platform.settings()  # type: ignore[attr-defined]
    services = messenger_services(tmp_path, rasa.port, given)
    content = shipped()
    services = replace(
        services, clinic=content.clinic, opening=lambda: opening(content), notice=lambda key: notice(content, key)
    )
    with serving(services, rasa) as served:
        person = PEOPLE[request.param](served, platform)
        yield Exchange(served, platform, person, rasa, tmp_path)
        person.http.close()
    platform.stop()
    rasa.stop()
    assert [] == platform.complaints


def is_delivered(talk: Exchange) -> bool:
    with talk.served.services.database.read() as session:
        return not unsent_conversations(session)


def settle(talk: Exchange, asked: int) -> list[str]:
    """What the person has read once Rasa has answered so many messages and all of it is delivered."""
    wait_until(lambda: len(talk.rasa.answered) == asked)
    assert isinstance(talk.rasa.answer, Dialogue) and talk.rasa.answer.latest is not None
    newest = talk.rasa.answer.last_words
    wait_until(lambda: is_delivered(talk) and any(newest in text for text in talk.person.texts()))
    return list(talk.person.texts())


def choose_no(talk: Exchange, offered: list[tuple[str, str]]) -> None:
    """Answer "no", or the first choice: by its button, or by its number where there is none of that title."""
    position = next((n for n, (_, payload) in enumerate(offered) if payload == "say:no"), 0)
    try:
        talk.person.press(offered[position][0])
    except AssertionError:
        talk.person.press(str(position + 1))


def test_a_staff_member_tries_danger_a_question_the_check_and_erasing(talk: Exchange) -> None:
    dialogue = talk.rasa.answer
    assert isinstance(dialogue, Dialogue)

    talk.person.say(DANGER)
    emergency, welcome = settle(talk, 1)[:2]
    assert "I am an automated helper" in welcome
    assert f"{talk.served.services.settings.public_url}/privacy" in welcome
    assert emergency.startswith("Call 911") and suggests_provider_first(emergency.splitlines()[-1])

    # A danger sign is remembered, and would end the check at once.
    talk.person.say("start over")
    settle(talk, 2)
    talk.person.say("Can you check if it suits me?")
    asked = 3
    settle(talk, asked)
    while dialogue.phase != "finished" and asked < MOST_QUESTIONS:
        choose_no(talk, dialogue.offered)
        asked += 1
        settle(talk, asked)
    assert "finished" == dialogue.phase and asked > 6
    pressed = [body["payload"] for body in talk.rasa.asked if body["payload"]]
    assert (asked - 3 if talk.person.name not in NUMBERED else 0) == len(pressed)

    talk.person.say("Do the needles hurt?")
    texts = settle(talk, asked + 1)
    answer = next(text for text in texts if "From the article: " in text)
    assert suggests_provider_first(answer.splitlines()[0])
    assert all(any(suggests_provider_first(line) for line in text.splitlines()) for text in texts)

    talk.person.say("delete my data")
    wait_until(lambda: "I have deleted what you wrote here" in talk.person.texts()[-1])
    wait_until(lambda: not conversations(talk))
    assert 1 == len(talk.rasa.erased)


def conversations(talk: Exchange) -> list[str]:
    with talk.served.services.database.read() as session:
        return list(session.scalars(select(Conversation.id)))
