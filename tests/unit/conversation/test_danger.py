"""Danger signs come before everything, in every state; what is unclear is asked about once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.reply import Kind
from tests.conversing import STATES, Chat, brought_to, finding

NUMB = finding("saddle_numbness")
MAYBE_NUMB = finding("saddle_numbness", "uncertain")


@pytest.mark.parametrize("where", STATES)
def test_a_danger_sign_is_answered_first_and_alone_whatever_is_going_on(chat: Chat, where: str) -> None:
    brought_to(chat, where)

    replies = chat.says("i am numb between my legs, how long is a visit", "ask_session_length", findings=(NUMB,))

    assert [Kind.EMERGENCY] == [reply.kind for reply in replies]
    assert "911" in replies[0].as_text().splitlines()[0]


@pytest.mark.parametrize("where", STATES)
def test_thoughts_of_suicide_lead_to_988_whatever_is_going_on(chat: Chat, where: str) -> None:
    brought_to(chat, where)

    replies = chat.says("i want to die", "chitchat/user_feeling", findings=(finding("suicidal"),))

    assert [(Kind.EMERGENCY, "emergency")] == [(reply.kind, reply.tier) for reply in replies]
    assert "988" in replies[0].as_text().splitlines()[0]


@pytest.mark.parametrize("where", STATES)
def test_a_danger_sign_ends_the_check_and_forgets_what_was_offered(chat: Chat, where: str) -> None:
    brought_to(chat, where)

    chat.says("numb between my legs", findings=(NUMB,))

    assert (None, "alarmed", ()) == (chat.state.check, (chat.state.asked or {}).get("kind"), chat.state.offered)


@pytest.mark.parametrize("where", [s for s in STATES if s != "danger question"])
def test_an_unclear_danger_sign_is_asked_about_before_anything_else(chat: Chat, where: str) -> None:
    brought_to(chat, where)

    replies = chat.says("maybe numb, how long is a visit", "ask_session_length", findings=(MAYBE_NUMB,))

    assert [(Kind.QUESTION, "red_flag")] == [(reply.kind, reply.topic) for reply in replies]
    assert "911" in replies[0].text


@pytest.mark.parametrize(
    ("status", "subject"),
    [
        ("absent", "patient"),
        ("past", "patient"),
        ("hypothetical", "patient"),
        ("present", "other"),
        ("present", "family"),
    ],
)
def test_a_sign_that_is_denied_past_supposed_or_anothers_does_not_alarm(chat: Chat, status: str, subject: str) -> None:
    found = finding("saddle_numbness", status, subject=subject)

    (reply,) = chat.says("no numbness. how long is it", "ask_session_length", findings=(found,))

    assert "session_length" == reply.topic


def test_an_old_sign_that_is_known_does_not_alarm(chat: Chat) -> None:
    (reply, *_) = chat.says(
        "numb since 2010", "chitchat/user_feeling", findings=(finding("saddle_numbness", onset="old"),)
    )

    assert reply.kind is not Kind.EMERGENCY


def test_a_danger_sign_told_before_does_not_answer_every_later_message(chat: Chat) -> None:
    chat.says("numb between my legs", findings=(NUMB,))

    (reply,) = chat.says("how long is a visit", "ask_session_length")

    assert "session_length" == reply.topic


def test_a_sure_second_opinion_of_the_classifier_alarms_alone(chat: Chat) -> None:
    for label, number in (("red_flag/emergency", "911"), ("red_flag/crisis", "988")):
        (reply,) = Chat().says("something awful in my chest", label, confidence=0.9)

        assert Kind.EMERGENCY is reply.kind
        assert number in reply.as_text().splitlines()[0]


@pytest.mark.parametrize(
    ("fact", "confidence", "alarms"),
    [("other_emergency", 0.85, True), ("other_emergency", 0.5, False), ("bladder_change", 0.85, False)],
)
def test_an_emergency_of_a_relative_that_goes_on_alarms_and_what_may_be_old_does_not(
    chat: Chat, fact: str, confidence: float, alarms: bool
) -> None:
    of_mum = finding(fact, onset="unknown", subject="family")

    (reply, *_) = chat.says("lifting mum did it", "red_flag/emergency", findings=(of_mum,), confidence=confidence)

    assert alarms is (reply.kind is Kind.EMERGENCY)


def test_a_second_opinion_on_words_that_name_no_place_or_sign_is_asked_about_unless_it_is_very_sure() -> None:
    (asked,) = Chat().says("the car broke down on the way", "red_flag/emergency", confidence=0.75)
    (alarm,) = Chat().says("it does not stop dripping", "red_flag/emergency", confidence=0.97)
    (crisis,) = Chat().says("it is all arranged", "red_flag/crisis", confidence=0.9)

    assert Kind.QUESTION is asked.kind
    assert Kind.EMERGENCY is alarm.kind
    assert "988" in crisis.as_text().splitlines()[0]


def test_a_second_opinion_on_words_that_are_likest_to_a_harmless_example_asks_at_most() -> None:
    words = "something odd in my legs"

    (asked,) = Chat().says(words, "red_flag/emergency", confidence=0.94, lead=-0.06)
    (barely,) = Chat().says("it does not stop dripping", "red_flag/emergency", confidence=0.82, lead=-0.01)
    (let_be,) = Chat().says(words, "red_flag/emergency", confidence=0.7, lead=-0.1)
    (crisis,) = Chat().says("it is all arranged", "red_flag/crisis", confidence=0.5, lead=-0.1)

    assert [Kind.QUESTION, Kind.QUESTION, Kind.QUESTION] == [asked.kind, barely.kind, crisis.kind]
    assert "911" not in let_be.text


def test_what_is_hardly_like_a_wish_to_die_and_nearer_to_a_harmless_example_is_not_asked_about() -> None:
    (let_be,) = Chat().says("let's leave it there", "red_flag/crisis", confidence=0.3, lead=-0.05)
    (asked,) = Chat().says("let me leave", "red_flag/crisis", confidence=0.3, lead=-0.01)

    assert "988" not in let_be.text
    assert Kind.QUESTION is asked.kind


def test_an_urgent_second_opinion_sends_to_a_doctor_today(chat: Chat) -> None:
    (reply,) = chat.says("something bad", "red_flag/urgent", confidence=0.98)

    assert (Kind.OUTCOME, "urgent") == (reply.kind, reply.tier)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("keep needing to pee and it burns", Kind.OUTCOME),
        ("keep needing to pee and it burns, crotch like cotton wool", Kind.EMERGENCY),
    ],
)
def test_frequent_urine_is_not_read_as_unable_to_pass_it(chat: Chat, text: str, kind: Kind) -> None:
    seen = replace(finding("urinary_infection_signs"), end=len("keep needing to pee and it burns"))

    (reply,) = chat.says(text, "red_flag/emergency", findings=(seen,), confidence=0.97)

    assert kind is reply.kind


def test_an_unsure_second_opinion_is_asked_about(chat: Chat) -> None:
    (reply,) = chat.says("something odd", "red_flag/emergency", confidence=0.6)

    assert Kind.QUESTION is reply.kind
    assert ["Yes", "No", "Not sure"] == [button.title for button in reply.buttons]


def test_what_looks_like_no_danger_at_all_is_asked_about_before_anyone_is_alarmed(chat: Chat) -> None:
    (reply,) = chat.says("my legs are like jelly", "ask_how_it_works", findings=(NUMB,), unlike_danger=True)

    assert Kind.QUESTION is reply.kind


def test_an_accident_that_neither_hurts_nor_is_of_these_days_is_asked_about(chat: Chat) -> None:
    crash = finding("major_trauma")

    (asked,) = chat.says("all car crashes and paperwork", "red_flag/emergency", confidence=0.01, findings=(crash,))
    (alarm,) = Chat().says("car crash, my back hurts", "red_flag/emergency", confidence=0.01, findings=(crash,))

    assert Kind.QUESTION is asked.kind
    assert Kind.EMERGENCY is alarm.kind


def test_a_wish_to_die_alarms_in_any_words(chat: Chat) -> None:
    wish = finding("suicidal")

    (reply,) = chat.says("ending it", "ask_how_it_works", findings=(wish,), unlike_danger=True)

    assert "988" in reply.as_text().splitlines()[0]


@pytest.mark.parametrize(("text", "kind"), [("he had a fit two minutes ago", Kind.EMERGENCY), ("fit", Kind.QUESTION)])
def test_what_happens_at_this_moment_alarms_though_it_looks_like_no_example(chat: Chat, text: str, kind: Kind) -> None:
    (reply,) = chat.says(text, findings=(finding("other_emergency"),), unlike_danger=True)

    assert kind is reply.kind


def test_a_danger_phrase_of_another_language_is_not_doubted_for_looking_like_nothing_in_english(chat: Chat) -> None:
    numb = finding("saddle_numbness", language="es")

    (reply,) = chat.says("entumecida la entrepierna", findings=(numb,), unlike_danger=True)

    assert Kind.EMERGENCY is reply.kind


def test_who_tells_a_danger_in_another_language_reads_first_where_to_get_help_in_that_language(chat: Chat) -> None:
    (reply,) = chat.says("entumecida la entrepierna", findings=(finding("saddle_numbness", language="es"),))

    theirs, ours, *_ = reply.as_text().splitlines()

    assert ("Llame al 911", "Call 911") == (theirs[:12], ours[:8])


def test_a_danger_question_to_who_writes_another_language_says_so_and_names_the_number(chat: Chat) -> None:
    (asked,) = chat.says("no tengo nada", "red_flag/emergency", confidence=0.97, language="es")

    assert asked.text.startswith("Lo siento, solo entiendo inglés.")
    assert "911" in asked.text.splitlines()[0]


def test_a_second_opinion_does_not_overrule_a_denial_that_the_net_read(chat: Chat) -> None:
    denied = finding("saddle_numbness", "absent")

    (reply, *_) = chat.says("not numb at all", "red_flag/emergency", findings=(denied,), others=("ask_sensation",))

    assert reply.kind is not Kind.EMERGENCY


def test_what_another_language_looks_like_to_the_classifier_is_asked_about_and_alarms_nobody(chat: Chat) -> None:
    (asked,) = chat.says("no tengo nada", "red_flag/emergency", confidence=0.97, language="es")

    assert Kind.QUESTION is asked.kind


def test_a_possible_wish_to_die_that_the_classifier_alone_sees_is_asked_about_as_such(chat: Chat) -> None:
    (asked,) = chat.says("the garage is quiet", "red_flag/crisis", confidence=0.3)
    assert "988" in asked.text

    (reply,) = chat.says("not sure")

    assert "988" in reply.as_text().splitlines()[0]


def test_who_denies_just_what_was_asked_about_has_answered_no(chat: Chat) -> None:
    chat.says("gave away my guitars, all sorted", "chitchat/user_feeling", findings=(finding("suicidal", "uncertain"),))

    (reply,) = chat.says("i am not suicidal", "chitchat/user_feeling", findings=(finding("suicidal", "absent"),))

    assert (None, Kind.CHITCHAT) == (chat.state.asked, reply.kind)


def test_who_denies_something_else_has_not_answered_the_danger_question(chat: Chat) -> None:
    chat.says("maybe numb", "ask_session_length", findings=(MAYBE_NUMB,))

    (reply,) = chat.says("my temperature is fine", "chitchat/user_feeling", findings=(finding("fever", "absent"),))

    assert Kind.QUESTION is reply.kind


def test_an_emergency_leaves_room_to_go_on_talking(chat: Chat) -> None:
    chat.checking()
    chat.says("numb between my legs", findings=(NUMB,))

    (reply,) = chat.says("does it hurt", "ask_needle_pain")

    assert Kind.ANSWER is reply.kind


def test_a_word_of_the_check_that_is_asked_back_tells_no_danger(chat: Chat) -> None:
    chat.checking()

    replies = chat.says("dizzy how, like fainting?", findings=(finding("other_emergency"),), decision="refuse")

    assert not {Kind.EMERGENCY, Kind.OUTCOME}.intersection(reply.kind for reply in replies)
