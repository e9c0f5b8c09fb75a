"""A staff member's test conversation on each messenger, through the real processes and the trained model.

Danger, the check to its outcome by buttons, a question, erase. Only the platforms' own servers are stubs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, select, text

from bot.conversation.consult import suggests_provider_first
from bot.storage.database import Database
from bot.storage.tables import Assessment, Base, Conversation, InboundMessage
from tests.integration.gateway_serving import wait_until
from tests.integration.messenger_stubs.people import PEOPLE, Person
from tests.integration.messenger_stubs.platform import Platform
from tests.whole_assistant import WholeAssistant

MOST_QUESTIONS = 60
PATIENCE = 60.0


@pytest.fixture(params=sorted(PEOPLE))
def person(
    request: pytest.FixtureRequest, assistant: WholeAssistant, platforms: dict[str, Platform]
) -> Iterator[Person]:
    platform = platforms[request.param]
    found = PEOPLE[request.param](assistant.url, assistant.public_url, platform)
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

    hears(person, lambda: person.say("delete my data"), lambda t: "I have deleted what you wrote here" in t)
    wait_until(lambda: not assistant.rows(chats), PATIENCE)
    assert 0 == assistant.rows(counted(InboundMessage, person.name))
    wait_until(lambda: assistant.rows(events_at_rasa) == known, PATIENCE)
