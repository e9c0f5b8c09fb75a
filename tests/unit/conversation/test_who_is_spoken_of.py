"""Outside the check, what is said is of the one who was spoken of: "may suit them" to who asks for a husband."""

from __future__ import annotations

import pytest

from tests.conversing import Chat, finding, said_by


@pytest.mark.parametrize("text", ["it's my husband who needs it", "my boyfriend's the patient", "his back, not mine"])
def test_who_needs_care_is_heard_where_nothing_asks_for_it(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "steer_check/for_another")

    assert reply.text in said_by(chat, "for_another")
    assert "yes" == chat.state.person["for_someone_else"]


def test_who_says_that_it_is_for_themselves_is_heard(chat: Chat) -> None:
    (reply,) = chat.says("it would be for me", "steer_check/for_me")

    assert reply.text in said_by(chat, "for_me")


def test_told_to_the_offer_of_a_check_it_is_offered_for_that_one(chat: Chat) -> None:
    chat.says("with a pacemaker", "chitchat/user_pain", findings=(finding("implanted_device"),))

    (reply,) = chat.says("it's for my neighbour", "steer_check/for_another")

    assert reply.text in said_by(chat, "check_offered_other")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("I'm asking for my dad, he's 78", "he has been sore for years"),
        ("my mum's back is awful", "she is in pain all day"),
        ("not for me, it's for a mate at work", "his back is killing him"),
    ],
)
def test_pain_told_of_somebody_else_is_theirs(chat: Chat, before: str, text: str) -> None:
    chat.says(before, "remark/tells_more")

    (reply,) = chat.says(text, "chitchat/user_pain")

    assert reply.text in said_by(chat, "user_pain_other")


@pytest.mark.parametrize("text", ["my mum had a bad back and my back is the same", "my wife had this and loved it"])
def test_a_relative_who_was_only_named_is_not_the_patient(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "chitchat/user_pain")

    assert reply.text in said_by(chat, "user_pain")


def test_a_danger_question_asked_again_is_still_of_the_one_it_was_about(chat: Chat) -> None:
    of_another = (finding("for_someone_else"), finding("fever", status="uncertain"))
    (first,) = chat.says("my gran may have a fever", findings=of_another)

    *_, again = chat.says("does it hurt", "ask_needle_pain")

    assert "they are okay" in first.text
    assert "they are okay" in again.text


def test_he_alone_may_be_anybody(chat: Chat) -> None:
    (reply,) = chat.says("he's useless", "chitchat/insult")

    assert reply.text in said_by(chat, "i_see")


def test_who_only_writes_for_somebody_is_heard(chat: Chat) -> None:
    (reply,) = chat.says("I would like to enquire on behalf of my wife")

    assert reply.text in said_by(chat, "for_another")


def test_the_age_of_a_grown_one_is_no_question_about_children(chat: Chat) -> None:
    chat.says("my nan is 90 and her back is sore", "chitchat/user_pain")

    (reply,) = chat.says("would it be too much for her at that age", "ask_not_in_article/children")

    assert reply.text in said_by(chat, "check_offered_other")


def test_who_laughs_at_needles_is_the_one_spoken_of_and_no_doctor(chat: Chat) -> None:
    chat.says("my boyfriend's back locks up", "chitchat/user_pain")

    (reply,) = chat.says("he laughs at needles", "remark/doctor_unheard")

    assert reply.text in said_by(chat, "with_you_other")


@pytest.mark.parametrize(
    "text",
    [
        "she's 8 months now, I'm still nursing",
        "he's only five weeks",
        "my baby is 6 weeks old",
        "our son is ten months",
    ],
)
def test_the_age_of_a_baby_is_not_that_of_who_needs_care(chat: Chat, text: str) -> None:
    chat.says("my back hurts since the birth", "chitchat/user_pain")

    chat.says(text, "remark/tells_more")

    assert "minor" not in chat.state.person


@pytest.mark.parametrize("text", ["she's 8", "my wife is 8 months pregnant"])
def test_a_child_and_a_wife_are_who_needs_care(chat: Chat, text: str) -> None:
    chat.says(text, "remark/tells_more")

    assert "yes" == chat.state.person["for_someone_else"]
