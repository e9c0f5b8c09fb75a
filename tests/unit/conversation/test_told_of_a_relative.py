"""What is told of somebody else before a check is kept for that one's check, and for nobody else's."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding, finished_with, said_by

OF_MUM = finding("implanted_device", subject="family")


def of_her(chat: Chat) -> Chat:
    chat.says("my mum has a pacemaker", "check_suitability", findings=(OF_MUM,))
    return chat


def test_a_relatives_condition_is_read_back_with_an_offer_to_check_them(chat: Chat) -> None:
    (reply,) = chat.says("my mum has a pacemaker", "check_suitability", findings=(OF_MUM,))

    assert reply.text in said_by(chat, "also_noted_other", chat.content.rules.facts["implanted_device"].called)


@pytest.mark.parametrize("text", ["would it suit her?", "can she have it", "yes please"])
def test_it_is_known_when_her_check_begins(chat: Chat, text: str) -> None:
    of_her(chat).says(text, "check_suitability")

    assert ("yes", "yes") == (chat.facts["for_someone_else"], chat.facts["implanted_device"])


@pytest.mark.parametrize("fact", ["cancer_past", "osteoporosis", "dialysis"])
def test_what_is_urgent_only_beside_something_else_is_known_too(chat: Chat, fact: str) -> None:
    chat.says("my mum has it", "check_suitability", findings=(finding(fact, subject="family"),))
    chat.says("would it suit her?", "check_suitability")

    assert "yes" == chat.facts[fact]


def test_it_is_known_too_when_the_button_is_pressed(chat: Chat) -> None:
    of_her(chat).presses("Yes, check it")

    assert ("yes", "yes") == (chat.facts["for_someone_else"], chat.facts["implanted_device"])


@pytest.mark.parametrize("text", ["can I have it", "would it suit me", "and what about me"])
def test_it_is_not_held_against_the_writer(chat: Chat, text: str) -> None:
    of_her(chat).says(text, "check_suitability")

    assert "implanted_device" not in chat.facts


def test_who_asks_what_about_me_is_not_asked_for_whom_it_is(chat: Chat) -> None:
    chat.says("ok what about me, can I have it", "check_suitability")

    assert "no" == chat.facts["for_someone_else"]


def test_a_danger_question_about_a_child_is_asked_of_the_child(chat: Chat) -> None:
    (reply,) = chat.says("my daughter's 12, numb down there maybe", findings=(finding("saddle_numbness", "uncertain"),))

    assert Kind.QUESTION is reply.kind
    assert " you " not in reply.text


def test_who_wishes_for_two_checks_is_asked_for_one_at_a_time_and_comes_first(chat: Chat) -> None:
    said, question = chat.says("can I check for me and my husband", "check_suitability")

    assert said.text in said_by(chat, "check_one_person")
    assert (Kind.QUESTION, "no") == (question.kind, chat.facts["for_someone_else"])


@pytest.mark.parametrize("text", ["my back has been bad since I had my baby", "I've got sciatica down to my foot"])
def test_who_has_told_of_their_own_back_is_not_asked_for_whom_it_is(chat: Chat, text: str) -> None:
    chat.says(text, "chitchat/user_pain")

    chat.says("so would it be ok", "check_suitability")

    assert "no" == chat.facts["for_someone_else"]


@pytest.mark.parametrize("text", ["is it a problem", "is that bad", "does that matter"])
def test_whether_what_was_told_is_a_problem_takes_up_the_offer(chat: Chat, text: str) -> None:
    chat.says("i take warfarin", "check_suitability", findings=(finding("anticoagulant"),))

    chat.says(text, "ask_not_in_article/diagnosis", decision="offer", confidence=0.3)

    assert chat.question


def test_the_age_of_a_girl_told_before_her_check_is_not_asked_again(chat: Chat) -> None:
    chat.says("my girl's 16")

    chat.says("would she be allowed", "check_suitability")

    assert ("yes", "yes") == (chat.facts["for_someone_else"], chat.facts["minor"])


def test_what_a_wish_for_a_relatives_check_tells_of_them_counts_at_once(chat: Chat) -> None:
    chat.says(
        "my son has hemophilia, he's 20. safe?",
        "check_suitability",
        findings=(finding("bleeding_disorder", subject="family"),),
    )

    assert ("yes", "yes") == (chat.facts["for_someone_else"], chat.facts["bleeding_disorder"])


@pytest.mark.parametrize("text", ["and my dad, 70, heart bypass in spring?", "ok now my mother, 81"])
def test_after_a_result_whoever_comes_next_is_asked_everything(chat: Chat, text: str) -> None:
    finished_with(chat, "no")

    chat.says(text, "check_suitability")

    assert ("nerves", "yes", "yes") == (chat.question, chat.facts["for_someone_else"], chat.facts["age_65_plus"])
