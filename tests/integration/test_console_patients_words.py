"""Who may read a patient's words in the console, what is noted of it, and how they are erased."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.storage.schema.conversation_tables import Conversation
from bot.storage.schema.staff_tables import AuditEntry, Staff
from tests.integration.assistant_serving import Assistant
from tests.integration.console_serving import StaffClient
from tests.integration.reviewed_talks import editor_of, first_words, path_of, talk, talks_to_review


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with talks_to_review(tmp_path_factory.mktemp("review")) as running:
        yield running


@pytest.fixture
def editor(assistant: Assistant) -> StaffClient:
    return editor_of(assistant)


def test_a_tester_reads_tests_and_no_patients_words(assistant: Assistant, editor: StaffClient) -> None:
    tester = assistant.console.staff("tester")
    assert first_words(tester.get("/review?tests=").text) == []
    assert tester.get(path_of(editor, "blorp")).status_code == 404
    tester.get("/review")
    assert first_words(tester.post("/review", {"words": "bladder"}).text) == []


def test_a_tester_is_not_told_what_tags_and_topics_patients_conversations_have(
    assistant: Assistant, editor: StaffClient
) -> None:
    path = path_of(editor, "blorp")
    editor.get(path)
    editor.post(path, {"do": "tag", "tag": "ring-them"})

    assert "ring-them" in editor.get("/review").text
    assert "ring-them" not in assistant.console.staff("tester").get("/review").text


def test_reading_a_conversation_leaves_a_line_in_the_trail(assistant: Assistant, editor: StaffClient) -> None:
    path = path_of(editor, "blorp")
    editor.get(path)
    with assistant.gateway.services.database.read() as session:
        seen = session.scalars(select(AuditEntry.target).where(AuditEntry.action == "conversation_seen")).all()
    assert path.split("/")[-1] in seen


def test_an_editor_exports_a_conversation_with_what_staff_noted_and_a_tester_does_not(
    assistant: Assistant, editor: StaffClient
) -> None:
    path = path_of(editor, "blorp")
    editor.get(path)
    editor.post(path, {"do": "comment", "text": "Nothing to answer."})

    taken = editor.get(f"{path}/export")

    assert "attachment" in taken.headers["content-disposition"]
    assert ["Nothing to answer."] == [comment["text"] for comment in taken.json()["comments"]]
    assert "blorp" in [entry.get("text") for entry in taken.json()["entries"]]
    assert assistant.console.staff("tester").get(f"{path}/export").status_code == 403
    assert editor.get("/review/nobody/export").status_code == 404
    with assistant.gateway.services.database.read() as session:
        exported = session.scalars(select(AuditEntry.target).where(AuditEntry.action == "conversation_exported")).all()
    assert [path.split("/")[-1]] == exported


def test_what_somebody_was_not_shown_is_not_said_to_have_been_seen(assistant: Assistant, editor: StaffClient) -> None:
    path = path_of(editor, "pain")
    assistant.console.staff("tester").get(path)
    editor.get("/review/there-is-no-such-conversation")
    editor.get("/correct/999999")
    editor.post("/safety/contacts/999999", {"status": "done"})
    with assistant.gateway.services.database.read() as session:
        testers = select(AuditEntry.target).join(Staff, Staff.id == AuditEntry.staff_id).where(Staff.name == "tester")
        assert path.split("/")[-1] not in session.scalars(testers).all()
        lines = session.scalars(select(AuditEntry.target)).all()
    assert not {"there-is-no-such-conversation", "999999"} & set(lines)


def test_what_a_patient_erased_is_not_shown_any_more(assistant: Assistant, editor: StaffClient) -> None:
    visitor = talk(assistant, "please forget me")
    path = path_of(editor, "please forget me")
    visitor.post("/chat/erase", {})
    assert editor.get(path).status_code == 404
    assert "please forget me" not in editor.get("/review").text
    assert first_words(editor.post("/review", {"words": "forget"}).text) == []


def test_an_admin_erases_a_conversation_for_good_and_only_when_it_is_said_to_be_wanted(
    assistant: Assistant, editor: StaffClient
) -> None:
    talk(assistant, "wipe this away")
    path, admin = path_of(editor, "wipe this away"), assistant.console.staff("admin")
    assert "Erase for good" not in editor.get(path).text
    assert "Erase for good" in admin.get(path).text

    assert 422 == admin.post(f"{path}/erase").status_code
    assert 200 == admin.get(path).status_code
    assert 200 == admin.post(f"{path}/erase", {"sure": "on"}).status_code

    assert {404} == {somebody.get(path).status_code for somebody in (admin, editor)}
    assert 404 == admin.post(f"{path}/erase", {"sure": "on"}).status_code
    assert [] == first_words(editor.post("/review", {"words": "wipe"}).text)
    assert "conversation erased" in admin.get(f"/audit?target={path.rsplit('/', 1)[1]}").text


def test_all_conversations_of_a_person_are_erased_together_and_nobody_elses(
    assistant: Assistant, editor: StaffClient
) -> None:
    visitor = talk(assistant, "my first talk")
    assert visitor.post("/chat/reset", {}).status_code == 200
    visitor.say("my second talk")
    visitor.wait_for_replies(1)
    talk(assistant, "another person's talk")
    path, admin = path_of(editor, "my second talk"), assistant.console.staff("admin")
    admin.get(path)

    assert "2 conversations erased" in admin.post(f"{path}/erase", {"sure": "on", "all": "on"}).text

    left = first_words(editor.get("/review").text)
    assert not {"my first talk", "my second talk"} & set(left)
    assert any("another person" in words for words in left)


def test_a_guest_reads_one_transcript_by_a_link_until_it_is_revoked(assistant: Assistant, editor: StaffClient) -> None:
    path = path_of(editor, "blorp")
    editor.get(path)
    page = editor.post(path, {"do": "share", "days": "1"}).text
    link = page.split('readonly value="')[1].split('"')[0]
    guest = assistant.console.stranger()
    seen = guest.http.get(link, follow_redirects=True)
    assert "blorp" in seen.text and "/share/" not in str(seen.url)
    assert guest.http.get(path).status_code == 303
    with assistant.gateway.services.database.read() as session:
        others = session.scalars(select(Conversation.id)).all()
    assert len(others) > 1
    links = editor.get("/links").text
    number = re.search(r'action="/links/(\d+)"', links)[1]
    editor.post(f"/links/{number}")
    assert guest.http.get(link, follow_redirects=True).status_code == 404
    assert guest.http.get("/guest").status_code == 404
