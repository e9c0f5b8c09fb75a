"""Reviewing conversations: the list and its conditions, one conversation, and what staff note about it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.schema.staff_tables import AuditEntry
from tests.integration.assistant_serving import Assistant
from tests.integration.console_serving import StaffClient
from tests.integration.reviewed_talks import SAID, editor_of, first_words, path_of, talks_to_review


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with talks_to_review(tmp_path_factory.mktemp("review")) as running:
        yield running


@pytest.fixture
def editor(assistant: Assistant) -> StaffClient:
    return editor_of(assistant)


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
