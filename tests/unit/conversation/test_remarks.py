"""Remarks that no topic answers."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, brought_to, finding, said_by, shipped

ANSWERED, LEFT_OPEN = ("is it clean", "ask_needles_sterile"), ("what does it cost", "ask_not_in_article/cost")
TOLD_OF_PAIN = ("my back hurts when it is cold", "chitchat/user_pain")

# (what was asked before, what is remarked, the phrase that replies)
REMARKS = [
    (None, "call_me", "no_callback"),
    (LEFT_OPEN, "look_me_up", "no_records"),
    (None, "complaint", "complaint"),
    (None, "asked_doctor", "asked_doctor"),
    (None, "tells_more", "go_on"),
    (TOLD_OF_PAIN, "tells_more", "with_you"),
    (("my wife died in may", "remark/grief"), "tells_more", "with_you"),
    (None, "why", "why_what"),
    (("call me at noon", "remark/call_me"), "why", "why_limits"),
    (ANSWERED, "why", "why_said"),
    (LEFT_OPEN, "why", "why_open"),
    (TOLD_OF_PAIN, "why", "is_it_normal"),
    (None, "doubt", "sure_said"),
    (ANSWERED, "doubt", "sure_said"),
    (LEFT_OPEN, "doubt", "sure_open"),
    (LEFT_OPEN, "who_would_know", "who_knows"),
    (("i have no doctor", "remark/find_doctor"), "who_would_know", "find_doctor_again"),
]


@pytest.mark.parametrize(("before", "subject", "key"), REMARKS)
def test_a_remark_is_met_by_what_was_said_before_it(
    chat: Chat, before: tuple[str, str] | None, subject: str, key: str
) -> None:
    if before:
        chat.says(*before)

    (reply,) = chat.says("so and so", f"remark/{subject}")

    assert reply.text in said_by(chat, key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("my wife said go for it, she is never wrong", "recommended"),
        ("my best mate gave it the green light", "recommended"),
        ("my neighbour is a nurse and says it is fine", "asked_doctor"),
        ("my dad's cardiologist said yes", "asked_doctor"),
        ("she said it would be fine", "asked_doctor"),
    ],
)
def test_only_the_word_of_a_clinician_is_taken_for_leave(chat: Chat, text: str, key: str) -> None:
    (reply,) = chat.says(text, "remark/asked_doctor")

    assert reply.text in said_by(chat, key)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("remark/tells_more", "also_noted"),
        ("chitchat/greet", "also_noted"),
        ("chitchat/user_pain", "also_noted_in_pain"),
    ],
)
def test_what_matters_is_taken_up_in_one_reply_that_asks_one_thing(chat: Chat, label: str, key: str) -> None:
    (reply,) = chat.says("im on eliquis", label, findings=(finding("anticoagulant"),))

    assert reply.text in said_by(chat, key, chat.content.rules.facts["anticoagulant"].called)


def test_what_was_told_before_is_not_taken_up_a_second_time(chat: Chat) -> None:
    told = (finding("anticoagulant"),)
    chat.says("im on eliquis", "remark/tells_more", findings=told)

    replies = chat.says("the eliquis is for my heart", "remark/tells_more", findings=told)

    assert [Kind.CHITCHAT] == [reply.kind for reply in replies]


@pytest.mark.parametrize("text", ["oh really", "is that so", "seriously?"])
def test_who_is_surprised_by_an_answer_hears_the_rest_of_it(chat: Chat, text: str) -> None:
    (first,) = chat.says("does it hurt", "ask_needle_pain")
    (more,) = chat.says(text, "remark/doubt")

    assert Kind.ANSWER is more.kind
    assert first.text != more.text


@pytest.mark.parametrize("text", ["sounds like nonsense to me", "you would say that", "are you sure of this"])
def test_who_doubts_an_answer_is_told_where_it_comes_from_and_offered_the_studies(chat: Chat, text: str) -> None:
    chat.says("does it hurt", "ask_needle_pain")
    (reply,) = chat.says(text, "remark/doubt")

    assert reply.text in said_by(chat, "sure_said")
    assert chat.content.gaps["evidence"].title in [button.title for button in reply.buttons]


@pytest.mark.parametrize("said", sorted({retort.say for retort in shipped().remarks.all()}))
def test_a_remark_that_sends_to_the_clinic_names_it(chat: Chat, said: str) -> None:
    """Where the clinic has set a phone number, whoever is told to reach it reads the number."""
    wordings = chat.content.phrases.wordings[said]

    assert all("{contact}" in wording for wording in wordings if "clinic, " in wording or "person, " in wording)


@pytest.mark.parametrize("text", ["can you repeat that", "say that again", "more", "does it hurt", "why me"])
def test_what_asks_for_the_answer_or_for_more_is_no_remark(chat: Chat, text: str) -> None:
    chat.says(*ANSWERED)
    chat.says(text, "ask_needles_sterile")

    assert not chat.state.said or chat.state.said == "more"


@pytest.mark.parametrize("where", ["danger question", "peg"])
@pytest.mark.parametrize("subject", shipped().remarks.heard)
def test_where_a_question_waits_nothing_is_taken_for_a_remark(chat: Chat, where: str, subject: str) -> None:
    brought_to(chat, where)
    said = {retort.say for retort in chat.content.remarks.all()} - {"why_ask_nothing"}
    remarked = {wording for key in said for wording in said_by(chat, key)}

    assert not remarked.intersection(reply.text for reply in chat.says("so and so", f"remark/{subject}"))


@pytest.mark.parametrize("subject", shipped().remarks.heard)
def test_in_the_check_a_remark_is_met_or_not_and_the_question_follows(chat: Chat, subject: str) -> None:
    brought_to(chat, "in the check")
    asked = chat.question
    *said, again = chat.says("so and so", f"remark/{subject}")

    assert asked == chat.question
    assert Kind.QUESTION is again.kind
    assert said
    remark = chat.content.remarks.heard[subject]
    assert bool(remark.in_check) == (said[0].text in said_by(chat, remark.in_check or remark.reply(chat.state)))


def test_why_in_the_check_asks_for_the_reason_of_its_question(chat: Chat) -> None:
    brought_to(chat, "in the check")

    assert [r.text for r in chat.says("why", "why_ask")] == [r.text for r in chat.says("how come", "remark/why")]


@pytest.mark.parametrize("subject", ["yes_or_no", "asked_doctor"])
def test_what_only_sounds_like_a_yes_is_no_danger_sign(chat: Chat, subject: str) -> None:
    (asked,) = chat.says("numb down there maybe", findings=(finding("saddle_numbness", "uncertain"),))

    (reply,) = chat.says("he said go for it", f"remark/{subject}")

    assert (Kind.QUESTION, asked.buttons) == (reply.kind, reply.buttons)


@pytest.mark.parametrize("text", ["yes", "yes i do", "yes he said so", "a lot of it", "really bad"])
def test_what_is_a_yes_to_a_danger_sign_stays_one(chat: Chat, text: str) -> None:
    chat.says("numb down there maybe", findings=(finding("saddle_numbness", "uncertain"),))

    (reply,) = chat.says(text, "affirm")

    assert Kind.EMERGENCY is reply.kind


def test_after_an_alarm_who_asks_what_to_do_is_told_to_get_that_help(chat: Chat) -> None:
    chat.says("numb between my legs", findings=(finding("saddle_numbness"),))

    (reply,) = chat.says("what should i do now", "help")

    assert reply.text in said_by(chat, "alarm_stands")


def test_a_danger_sign_beside_a_remark_comes_first(chat: Chat) -> None:
    (reply,) = chat.says(
        "numb between my legs, call me on 360 555 0142", "red_flag/emergency", findings=(finding("saddle_numbness"),)
    )

    assert Kind.EMERGENCY is reply.kind


def test_a_question_beside_a_word_of_grief_is_answered(chat: Chat) -> None:
    (reply,) = chat.says("since my mother died my back hurts, do needles hurt", "ask_needle_pain")

    assert Kind.ANSWER is reply.kind


def test_what_tells_a_health_fact_beside_a_remark_is_kept(chat: Chat) -> None:
    chat.says("i have diabetes, is that normal", "chitchat/user_pain", findings=(finding("diabetes"),))

    assert "yes" == chat.facts["diabetes"]


def test_why_not_takes_an_offer_and_asks_for_a_reason_elsewhere(chat: Chat) -> None:
    chat.says("is it safe, i am pregnant", "ask_is_it_safe", findings=(finding("pregnant"),))
    chat.says("why not", "remark/why")

    assert chat.state.check is not None
