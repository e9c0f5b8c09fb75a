"""Right after an alarm: it stands, whatever the patient says, and every question is still answered."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.conversation.wording.voice import Voice
from tests.conversing import Chat, alarmed, finding


def said(chat: Chat, key: str) -> list[str]:
    """The wordings of a phrase, as this clinic says them."""
    return [Voice(chat.content, turn).phrase(key) for turn in range(len(chat.content.phrases.wordings[key]))]


@pytest.mark.parametrize("text", ["no it went away", "no", "its just asleep", "asdf"])
def test_an_alarm_taken_back_is_neither_repeated_nor_withdrawn(chat: Chat, text: str) -> None:
    alarmed(chat)

    (reply,) = chat.says(text)

    assert (Kind.CHITCHAT, "chitchat", ()) == (reply.kind, reply.topic, reply.buttons)
    assert chat.content.phrases.wordings["alarm_if_wrong"][0] == reply.text


def test_thanks_after_an_alarm_sends_to_help_once_more(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("thank you", "chitchat/thanks")

    assert "911" in reply.text


@pytest.mark.parametrize("text", ["ok", "no", "thanks"])
def test_after_a_wish_to_die_the_crisis_line_is_named_again(chat: Chat, text: str) -> None:
    alarmed(chat, "suicidal")

    (reply,) = chat.says(text, *(["chitchat/thanks"] if text == "thanks" else []))

    assert "988" in reply.text


def test_who_says_that_they_do_not_mean_to_die_is_heard_and_keeps_the_number(chat: Chat) -> None:
    alarmed(chat, "suicidal")

    (reply,) = chat.says("no i mean the pain, im not suicidal", findings=[finding("suicidal", "absent")])

    assert reply.text in said(chat, "alarm_crisis_denied")
    assert "988" in reply.text


def test_what_is_told_after_a_wish_to_die_is_no_wish_for_a_topic(chat: Chat) -> None:
    alarmed(chat, "suicidal")

    (reply,) = chat.says("i do have pills though", "ask_alternative_to_medication_or_surgery")

    assert reply.text in said(chat, "alarm_crisis")


def test_a_topic_is_answered_after_a_wish_to_die_when_it_is_asked_for(chat: Chat) -> None:
    alarmed(chat, "suicidal")

    (reply,) = chat.says("how long is a visit", "ask_session_length")

    assert (Kind.ANSWER, "session_length") == (reply.kind, reply.topic)


@pytest.mark.parametrize("text", ["sciatica", "is it safe for me"])
def test_no_check_is_offered_while_an_alarm_stands(chat: Chat, text: str) -> None:
    alarmed(chat)
    chat.says("how long is a visit", "ask_session_length")
    label = "ask_is_it_safe" if "safe" in text else "ask_condition_sciatica"

    replies = chat.says(text, label, findings=[finding("leg_pain_stable")])

    assert all(not reply.buttons or reply.kind is not Kind.QUESTION for reply in replies)


def test_a_question_after_an_alarm_is_answered(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("how long is a visit", "ask_session_length")

    assert (Kind.ANSWER, "session_length") == (reply.kind, reply.topic)


def test_a_question_ends_what_follows_an_alarm(chat: Chat) -> None:
    alarmed(chat)
    chat.says("ok")
    chat.says("how long is a visit", "ask_session_length")

    (reply,) = chat.says("thank you", "chitchat/thanks")

    assert "911" not in reply.text


def test_thanks_and_goodbye_are_answered_as_such_once_the_alarm_has_been_said_to_stand(chat: Chat) -> None:
    alarmed(chat)
    chat.says("thank you", "chitchat/thanks")

    (reply,) = chat.says("bye", "chitchat/goodbye")

    assert reply.text in said(chat, "goodbye")


@pytest.mark.parametrize(
    ("text", "label"), [("what should i do", "help"), ("just now", "chitchat/acknowledge"), ("since this morning", "")]
)
def test_an_alarm_stands_however_often_something_vague_is_written(chat: Chat, text: str, label: str) -> None:
    alarmed(chat)
    chat.says("asdf")
    chat.says("ok")

    (reply,) = chat.says(text, *([label] if label else []))

    assert reply.text in said(chat, "alarm_stands")


def test_who_asks_why_after_an_alarm_is_told_why(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("why", "why_ask")

    assert reply.text in said(chat, "alarm_why")


def test_a_danger_told_again_after_an_alarm_alarms_again(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("and now chest pain", findings=(finding("chest_or_breath"),))

    assert Kind.EMERGENCY is reply.kind


@pytest.mark.parametrize("text", ["it is only a bit numb", "but is it bad"])
def test_a_sign_that_may_be_one_is_not_asked_about_while_a_graver_alarm_was_the_last_word(
    chat: Chat, text: str
) -> None:
    alarmed(chat)

    (reply,) = chat.says(text, "red_flag/emergency", confidence=0.5)

    assert Kind.CHITCHAT is reply.kind
    assert "help" in reply.text


def test_an_emergency_that_may_be_one_is_asked_about_after_an_alarm_for_today(chat: Chat) -> None:
    alarmed(chat, "fever")

    (reply,) = chat.says("and numb somewhere", "red_flag/emergency", confidence=0.5)

    assert Kind.QUESTION is reply.kind


def test_a_wish_to_die_that_may_be_one_is_asked_about_after_any_other_alarm(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("what is it all for", "red_flag/crisis", confidence=0.5)

    assert Kind.QUESTION is reply.kind
    assert "988" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "I've called 911, they're coming",
        "the ambulance is on its way",
        "ok my wife is driving me to the ER",
        "he is in hospital now, they are looking at him",
        "we rang the doctor and we are on our way to urgent care",
    ],
)
def test_who_tells_that_help_was_called_is_told_that_it_is_good_and_asked_nothing(chat: Chat, text: str) -> None:
    alarmed(chat)

    (reply,) = chat.says(text, "red_flag/crisis", confidence=0.3)

    assert reply.text in said(chat, "alarm_help_comes")


def test_who_goes_for_help_after_another_question_is_told_that_it_is_good(chat: Chat) -> None:
    alarmed(chat)
    chat.says("how long is a visit", "ask_session_length")

    (reply,) = chat.says("ok going to urgent care now", "chitchat/acknowledge")

    assert reply.text in said(chat, "alarm_help_comes")


@pytest.mark.parametrize(
    "text", ["I am not going to the hospital", "should I have called 911", "they never called an ambulance"]
)
def test_who_has_called_nobody_is_not_told_that_help_is_coming(chat: Chat, text: str) -> None:
    alarmed(chat)

    (reply,) = chat.says(text)

    assert reply.text not in said(chat, "alarm_help_comes")


def test_a_medicine_told_after_an_alarm_is_noted_for_those_who_help(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("oh and I take warfarin", findings=(finding("anticoagulant"),))

    assert reply.text.startswith("I have noted this")


def test_an_alarm_for_today_is_said_to_stand_for_today(chat: Chat) -> None:
    alarmed(chat, "fever")

    (reply,) = chat.says("thank you", "chitchat/thanks")

    assert "today" in reply.text


def test_an_answer_after_an_alarm_says_that_it_is_checked_before_any_acupuncture(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("how long is a visit", "ask_session_length")

    assert reply.consult_first in chat.content.phrases.consult.after_help


def test_an_alarm_put_right_stands_in_no_ones_way(chat: Chat) -> None:
    alarmed(chat)
    chat.says("i was wrong, no numbness", "correct_answer", findings=(finding("saddle_numbness", "absent"),))

    assert chat.state.alarm is None


def test_a_medicine_taken_back_leaves_an_alarm_as_it_is(chat: Chat) -> None:
    chat.says("chest pain since an hour, on aspirin", findings=(finding("chest_or_breath"), finding("antiplatelet")))

    chat.says("actually i don't take aspirin", "correct_answer", findings=(finding("antiplatelet", "absent"),))

    assert "no" == chat.facts["antiplatelet"] and chat.state.alarm is not None


@pytest.mark.parametrize("text", ["i've called 911", "no", "ok what now"])
def test_what_is_said_after_an_alarm_sends_nobody_to_a_provider_first(chat: Chat, text: str) -> None:
    """Help comes first, a provider before any acupuncture."""
    alarmed(chat)

    (reply,) = chat.says(text, "deny" if text == "no" else "", decision="accept" if text == "no" else "refuse")

    assert reply.consult_first in chat.content.phrases.consult.after_help


@pytest.mark.parametrize(
    "text", ["its going down my arm now", "getting worse by the minute", "now its spreading to the other leg"]
)
@pytest.mark.parametrize(("fact", "key"), [("saddle_numbness", "alarm_worse"), ("fever", "alarm_worse_today")])
def test_who_tells_that_it_gets_worse_is_told_to_go_now(chat: Chat, text: str, fact: str, key: str) -> None:
    alarmed(chat, fact)

    (reply,) = chat.says(text, decision="refuse")

    assert reply.text in said(chat, key) and "911" in reply.text


@pytest.mark.parametrize("text", ["its not getting worse", "what if it gets worse?", "i will go if it gets worse"])
def test_what_is_only_feared_or_denied_is_not_worse(chat: Chat, text: str) -> None:
    alarmed(chat)

    (reply,) = chat.says(text, decision="refuse")

    assert reply.text not in said(chat, "alarm_worse")


def test_a_time_told_after_an_alarm_takes_nothing_back(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("since today", decision="refuse")

    assert reply.text in said(chat, "alarm_stands")


def test_who_will_not_go_to_a_hospital_is_sent_there_again(
    chat: Chat,
) -> None:
    alarmed(chat)

    (reply,) = chat.says("i dont want to go to hospital", "ask_replace_medical_treatment")

    assert reply.text in said(chat, "alarm_stands")
