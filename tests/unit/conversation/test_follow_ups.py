"""What is said to an answer: a bare follow-up, a choice, more of it, where it is from, that it was wrong."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.conversation.state import State
from tests.conversing import Chat


@pytest.mark.parametrize(
    ("after", "meant"),
    [
        ("ask_session_what_happens", "session_length"),
        ("ask_needle_pain", "session_length"),
        ("ask_side_effects", "side_effects"),
        ("ask_pain_relief", "results_how_soon"),
        ("ask_sessions_needed", "results_how_soon"),
    ],
)
def test_how_long_does_it_take_means_what_the_topic_before_it_makes_of_it(chat: Chat, after: str, meant: str) -> None:
    expected = {"side_effects": "session_length"}.get(meant, meant)  # "take" speaks of a visit, not of an effect
    chat.says("first", after)

    reply = chat.says("How long does it take?", "ask_sessions_needed")[0]

    assert expected == reply.topic


@pytest.mark.parametrize(
    ("after", "text", "meant"),
    [
        ("ask_side_effects", "how long do they last?", "side_effects"),
        ("ask_pain_relief", "and how long does it last?", "long_term"),
        ("ask_results_how_soon", "and for how long?", "long_term"),
        ("ask_pain_relief", "how many?", "sessions_needed"),
        ("ask_session_what_happens", "does it hurt?", "needle_pain"),
        ("ask_session_what_happens", "is it safe?", "is_it_safe"),
        ("ask_pain_relief", "why?", "how_it_works"),
        ("ask_is_it_safe", "why?", "consult_provider"),
        ("ask_not_in_article/cost", "how long is it?", "session_length"),
        ("ask_needle_pain", "are they clean?", "needles_sterile"),
        ("ask_pain_relief", "great, thanks, and how long does it last though", "long_term"),
        ("ask_sessions_needed", "what if it's chronic", "sessions_needed"),
        ("ask_results_how_soon", "and if it doesn't help", "results_how_soon"),
        ("ask_sessions_needed", "and if nothing happens", "sessions_needed"),
        ("ask_side_effects", "how often does that happen", "side_effects"),
        ("ask_sensation", "and after?", "side_effects"),
        ("ask_condition_recent_injury", "what about old ones?", "condition_chronic_pain"),
        ("ask_side_effects", "how long do they hang about", "side_effects"),
        ("ask_needle_pain", "no i mean after", "sensation"),
        ("ask_condition_herniated_disc", "does it help with that", "condition_herniated_disc"),
    ],
)
def test_a_bare_follow_up_takes_its_meaning_from_the_topic_before_it(
    chat: Chat, after: str, text: str, meant: str
) -> None:
    chat.says("first", after)

    reply = chat.says(text, decision="refuse")[0]

    assert meant == reply.topic


def test_without_anything_before_it_a_bare_follow_up_is_what_the_classifier_says(chat: Chat) -> None:
    (reply,) = chat.says("how long?", "ask_sessions_needed")

    assert "sessions_needed" == reply.topic


def test_what_about_my_mother_begins_a_check(chat: Chat) -> None:
    chat.says("is it safe", "ask_is_it_safe")

    (reply,) = chat.says("and what about my mother?")

    assert (Kind.QUESTION, "suitability_personal") == (reply.kind, reply.topic)


def test_a_number_chooses_from_what_was_offered(chat: Chat) -> None:
    offered = chat.says("hm", "ask_qi", "ask_stress", decision="offer", others=("ask_mobility",))[0].buttons

    (reply,) = chat.says("2")

    assert offered[1].title == chat.content.topics[reply.topic or ""].title


def test_a_typed_title_chooses_from_what_was_offered(chat: Chat) -> None:
    chat.says("help", "help")

    (reply,) = chat.says(chat.content.topics["needle_pain"].title.lower())

    assert "needle_pain" == reply.topic


def test_the_first_thing_is_the_first_of_the_topics_answered(chat: Chat) -> None:
    chat.says("does it hurt and how long is it", "ask_mobility", "ask_stress")

    (reply,) = chat.says("the first thing")

    assert "mobility" == reply.topic


def test_a_number_that_nothing_was_offered_for_is_no_choice(chat: Chat) -> None:
    chat.says("thanks", "chitchat/thanks")

    (reply,) = chat.says("2")

    assert Kind.CLARIFY is reply.kind


def test_more_tells_the_rest_and_nothing_that_was_said(chat: Chat) -> None:
    first, more = (chat.content.topics["how_it_works"].first, chat.content.topics["how_it_works"].more)
    chat.says("how does it work", "ask_how_it_works")

    (reply,) = chat.says("more", "more")

    assert " ".join(s.text for s in more) == reply.text
    assert not any(s.text in reply.text for s in first)


def test_more_is_told_once_and_then_what_else_can_be_asked(chat: Chat) -> None:
    chat.says("how does it work", "ask_how_it_works")
    chat.says("more", "more")

    (reply,) = chat.says("more", "more")

    assert chat.content.phrases.wordings["more_nothing"] == (reply.text,)
    assert reply.buttons


def test_every_answer_has_a_next_step(chat: Chat) -> None:
    for topic in chat.content.topics:
        (reply,) = chat.says("tell me about that", f"ask_{topic}")
        assert reply.buttons, topic


@pytest.mark.parametrize("text", ["more", "tell me everything"])
def test_more_before_anything_was_asked_shows_what_can_be_asked(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "more")

    assert {"Is acupuncture safe?", "Talk to a person"} <= {button.title for button in reply.buttons}


def test_where_from_names_the_part_of_the_article(chat: Chat) -> None:
    chat.says("how long is it", "ask_session_length")

    (reply,) = chat.says("where does that come from", "where_from")

    assert chat.content.topics["session_length"].first[0].section in reply.text


@pytest.mark.parametrize("subject", ["evidence", "children"])
def test_where_from_names_the_sources_of_what_the_article_does_not_say(chat: Chat, subject: str) -> None:
    chat.says("do studies show that", f"ask_not_in_article/{subject}")

    (reply,) = chat.says("where does that come from", "where_from")

    for source in chat.content.gaps[subject].sources:
        assert chat.content.rules.sources[source].publisher in reply.text


def test_where_from_names_no_source_of_a_gap_that_an_answer_has_followed(chat: Chat) -> None:
    chat.says("do studies show that", "ask_not_in_article/evidence")
    chat.says("how long is it", "ask_session_length")

    (reply,) = chat.says("where does that come from", "where_from")

    assert "College" not in reply.text


def test_a_wrong_answer_offers_what_else_was_likely(chat: Chat) -> None:
    chat.state = State(likely=("ask_stress", "ask_mobility"), topics=("stress",))

    (reply,) = chat.says("that is wrong", "wrong_answer")

    assert chat.content.topics["mobility"].title in [b.title for b in reply.buttons]
    assert chat.content.topics["stress"].title not in [b.title for b in reply.buttons]


def test_after_an_accepted_question_wrong_offers_its_other_readings(chat: Chat) -> None:
    """`State.likely`: what else the last question may have meant."""
    chat.says("relief", "ask_pain_relief", others=("ask_mobility",))

    (reply,) = chat.says("no, wrong", "wrong_answer")

    assert chat.content.topics["mobility"].title in [b.title for b in reply.buttons]
