"""Who points at one of the things that a question of the check lists means the list, and no button below it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, said_by


@pytest.mark.parametrize(
    "text",
    [
        "yes, the last one",
        "second one lol",
        "first",
        "the third one please",
        "honestly the first one",
        "let me think. the third one",
    ],
)
def test_pointing_at_a_danger_sign_of_the_list_is_an_emergency(chat: Chat, text: str) -> None:
    """And neither the button "No", which stands second, nor "Why do you ask?", which stands last."""
    chat.checking(**ADULT)

    (reply,) = chat.says(text, "affirm")

    assert (Kind.EMERGENCY, "emergency") == (reply.kind, reply.tier)


def test_pointing_at_one_of_a_list_tells_of_that_one(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")
    assert "history" == chat.question

    chat.says("the third one", decision="refuse")

    assert ("yes", "history") == (chat.facts["cancer_past"], chat.question)


@pytest.mark.parametrize(
    "text", ["2 of them", "one of these", "a couple of them", "the first and the third", "first two"]
)
def test_how_many_of_the_list_are_so_is_a_yes(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    (reply,) = chat.says(text, decision="refuse")

    assert "emergency" == reply.tier


@pytest.mark.parametrize("text", ["2", "two", "1 and 3", "1,3", "b", "#2", "number 2", "a or c", "2?"])
def test_a_number_or_a_letter_alone_is_asked_back_over_a_list_of_danger_signs(chat: Chat, text: str) -> None:
    """It may be the button "No", the second line, or two of them."""
    chat.checking(**ADULT)

    aside, question = chat.says(text, "deny")

    assert aside.text in said_by(chat, "check_which_list") and ("nerves", Kind.QUESTION) == (
        chat.question,
        question.kind,
    )


def test_a_number_alone_chooses_none_of_several_illnesses(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "yes")
    known = dict(chat.facts)

    aside, _ = chat.says("2", decision="refuse")

    assert aside.text in said_by(chat, "check_which_choices") and known == chat.facts


def test_a_small_number_where_the_age_is_asked_may_be_an_age_and_is_asked_back(chat: Chat) -> None:
    chat.checking(for_someone_else="yes")

    aside, _ = chat.says("2", decision="refuse")

    assert aside.text in said_by(chat, "check_which_yes_no") and ("age", None) == (
        chat.question,
        chat.facts.get("minor"),
    )


def test_an_age_that_numbers_no_button_is_an_age(chat: Chat) -> None:
    chat.checking(for_someone_else="yes")

    replies = chat.says("12", decision="refuse")

    assert ("yes", Kind.OUTCOME) == (chat.facts["minor"], replies[-1].kind)


@pytest.mark.parametrize("text", ["2", "the second one", "second"])
def test_a_place_in_a_list_denies_no_danger_that_is_asked_about(chat: Chat, text: str) -> None:
    chat.says("my chest hurts a bit", findings=(finding("chest_or_breath", "uncertain"),))

    (reply,) = chat.says(text, decision="refuse")

    assert Kind.QUESTION is reply.kind


def test_the_last_of_the_choices_is_no_button_below_them(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "yes")

    chat.says("the last one", decision="refuse")

    assert "yes" == chat.facts["known_aneurysm"]


def test_the_last_question_again_points_at_no_list(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no")

    chat.says("the last question again", "go_back")

    assert "nerves" == chat.question


@pytest.mark.parametrize(
    "text", ["bladder", "the bladder one", "well the peeing one yes", "just my legs", "numbness", "bladder and bowels"]
)
def test_naming_a_danger_sign_of_the_list_by_itself_is_a_yes(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    (reply,) = chat.says(text, decision="refuse")

    assert "emergency" == reply.tier


@pytest.mark.parametrize("text", ["just the chest thing", "a fall", "breathing", "chest"])
def test_naming_a_sudden_sign_of_the_list_by_itself_is_a_yes(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers("no")
    assert "sudden" == chat.question

    (reply,) = chat.says(text, decision="refuse")

    assert "emergency" == reply.tier


@pytest.mark.parametrize("text", ["bladder?", "my bladder is fine", "no bladder trouble", "legs ache from gardening"])
def test_what_only_mentions_a_sign_of_the_list_is_no_yes(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    replies = chat.says(text, decision="refuse")

    assert all(reply.tier != "emergency" for reply in replies)


def test_an_illness_that_the_question_asks_for_is_an_answer_however_like_danger_it_sounds(chat: Chat) -> None:
    """ "Aneurysm" alone is likest to the emergency of one."""
    chat.checking(**ADULT).answers("no", "no")
    assert "history" == chat.question

    named = replace(finding("known_aneurysm", onset="unknown"), start=5, end=13)
    replies = chat.says("yes, aneurysm", "red_flag/emergency", findings=(named,), confidence=0.95)

    assert "emergency" not in [reply.tier for reply in replies]
    assert ("yes", "history") == (chat.facts["known_aneurysm"], chat.question)


def test_more_than_its_name_is_read_for_danger(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")

    named = replace(finding("known_aneurysm", onset="unknown"), start=5, end=13)
    replies = chat.says("yes, aneurysm, chest feels heavy", "red_flag/emergency", findings=(named,), confidence=0.95)

    assert "emergency" in [reply.tier for reply in replies]


@pytest.mark.parametrize("text", ["kind of, my legs", "sort of, in the evening", "a bit when I walk"])
def test_a_half_yes_to_a_list_is_asked_in_simpler_words(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    (reply,) = chat.says(text, decision="refuse")

    assert (Kind.QUESTION, "nerves") == (reply.kind, chat.question)
    assert "another way" in reply.text


@pytest.mark.parametrize(
    "text", ["um the fifth one a little", "not the first but the second one I think", "I'd say the third"]
)
def test_a_place_beside_words_that_add_nothing_is_that_one(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    (reply,) = chat.says(text, "wrong_answer")

    assert "emergency" == reply.tier


@pytest.mark.parametrize("text", ["not the first but the second one maybe", "could be the last one"])
def test_a_place_that_is_doubted_is_put_in_simpler_words(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    (question,) = chat.says(text, "wrong_answer")

    assert question.text.startswith(tuple(said_by(chat, "check_again"))) and "nerves" == chat.question


@pytest.mark.parametrize(
    "text", ["the last week was the worst", "it hurt the first time I bent", "what was the last one"]
)
def test_an_ordinal_of_something_else_points_at_nothing(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    assert Kind.EMERGENCY not in [reply.kind for reply in chat.says(text, decision="refuse")]


@pytest.mark.parametrize(
    "text",
    ["just the hip, from last year", "nothing but the new hip", "the new hip but that's it", "new hip, otherwise fine"],
)
def test_what_is_said_to_be_all_of_a_list_closes_it(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers(*["no"] * 7)
    assert "heart_devices" == chat.question

    chat.says(text, "check_suitability", findings=(finding("metal_hardware"),))

    assert ("health", "yes", "no") == (
        chat.question,
        chat.facts["metal_hardware"],
        chat.facts["implanted_device"],
    )


def test_what_was_told_before_and_is_told_again_closes_the_list(chat: Chat) -> None:
    chat.checking(**ADULT, anticoagulant="yes").answers(*["no"] * 6)
    assert "blood" == chat.question

    chat.says("the xarelto, like I said", "check_suitability", findings=(finding("anticoagulant"),))

    assert ("heart_devices", "no") == (chat.question, chat.facts["bleeding_disorder"])


def test_what_is_all_but_of_another_question_closes_nothing(chat: Chat) -> None:
    chat.checking(**ADULT)

    chat.says("just the diabetes", "check_suitability", findings=(finding("diabetes"),))

    assert ("nerves", "yes") == (chat.question, chat.facts["diabetes"])
