"""A staff member's test conversation on each messenger, through the real processes and the trained model.

Danger, the check to its outcome by buttons, a question, erase. Only the platforms' own servers are stubs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.conversation.wording.consult import suggests_provider_first
from bot.storage import conversations, tracker_rows
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import Assessment, Base, Conversation, InboundMessage
from bot.storage.staff_side import transcript
from tests.integration.gateway_serving import wait_until
from tests.integration.messenger_stubs.people import PEOPLE, Person
from tests.integration.messenger_stubs.platform import Platform
from tests.whole_assistant import WholeAssistant

# As long as real ones are, so that finding one anywhere means something.
SENDERS = {
    "facebook": "7042318855091136",
    "telegram": "7313370042",
    "sms": "+13605550187",
    "whatsapp": "whatsapp:+13605550187",
    "slack": "D0PLANTED7",
}
# What the platforms tell beside: a first name, and Slack's id of the person.
BESIDE = ("first_name", "U2147483697")
MOST_QUESTIONS = 60
PATIENCE = 60.0


@pytest.fixture(params=sorted(PEOPLE))
def person(
    request: pytest.FixtureRequest, assistant: WholeAssistant, platforms: dict[str, Platform]
) -> Iterator[Person]:
    platform = platforms[request.param]
    found = PEOPLE[request.param](assistant.url, assistant.public_url, platform)
    found.sender = SENDERS.get(request.param, found.sender)
    platform.sent.clear()
    yield found
    found.http.close()
    platform.sent.clear()
    assert [] == platform.complaints


def counted(table: type[Base], channel: str) -> Callable[[Database], int]:
    def count(database: Database) -> int:
        query = select(func.count()).select_from(table)
        if table is not Conversation:
            query = query.join(Conversation, Conversation.id == table.conversation_id)  # type: ignore[attr-defined]
        with database.read() as session:
            return session.scalar(query.where(Conversation.channel == channel)) or 0

    return count


def events_at_rasa(database: Database) -> int:
    with database.read() as session:
        return int(session.execute(text("SELECT coalesce(sum(count), 0) FROM tracker_turn")).scalar_one())


def everything_opened(database: Database, channel: str) -> str:
    """All that the gateway, Rasa and the console can read of a channel's conversations, unsealed."""
    with database.read() as session:
        known = list(session.scalars(select(Conversation.id).where(Conversation.channel == channel)))
        found: list[object] = [known]
        for conversation_id in known:
            remembered = tracker_rows.read_turns(session, conversation_id, 100)
            assert remembered is not None and remembered.contents
            found += [remembered.contents, transcript.turns_of(session, conversation_id)]
            found.append(conversations.kept_about(session, conversation_id))
        return repr(found)


def files_with(folder: Path, needle: bytes) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]


def hears(person: Person, act: Callable[[], object], words: Callable[[str], bool] = lambda _: True) -> str:
    """Do something, and return the first new message of which `words` is true, once nothing more comes."""
    before = len(person.texts())
    act()
    found = wait_until(lambda: [t for t in person.texts()[before:] if words(t)], PATIENCE)
    return str(found[0])


def test_a_staff_member_tries_danger_the_check_a_question_and_erasing(
    person: Person, assistant: WholeAssistant
) -> None:
    outcomes, chats = counted(Assessment, person.name), counted(Conversation, person.name)
    known = assistant.rows(events_at_rasa)

    hears(person, lambda: person.say("I am numb between my legs since this morning"))
    emergency, welcome = person.wait_for(2, PATIENCE)[:2]
    assert emergency.startswith("Call 911") and any(map(suggests_provider_first, emergency.splitlines()))
    assert "I am an automated helper" in welcome and f"{assistant.public_url}/privacy" in welcome

    # A danger sign is remembered, and would end the check at once.
    hears(person, lambda: person.say("start over"))
    before = assistant.rows(outcomes)
    hears(person, lambda: person.say("can you check whether acupuncture suits me"))
    pressed = 0
    while assistant.rows(outcomes) == before and pressed < MOST_QUESTIONS:
        labels = person.choices()
        wanted = next((label for label in labels if label in ("No", "None of these")), labels[0])
        hears(person, lambda label=wanted: person.press(label))  # type: ignore[misc]
        pressed += 1
    assert before + 1 == assistant.rows(outcomes) and pressed > 6
    wait_until(lambda: any("provider" in t and "Why:" in t for t in person.texts()), PATIENCE)

    answer = hears(person, lambda: person.say("Do the needles hurt?"), lambda t: "From the article: " in t)
    assert suggests_provider_first(answer.splitlines()[0])
    assert all(any(map(suggests_provider_first, t.splitlines())) for t in person.texts())

    # Who it is stands nowhere: not at Rasa, not where the console reads, not in the database's files, not in a log.
    identity = person.sender.removeprefix("whatsapp:").removeprefix("+")
    opened: list[str] = []
    assistant.rows(lambda database: opened.append(everything_opened(database, person.name)) or 0)
    assert "needles hurt" in opened[0]
    assert not [word for word in (identity, *BESIDE) if word in opened[0]]
    assert [] == [name for word in (identity, *BESIDE) for name in files_with(assistant.folder, word.encode())]

    hears(person, lambda: person.say("delete my data"), lambda t: "I have deleted what you wrote here" in t)
    wait_until(lambda: not assistant.rows(chats), PATIENCE)
    assert 0 == assistant.rows(counted(InboundMessage, person.name))
    wait_until(lambda: assistant.rows(events_at_rasa) == known, PATIENCE)
