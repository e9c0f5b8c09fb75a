"""Reviewing conversations: the list and its conditions, one conversation, and what staff note about it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.conversation.reply import Button, Kind
from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.schema.staff_tables import AuditEntry, Staff
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


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with serving_stubbed(tmp_path_factory.mktemp("review")) as running:
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


@pytest.fixture
def editor(assistant: Assistant) -> StaffClient:
    assistant.console.app.state.console.logins_by_name._left.clear()
    assistant.console.app.state.console.logins_by_address._left.clear()
    return assistant.console.staff("editor")


def first_words(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/review/[^"]+">([^<]*)</a>', page)


def path_of(editor: StaffClient, words: str) -> str:
    page = editor.get("/review").text
    return re.search(rf'href="(/review/[^"?]+)">{re.escape(words)}<', page)[1]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ("topic=needle_pain", ["does it hurt?", "pain", "does it hurt?"]),
        ("tier=emergency", ["I cannot control my bladder"]),
        ("trouble=fallback", ["does it hurt?", "blorp"]),
        ("trouble=clarify", ["pain"]),
        ("least=3", ["does it hurt?"]),
        ("most=0&tier=urgent", []),
        ("channel=telegram", []),
        ("since=2999-01-01", []),
        ("until=9999-12-31&since=0001-01-01&topic=needle_pain&trouble=fallback", ["does it hurt?"]),
        ("topic=needle_pain&trouble=fallback", ["does it hurt?"]),
    ],
)
def test_the_list_is_narrowed_by_what_was_asked_for(
    assistant: Assistant, editor: StaffClient, conditions: str, found: list[str]
) -> None:
    assert sorted(first_words(editor.get(f"/review?{conditions}").text)) == sorted(found)


def test_whoever_is_through_with_a_conversation_goes_back_to_the_list_it_came_from(
    assistant: Assistant, editor: StaffClient
) -> None:
    listed = editor.get("/review?trouble=clarify&reviewed=no").text
    path = html.unescape(re.search(r'href="(/review/[^"]+)">pain<', listed)[1])
    assert path.endswith("?trouble=clarify&reviewed=no")
    editor.get(path)

    marked = editor.post(path, {"do": "reviewed"})

    assert (303, path) == (marked.status_code, marked.headers["location"])
    assert 'href="/review?trouble=clarify&amp;reviewed=no">Back to the list' in editor.get(path).text
    editor.post(path, {"do": "unreviewed"})


def test_the_newest_come_first(assistant: Assistant, editor: StaffClient) -> None:
    words = first_words(editor.get("/review").text)
    assert words == ["does it hurt?", *reversed(SAID)]


def test_a_search_finds_words_and_leaves_them_in_no_address_and_no_trail(
    assistant: Assistant, editor: StaffClient
) -> None:
    editor.get("/review")
    answer = editor.post("/review", {"words": "bladder"})
    assert first_words(answer.text) == ["I cannot control my bladder"]
    assert "bladder" not in str(answer.url)
    assert first_words(editor.post("/review", {"words": "giraffe"}).text) == []
    with assistant.gateway.services.database.read() as session:
        details = [row.detail for row in session.scalars(select(AuditEntry).where(AuditEntry.action == "searched"))]
    assert details == [{"found": 1}, {"found": 0}]


def test_a_search_in_vain_says_what_can_be_found_and_none_is_offered_where_it_is_off(
    assistant: Assistant, editor: StaffClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.get("/review")

    assert "Whole words" in editor.post("/review", {"words": "bladd"}).text
    assert 'id="words"' in editor.get("/review").text
    services = assistant.console.services
    monkeypatch.setattr(services, "settings", replace(services.settings, search_index=False))
    assert 'id="words"' not in editor.get("/review").text


def test_a_conversation_is_flagged_tagged_commented_and_reviewed(assistant: Assistant, editor: StaffClient) -> None:
    path = path_of(editor, "pain")
    editor.get(path)
    for change in (
        {"do": "flag"},
        {"do": "tag", "tag": "Ask Dr. no"},
        {"do": "tag", "tag": "to discuss"},
        {"do": "comment", "text": "Which pain is meant?"},
        {"do": "reviewed"},
    ):
        editor.post(path, change)
    page = editor.get(path).text
    assert "Which pain is meant?" in page and "to discuss" in page and "Reviewed by editor" in page
    assert "ask dr. no" not in page
    assert first_words(editor.get("/review?tag=to discuss&reviewed=yes&flagged=yes").text) == ["pain"]
    assert "pain" not in first_words(editor.get("/review?reviewed=no").text)
    talk_more = assistant.talks["pain"]
    talk_more.say("does it hurt?")
    talk_more.wait_for_replies(2)
    assert first_words(editor.get("/review?flagged=yes&reviewed=no").text) == ["pain"]


def test_a_filter_is_saved_under_a_name_and_is_ones_own(assistant: Assistant, editor: StaffClient) -> None:
    editor.get("/review?tier=emergency")
    editor.post("/review/filters", {"name": "grave ones", "conditions": "tier=emergency"})
    page = editor.get("/review").text
    link = re.search(r'href="(/review\?filter=\d+)">grave ones', page)[1]
    assert first_words(editor.get(link).text) == ["I cannot control my bladder"]
    admin = assistant.console.staff("admin")
    assert "grave ones" not in admin.get("/review").text
    assert len(first_words(admin.get(link).text)) > 1


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


def test_a_comment_cannot_be_put_on_another_conversations_message(assistant: Assistant, editor: StaffClient) -> None:
    path = path_of(editor, "blorp")
    with assistant.gateway.services.database.read() as session:
        other = session.scalars(
            select(InboundMessage.id).where(InboundMessage.conversation_id != path.split("/")[-1])
        ).first()
    for number in (other, 999_999):
        answer = editor.post(path, {"do": "comment", "text": "wrong place", "inbound": str(number)})
        assert answer.status_code == 422 and "not one of this conversation" in answer.text
    assert "wrong place" not in editor.get(path).text


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


def test_pages_follow_each_other_without_a_gap_or_a_repetition(assistant: Assistant, editor: StaffClient) -> None:
    from bot.storage.staff_side import review, review_conditions

    with assistant.gateway.services.database.read() as session:
        everything = [r.line.conversation_id for r in review.page(session, review_conditions.Conditions())[0]]
        pages, after = [], None
        while True:
            rows, more = review.page(session, review_conditions.Conditions(), after=after, size=2)
            pages += [row.line.conversation_id for row in rows]
            after = review.read_place(review.place_text(more))
            if after is None:
                break
    assert pages == everything
    assert len(everything) == len(set(everything)) >= 6


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
