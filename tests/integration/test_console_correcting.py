"""Correcting what a patient wrote: an example, a missed danger sign, the way to the answer it got."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.curation import safety_cases
from bot.curation.working_copy import WorkingCopy
from bot.nlu.training_data import read_examples
from bot.storage.outbox import add_reply
from bot.storage.schema.conversation_tables import Gap
from tests.integration.console_serving import ServedConsole
from tests.integration.gateway_serving import a_reply
from tests.integration.workshop_serving import AT, converse


def project_of(console: ServedConsole) -> Path:
    return console.services.settings.base_dir


def test_a_corrected_message_becomes_an_example_in_the_working_copy_alone(console: ServedConsole):
    _, (message,) = converse(console.services, "my name is Maria Lopez, how many quarter hours am I on that table?")
    editor = console.staff("editor")
    path = f"/correct/{message}"
    assert "Lopez" not in editor.get(path).text
    known = next(e.text for e in read_examples(project_of(console) / "data/nlu") if e.label == "ask_session_length")
    form = {"label": "ask_session_length", "example": known, "do": "look"}

    looked = editor.post(path, form)
    added = editor.post(path, {**form, "example": "how many quarter hours am I on that table?", "do": "add"})

    assert "says the same as an example" in looked.text
    assert (303, "/changes") == (added.status_code, added.headers["location"])
    copy = WorkingCopy(project_of(console))
    assert ["data/nlu/session.yml"] == [change.path for change in copy.changes]
    assert "how many quarter hours am I on that table?" in copy.read("data/nlu/session.yml")
    assert "example of “How long is a session?” from message" in editor.get("/changes").text
    assert "quarter hours" not in (project_of(console) / "data/nlu/session.yml").read_text()


def test_a_message_that_was_understood_leads_to_the_answer_it_got_and_back_to_its_conversation(console: ServedConsole):
    conversation, (message,) = converse(console.services, "does it hurt?")
    with console.services.database.write() as session:
        add_reply(session, conversation, a_reply("A tingle.", topics=("needle_pain",)), message, AT)
        session.add(Gap(conversation_id=conversation, inbound_id=message, subject="cupping", at=AT))

    page = console.staff("editor").get(f"/correct/{message}").text

    assert f'href="/review/{conversation}#turn-{message}"' in page
    assert '<a href="/content/topics/needle_pain">the answer to “Do the needles hurt?”</a>' in page
    assert 'href="/content/clinic?subject=cupping#answer-cupping"' in page


def test_an_example_that_belongs_to_another_meaning_is_shown_as_a_conflict(console: ServedConsole):
    _, (message,) = converse(console.services, "what do you charge for a visit")
    editor = console.staff("editor")
    editor.get(f"/correct/{message}")

    looked = editor.post(
        f"/correct/{message}",
        {"label": "ask_session_length", "example": "what do you charge", "do": "look"},
    )

    assert "nearer to another meaning" in looked.text
    assert '<span class="badge">What does it cost?</span>' in looked.text
    assert 'href="/content/text?path=data/nlu/not_in_article.yml">its file' in looked.text


def test_a_missed_danger_sign_waits_for_a_clinician(console: ServedConsole):
    _, (message,) = converse(console.services, "since tuesday my tinkle just will not begin")
    admin = console.staff("admin")
    admin.get(f"/correct/{message}")
    form = {"fact": "bladder_change", "kind": "plain", "phrase": "tinkle ~4 begin"}
    admin.post(f"/correct/{message}/danger", {**form, "case_text": "since tuesday my tinkle just will not begin"})
    page = admin.get("/changes")
    assert "needs a clinician" in page.text.replace("&#39;", "'")

    refused = admin.post("/changes/publish", {"note": "bladder"})
    published = admin.post("/changes/publish", {"note": "bladder", "signed_off": "Dr Test, MD"})

    assert (409, 303) == (refused.status_code, published.status_code)
    assert 'value="bladder"' in refused.text
    assert "tinkle ~4 begin" in (project_of(console) / "data/safety/red_flags.yml").read_text()
    assert "Dr Test, MD" in admin.get("/changes").text


@pytest.mark.parametrize("fact", ["none", "bladder_change"])
def test_cases_that_several_people_add_at_the_same_moment_are_all_kept(console: ServedConsole, fact: str):
    said = [f"I could murder coffee number {number}" for number in range(4)]
    _, messages = converse(console.services, *said)
    path = safety_cases.HARMLESS if fact == "none" else safety_cases.file_of_fact(project_of(console), fact)
    editor = console.staff("editor")
    editor.get(f"/correct/{messages[0]}")

    def add(number: int) -> int:
        case = {"fact": fact, "kind": "asked", "case_text": said[number]}
        return editor.post(f"/correct/{messages[number]}/danger", case).status_code

    with ThreadPoolExecutor() as people:
        done = list(people.map(add, range(4)))

    assert [303] * 4 == done
    kept = WorkingCopy(project_of(console)).read(path)
    assert all(text in kept for text in said)
