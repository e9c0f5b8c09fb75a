"""Few words after other care, an effect or a visit: asked of that, and of no sentence that they sound like."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, said_by


@pytest.mark.parametrize("text", ["does it leave marks", "ok is that safe", "how do they work"])
def test_of_other_care_that_the_article_leaves_open_no_sentence_about_needles_is_said(chat: Chat, text: str) -> None:
    chat.says("do you do cupping", "ask_not_in_article/cupping")

    (reply,) = chat.says(text, "ask_side_effects")

    assert reply.kind is Kind.NOT_COVERED
    assert ("cupping",) == chat.state.gaps


@pytest.mark.parametrize("text", ["does acupuncture hurt", "do the needles hurt", "Good. And does it hurt?"])
def test_who_names_acupuncture_after_other_care_asks_of_it(chat: Chat, text: str) -> None:
    chat.says("do you do cupping", "ask_not_in_article/cupping")

    (reply,) = chat.says(text, "ask_needle_pain")

    assert "needle_pain" == reply.topic


def test_to_check_what_is_left_open_is_no_check_of_ones_health(chat: Chat) -> None:
    chat.says("do you take Regence", "ask_not_in_article/insurance")

    (reply,) = chat.says("could you check for me?", "check_suitability")

    assert reply.text in said_by(chat, "dont_know")
    assert chat.state.check is None


def test_who_asks_whether_it_is_for_backs_hears_whom_it_helps(chat: Chat) -> None:
    (reply,) = chat.says(
        "so it's for backs?", "ask_not_in_article/other_conditions", others=("ask_who_can_benefit",), confidence=0.7
    )

    assert "who_can_benefit" == reply.topic


@pytest.mark.parametrize(
    ("before", "text", "means"),
    [
        ("ask_stress", "how long does that feeling last", "long_term"),
        ("ask_side_effects", "how long do the bruises hang around", "side_effects"),
        ("ask_stress", "how long does a session last", "session_length"),
    ],
)
def test_how_long_a_feeling_lasts_is_of_the_effect(chat: Chat, before: str, text: str, means: str) -> None:
    chat.says("what else", before)

    (reply,) = chat.says(text, "ask_session_length")

    assert reply.topic == means


def test_acupuncture_is_good_for_this_asks_what_helps(chat: Chat) -> None:
    chat.says("i have pain in the back since 2 year", "ask_condition_chronic_pain")

    (reply,) = chat.says("acupuncture is good for this?", "ask_who_can_benefit", decision="offer", confidence=0.3)

    assert reply.topic == "benefits_general"


@pytest.mark.parametrize("text", ["is it better", "which one hurts less", "what's better for my back"])
def test_what_is_held_against_other_care_is_left_open_with_it(chat: Chat, text: str) -> None:
    chat.says("do you do massage", "ask_not_in_article/massage_chiropractic")

    (reply,) = chat.says(text, "remark/choose_for_me")

    assert reply.kind is Kind.NOT_COVERED
    assert ("massage_chiropractic",) == chat.state.gaps


@pytest.mark.parametrize(
    "text", ["Could I knead dough the next morning?", "is it ok to sing that evening", "can i pray after"]
)
def test_whatever_one_wants_to_do_after_a_visit_is_left_open(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "out_of_scope", decision="offer", confidence=0.3)

    assert reply.kind is Kind.NOT_COVERED
    assert ("aftercare",) == chat.state.gaps


@pytest.mark.parametrize(
    ("before", "text"),
    [("ask_side_effects", "what would they do with me then?"), ("ask_how_it_works", "what do those do")],
)
def test_what_is_done_about_it_is_of_the_answer_before(chat: Chat, before: str, text: str) -> None:
    (first,) = chat.says("tell me", before)

    (reply,) = chat.says(text, "ask_session_what_happens")

    assert first.topic == reply.topic
