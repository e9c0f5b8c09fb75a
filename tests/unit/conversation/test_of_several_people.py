"""Two people in one conversation: what is told of one is never held for another, and is there again once they are."""

from __future__ import annotations

import pytest

from bot.conversation.suitability_check.of_whom import OTHERS, SELF, spoken_of
from tests.conversing import Chat, finding, said_by

_THINNER = finding("anticoagulant")


@pytest.mark.parametrize("text", ["what about my mom then, shes 80", "and me? im 44", "can hubby have it, he's 50"])
def test_a_child_that_was_told_of_makes_nobody_else_a_child(chat: Chat, text: str) -> None:
    chat.says("my son is 15 and has back pain", "chitchat/user_pain", findings=(finding("minor"),))

    chat.says(text, "check_suitability")

    assert "nerves" == chat.question
    assert "no" == chat.facts["minor"]


@pytest.mark.parametrize(
    "told",
    [
        "does my teen qualify, he's 16",
        "can my 12 year old son have it",
        "my kid is 14, can you treat him",
        "only 15 here?",
    ],
)
def test_a_child_whose_name_is_not_said_is_not_the_writer(chat: Chat, told: str) -> None:
    chat.says(told, "ask_not_in_article/children", findings=(finding("minor"),))

    chat.says("alright and for me? I'm 45", "check_suitability")

    assert ("nerves", "no") == (chat.question, chat.facts["minor"])


@pytest.mark.parametrize("text", ["can my wife have it, she is 34", "is it ok for the wife", "can my aunt have it"])
def test_a_fathers_blood_thinner_is_not_noted_for_the_wife(chat: Chat, text: str) -> None:
    chat.says("my dad takes eliquis", "chitchat/user_pain", findings=(_THINNER,))

    chat.says(text, "check_suitability")

    assert "nerves" == chat.question
    assert "anticoagulant" not in chat.facts


def test_what_was_told_of_the_first_is_known_when_they_are_asked_for_again(chat: Chat) -> None:
    chat.says("my dad takes eliquis", "chitchat/user_pain", findings=(_THINNER,))
    chat.says("my wife is 30 and has back pain", "chitchat/user_pain")

    chat.says("my father again, can he have it", "check_suitability")

    assert "yes" == chat.facts["anticoagulant"]


def test_the_writers_own_are_known_again_after_somebody_else(chat: Chat) -> None:
    chat.says("i take eliquis", "chitchat/user_pain", findings=(_THINNER,))
    chat.says("can my wife have it", "check_suitability")
    chat.says("stop", "cancel")

    chat.says("now me, can i have it", "check_suitability")

    assert ("yes", "no") == (chat.facts["anticoagulant"], chat.facts["for_someone_else"])


@pytest.mark.parametrize(
    "text", ["can she have it", "ok can mum have it then", "my daughter drives her, can she have it"]
)
def test_the_same_one_in_other_words_keeps_what_was_told(chat: Chat, text: str) -> None:
    chat.says("my mother takes eliquis", "chitchat/user_pain", findings=(_THINNER,))

    chat.says(text, "check_suitability")

    assert "yes" == chat.facts["anticoagulant"]


@pytest.mark.parametrize(
    "text",
    [
        "what about my dad",
        "and my brother? he takes eliquis",
        "how about grandma",
        "is it ok for my dad too, on eliquis",
    ],
)
def test_a_check_under_way_stays_with_the_one_it_is_for(chat: Chat, text: str) -> None:
    chat.says("can my mom have it", "check_suitability")

    aside, _ = chat.says(text, "check_suitability", findings=(_THINNER,))

    assert aside.text in said_by(chat, "check_one_person")
    assert ("nerves", False) == (chat.question, "anticoagulant" in chat.facts)


def test_of_two_for_whom_a_check_is_wished_nobody_knows_which_one_was_told_of(chat: Chat) -> None:
    chat.says(
        "my mom has thin bones and my dad takes warfarin, can they both come",
        "check_suitability",
        findings=(_THINNER, finding("osteoporosis")),
    )

    assert "yes" == chat.facts["for_someone_else"]
    assert {"anticoagulant", "osteoporosis"}.isdisjoint(chat.facts)


def test_her_son_is_not_the_one_who_needs_care(chat: Chat) -> None:
    chat.says("my sister is 38 and has back pain since her son was born", "chitchat/user_pain")
    chat.says("he is 2 now", "remark/tells_more")

    chat.says("she is still breastfeeding, is it a problem", "check_suitability")

    assert ("nerves", "no") == (chat.question, chat.facts["minor"])


@pytest.mark.parametrize(("text", "question"), [("my mom asks if it's safe", "nerves"), ("my niece asks", "age")])
def test_nobody_is_asked_whether_the_mother_who_was_told_of_is_a_child(chat: Chat, text: str, question: str) -> None:
    chat.says(text + ", her back is bad", "chitchat/user_pain")
    chat.says("she has diabetes", "chitchat/user_pain", findings=(finding("diabetes"),))

    chat.says("can she still do it", "check_suitability")

    assert (question, "yes") == (chat.question, chat.facts["diabetes"])


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("can my mother in law have it", {"mother in law"}),
        ("can my mum's friend have it", {"friend", "colleague", "neighbour", "boyfriend", "girlfriend"}),
        ("my daughter drives him, can he have it", set()),
        ("what does it cost", set()),
        ("i take eliquis, can i have it", SELF),
    ],
)
def test_who_is_meant_is_read_from_the_words(text: str, who: frozenset[str]) -> None:
    assert who == spoken_of(text, {})


def test_who_says_only_he_means_a_man() -> None:
    assert {"father", "husband", "son"} < spoken_of("he's 60 and his back is bad", {}) < OTHERS
    assert "mother" not in spoken_of("he's 60 and his back is bad", {})
