"""What goes on with what was told is heard; what names no question is invited to ask one."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.conversation.suitability_check.person import told_of_the_person
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer
from tests.conversing import ADULT, Chat, finding, said_by

METAL = finding("metal_hardware", onset="old")


@pytest.mark.parametrize(
    "text",
    [
        "just wondering about my back",
        "it's about my lower back",
        "back stuff",
        "looking for some help with this",
        "no lol, just asking about back pain",
    ],
)
def test_who_says_what_the_matter_is_and_asks_nothing_is_invited_to_ask(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_who_can_benefit", "out_of_scope", decision="offer", confidence=0.2)
    (unread,) = Chat().says(text, "remark/cannot_help", confidence=0.6)

    assert unread.text in said_by(chat, "invited")
    assert reply.kind in (Kind.CHITCHAT, Kind.CLARIFY)


@pytest.mark.parametrize(
    "text", ["what can I do about my back?", "does it help with back pain", "I need my back fixed by friday"]
)
def test_who_asks_something_of_their_back_is_answered(chat: Chat, text: str) -> None:
    reply = chat.says(text, "ask_benefits_general")[0]

    assert reply.text not in said_by(chat, "invited")


@pytest.mark.parametrize(
    ("text", "label", "confidence"),
    [
        ("gymnastics", "out_of_scope", 0.85),
        ("metal in there", "ask_not_in_article/needle_number_place", 0.85),
        ("lasts about a week then im fine", "ask_long_term", 0.9),
        ("still tingles", "ask_sensation", 0.88),
    ],
)
def test_a_few_words_after_a_pain_go_on_with_it(chat: Chat, text: str, label: str, confidence: float) -> None:
    chat.says("my back's killing me", "chitchat/user_pain")

    (reply,) = chat.says(text, label, confidence=confidence)

    assert reply.text in {*said_by(chat, "with_you"), *said_by(chat, "i_see"), *said_by(chat, "go_on")}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("parking", "ask_not_in_article/location"),
        ("evening visits", "ask_not_in_article/hours"),
        ("and for older people", "ask_who_can_benefit"),
        ("with a pacemaker", "ask_is_it_safe"),
        ("how long is it", "ask_session_length"),
    ],
)
def test_what_names_or_asks_for_a_topic_after_a_pain_is_answered(chat: Chat, text: str, label: str) -> None:
    chat.says("my back's killing me", "chitchat/user_pain")

    reply = chat.says(text, label)[0]

    assert reply.kind in (Kind.ANSWER, Kind.NOT_COVERED)


def test_what_is_told_on_after_the_offer_of_a_check_leaves_the_offer_standing(chat: Chat) -> None:
    chat.says("I had my back fused in 2018", "check_suitability", findings=(METAL,))

    (reply,) = chat.says("metal in there", "ask_not_in_article/needle_number_place")
    (named,) = chat.says("rods and screws in there", "check_suitability", findings=(METAL,))

    assert reply.text in said_by(chat, "check_offered_again")
    assert "" == chat.question
    assert Kind.QUESTION is named.kind


def test_who_asks_if_they_may_after_the_offer_begins_the_check(chat: Chat) -> None:
    chat.says("I had my back fused in 2018", "check_suitability", findings=(METAL,))

    chat.says("can you still do it for me", "check_suitability")

    assert "age" == chat.question


@pytest.mark.parametrize(
    "text", ["check if I can have acupuncture for sciatica", "please check whether my mum can have it for her sciatica"]
)
def test_a_check_asked_for_by_what_one_has_is_begun(chat: Chat, text: str) -> None:
    chat.says(text, "ask_condition_sciatica")

    assert chat.question


@pytest.mark.parametrize("text", ["check if it helps sciatica", "can you check if I can get it covered for sciatica"])
def test_what_else_is_to_be_checked_begins_none(chat: Chat, text: str) -> None:
    chat.says(text, "ask_condition_sciatica")

    assert "" == chat.question


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("is it safe for the baby if i'm pregnant", "pregnant"),
        ("I also have an underactive thyroid, does that matter?", ""),
        ("a check for acupuncture please, its for me", ""),
    ],
)
def test_who_asks_of_what_they_have_is_not_asked_for_whom(text: str, fact: str) -> None:
    said = told_of_the_person(text, {fact: Answer.YES} if fact else {})

    assert Answer.NO is said[SOMEONE_ELSE]


def test_what_a_parent_has_to_do_is_no_check_of_them(chat: Chat) -> None:
    (reply,) = chat.says("would my mum have to sign", "ask_not_in_article/children")
    offered = Chat().says("would it help my mum, she has sciatica, can she have it", "ask_condition_sciatica")

    assert Kind.NOT_COVERED is reply.kind
    assert Kind.QUESTION is offered[-1].kind


def test_who_has_a_husband_to_convince_speaks_of_him(chat: Chat) -> None:
    chat.says("my husband has a bad back, he won't come, how do i convince him", "check_suitability", decision="offer")

    (reply,) = chat.says("hes scared", "chitchat/user_feeling")

    assert reply.text in said_by(chat, "user_feeling_other")


def test_a_plain_fact_is_met_without_pity(chat: Chat) -> None:
    chat.says("my back's killing me", "chitchat/user_pain")

    (reply,) = chat.says("I'm a postman", "remark/tells_more")

    assert reply.text in said_by(chat, "go_on")


@pytest.mark.parametrize(
    ("text", "heard", "key"),
    [
        ("my cardiologist is useless", "asked_doctor", "doctor_unheard"),
        ("my husband thinks this is voodoo", "recommended", "heard_otherwise"),
        ("it's all hocus pocus if you ask me", "recommended", "sure_said"),
        ("my wife thinks I should come", "recommended", "recommended"),
        ("nothing else worked", "no_symptoms", "user_feeling"),
        ("didnt do much", "cannot_help", "go_on"),
        ("you didn't help me at all", "cannot_help", "no_help"),
        ("nothing else hurts", "no_symptoms", "nothing_alarming"),
    ],
)
def test_what_was_said_in_vain_or_in_scorn_is_not_taken_for_good_news(
    chat: Chat, text: str, heard: str, key: str
) -> None:
    (reply,) = chat.says(text, f"remark/{heard}")

    assert reply.text in said_by(chat, key)


def test_when_it_happened_goes_on_with_what_a_condition_was_answered_for(chat: Chat) -> None:
    chat.says("my boyfriend pulled his back at the gym", "ask_condition_muscle_strain")

    (reply,) = chat.says("yesterday", "out_of_scope", decision="offer", confidence=0.3)

    assert reply.text not in said_by(chat, "out_of_scope")


@pytest.mark.parametrize(
    "text", ["been to 4 chiropractors", "I've tried massage and a brace", "saw an osteopath last year"]
)
def test_whom_somebody_has_been_to_is_heard_and_not_looked_up(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_not_in_article/massage_chiropractic", confidence=0.96)
    (asked,) = Chat().says("have you got massage too", "ask_not_in_article/massage_chiropractic", confidence=0.96)

    assert (Kind.CLARIFY, Kind.NOT_COVERED) == (reply.kind, asked.kind)


def test_a_fragment_goes_on_with_what_was_told_to_the_check(chat: Chat) -> None:
    chat.checking(**ADULT).says("had a fall last winter but nothing broke", "remark/tells_more", confidence=0.4)

    word, _ = chat.says("on ice", "ask_not_in_article/medication_advice", confidence=0.72)
    (advice, _) = chat.says("can I put ice on it", "ask_not_in_article/medication_advice")

    assert word.text in said_by(chat, "told_in_check")
    assert Kind.NOT_COVERED is advice.kind


def test_what_spares_a_question_of_the_check_is_read_back(chat: Chat) -> None:
    chat.says("can I have this", "check_suitability")

    word, _ = chat.says("i bruise easy", "ask_side_effects", findings=(finding("bleeding_disorder"),))

    assert chat.content.rules.facts["bleeding_disorder"].called in word.text


def test_backs_after_what_studies_found_ask_of_the_studies(chat: Chat) -> None:
    chat.says("what's your success rate", "ask_not_in_article/evidence")
    (of_studies,) = chat.says("for backs", "ask_not_in_article/other_conditions", confidence=0.6)

    chat.says("do you treat necks", "ask_not_in_article/other_conditions")
    (of_backs,) = chat.says("and lower back?", "ask_not_in_article/other_conditions", confidence=0.6)

    assert (Kind.NOT_COVERED, ("who_can_benefit",)) == (of_studies.kind, of_backs.topics)


def test_what_the_clinic_does_when_somebody_faints_is_no_harm_to_an_illness(chat: Chat) -> None:
    chat.says("i faint at needles", "ask_needle_pain", findings=(finding("needle_fear"),))

    (reply, *_) = chat.says("what do you do if someone faints", "ask_side_effects")

    assert "side_effects" in reply.topics


@pytest.mark.parametrize("text", ["is that normal", "would it happen again"])
def test_what_was_told_and_is_like_one_topic_is_what_the_next_words_point_back_to(chat: Chat, text: str) -> None:
    chat.says("it gave me a huge bruise", "ask_side_effects", decision="clarify")
    assert "told" == chat.state.said

    (reply,) = chat.says(text, "ask_not_in_article/individual_diagnosis")

    assert ("side_effects",) == reply.topics


@pytest.mark.parametrize("text", ["thats all", "nothing else"])
def test_who_says_that_it_is_all_is_not_told_more(chat: Chat, text: str) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says(text, "more")

    assert Kind.CHITCHAT is reply.kind
