"""Questions that the article answers, what is asked right after them, and what is chosen from an offer."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.conversation.state import State
from tests.conversing import Chat, finding


def test_a_question_is_answered_in_the_articles_own_words(chat: Chat) -> None:
    expected = " ".join(s.text for s in chat.content.topics["session_length"].first)

    (reply,) = chat.says("how long is it", "ask_session_length")

    assert (Kind.ANSWER, expected, "session_length") == (reply.kind, reply.text, reply.topic)


def test_two_questions_are_answered_in_order_with_one_consult_line(chat: Chat) -> None:
    (reply,) = chat.says("does it hurt and how long is it", "ask_needle_pain", "ask_session_length")

    assert ("needle_pain", "session_length") == reply.topics
    assert 1 == reply.as_text().count(reply.consult_first)


def test_what_the_article_leaves_open_is_said_where_it_was_asked(chat: Chat) -> None:
    cost, pain = "ask_not_in_article/cost", "ask_needle_pain"

    (first,) = chat.says("what does it cost and does it hurt", cost, pain)
    (last,) = chat.says("does it hurt and what does it cost", pain, cost)
    (between,) = chat.says("does it hurt, what does it cost and is it safe", pain, cost, "ask_is_it_safe")

    about = chat.content.gaps["cost"].about
    assert [0, 1, 1] == [
        next(place for place, paragraph in enumerate(reply.text.split("\n\n")) if about in paragraph)
        for reply in (first, last, between)
    ]
    assert ("needle_pain", "not_in_article", "is_it_safe") == between.topics


def test_a_sentence_that_answers_two_questions_is_said_once(chat: Chat) -> None:
    (reply,) = chat.says("what is it and what is qi", "ask_what_is_acupuncture", "ask_qi")

    ids = [source.id for source in reply.sources]
    assert len(ids) == len(set(ids))
    for sentence in chat.content.topics["qi"].first:
        assert 1 == reply.text.count(sentence.text)


def test_of_many_questions_at_once_the_first_four_are_answered(chat: Chat) -> None:
    labels = ("ask_qi", "ask_mobility", "ask_stress", "ask_is_it_safe", "ask_side_effects", "ask_needle_pain")

    (reply,) = chat.says("everything", *labels)

    assert ("qi", "mobility", "stress", "is_it_safe") == reply.topics


def test_an_answered_question_and_an_open_one_get_one_reply_with_one_consult_line(chat: Chat) -> None:
    (reply,) = chat.says("does it hurt and what does it cost", "ask_needle_pain", "ask_not_in_article/cost")

    assert (Kind.ANSWER, {"gaps": ["cost"]}) == (reply.kind, reply.record)
    assert all(sentence.text in reply.text for sentence in chat.content.topics["needle_pain"].first)
    assert chat.content.gaps["cost"].about in reply.text
    assert "Talk to a person" in [button.title for button in reply.buttons]


def test_how_to_ask_the_clinic_is_said_once_however_many_open_questions_there_are(chat: Chat) -> None:
    labels = ("ask_not_in_article/cost", "ask_needle_pain", "ask_not_in_article/hours")

    (reply,) = chat.says("cost, does it hurt, hours", *labels)

    assert 1 == reply.text.count(chat.content.clinic.contact)
    assert {"gaps": ["cost", "hours"]} == reply.record


def test_the_second_of_two_is_the_open_one_when_it_was_asked_second(chat: Chat) -> None:
    chat.says("does it hurt and what does it cost", "ask_needle_pain", "ask_not_in_article/cost")

    (reply,) = chat.says("the second one please")

    assert {"gaps": ["cost"]} == reply.record


def test_two_open_questions_get_one_reply_that_names_both_and_repeats_nothing(chat: Chat) -> None:
    (reply,) = chat.says("price, and where are you", "ask_not_in_article/cost", "ask_not_in_article/location")

    assert {"gaps": ["cost", "location"]} == reply.record
    for subject in ("cost", "location"):
        assert chat.content.gaps[subject].about in reply.text
    sentences = reply.text.split(". ")
    assert len(sentences) == len(set(sentences))


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


@pytest.mark.parametrize("text", ["just roughly, ten? twenty?", "a ballpark figure?", "surely you know"])
def test_a_gap_that_is_pressed_stays_the_same_gap(chat: Chat, text: str) -> None:
    chat.says("what does it cost", "ask_not_in_article/cost")
    (reply,) = chat.says(text, "ask_sessions_needed")

    assert {"gaps": ["cost"]} == reply.record


@pytest.mark.parametrize("text", ["https://example.org/a?b=c", "www.example.org"])
def test_an_address_alone_is_off_topic(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_not_in_article/booking")

    assert ("out_of_scope",) == reply.topics


def test_is_it_safe_asked_after_a_health_fact_offers_the_check(chat: Chat) -> None:
    chat.says("I am 34 weeks pregnant", "chitchat/user_pain", findings=(finding("pregnant"),))

    answer, offer = chat.says("is acupuncture ok", "ask_is_it_safe")

    assert ("is_it_safe",) == answer.topics
    assert "Yes, check it" == offer.buttons[0].title


def test_conditions_told_with_the_wish_for_the_check_are_no_question_of_their_own(chat: Chat) -> None:
    replies = chat.says(
        "diabetes and a bad disc, can I have it", "ask_not_in_article/other_conditions", "check_suitability"
    )

    assert [Kind.QUESTION] == [reply.kind for reply in replies]


@pytest.mark.parametrize("text", ["whats the point of it", "why would i want that", "why would anyone bother"])
def test_asking_what_it_is_good_for_is_no_question_about_the_chat(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "why_ask")

    assert "benefits_general" == reply.topic


def test_what_is_told_in_words_not_understood_is_taken_up_by_an_offer_of_the_check(chat: Chat) -> None:
    (reply,) = chat.says("the docs put a stent in, grmpf", findings=(finding("heart_condition"),))

    assert ["Yes, check it", "Not now"] == [button.title for button in reply.buttons]

    (reply,) = chat.says("yes")

    assert (Kind.QUESTION, "who") == (reply.kind, chat.question)


def test_how_many_of_them_there_are_is_asked_of_the_needles(chat: Chat) -> None:
    chat.says("do the needles hurt", "ask_needle_pain")
    (reply,) = chat.says("how many are there", "steer_check/how_many_left")

    assert ("needle_number_place",) == chat.state.gaps
    assert reply.record["gaps"] == ["needle_number_place"]
