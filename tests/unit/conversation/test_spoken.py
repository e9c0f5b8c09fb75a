"""What counts as an answer where a question waits: yes, no, not sure, and what only sounds like one."""

from __future__ import annotations

import pytest

from bot.conversation.by_words.spoken import is_bare_answer, only_agrees
from bot.conversation.by_words.yes_and_no import closing_answer, leading_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", "affirm"),
        ("yes, eliquis", "affirm"),
        ("Yep!", "affirm"),
        ("uh huh", "affirm"),
        ("uh uh", "deny"),
        ("nada", "deny"),
        ("i do", "affirm"),
        ("I have, yes", "affirm"),
        ("she does", "affirm"),
        ("ok", "affirm"),
        ("ok go ahead", "affirm"),
        ("sure thing", "affirm"),
        ("all of them", "affirm"),
        ("no", "deny"),
        ("no, nothing like that", "deny"),
        ("I don't", "deny"),
        ("i do not have any of those", "deny"),
        ("none of these", "deny"),
        ("nothing like that", "deny"),
        ("i don't think so", "deny"),
        ("not that I know of", "deny"),
        ("not as far as I know", "deny"),
        ("I couldn't say", "not_sure"),
        ("not sure", "not_sure"),
        ("i don't know", "not_sure"),
        ("a bit", "not_sure"),
        ("sometimes", "not_sure"),
        ("no wait, yes", "affirm"),
        ("ok then no", "deny"),
        ("right, no", "deny"),
        ("no wait I do", "affirm"),
        ("definitely not", "deny"),
        ("of course not, I'd have rung somebody", "deny"),
        ("absolutely nothing of the sort", "deny"),
        ("thank god no", "deny"),
        ("definitely no accident, no chest pain", "deny"),
        ("nothing sudden", "deny"),
        ("she reckons no", "deny"),
        ("definitely", "affirm"),
        ("definitely no feeling down there", "affirm"),
        ("absolutely not normal down there", "affirm"),
        ("yes and no", "not_sure"),
        ("I dunno what they are called", "not_sure"),
        ("how would I know that", "not_sure"),
        ("no to the first four, not sure about the last one", "not_sure"),
        ("no to the first but yes to the second", "affirm"),
    ],
)
def test_an_answer_is_read(text: str, answer: str) -> None:
    assert answer == leading_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually I don't take blood thinners, it was aspirin",
        "i have diabetes",
        "never mind",
        "right?",
        "I am a nurse",
        "it is worse in the morning",
        "ok what about during pregnancy",
        "okay and how much is it",
        "right lower back",
        "a bit of stiffness in my neck",
        "sometimes it hurts at night",
        "nothing helps my back",
        "nothing works down there",
        "it doesn't cost much does it",
        "true or false, needles hurt",
        "no wait this is meant to be about me",
        "sure, nope",
    ],
)
def test_what_only_begins_like_an_answer_is_none(text: str) -> None:
    assert leading_answer(text) is None


@pytest.mark.parametrize(
    "text", ["yes but does it hurt", "no what is it", "yes how long", "no and do the needles hurt"]
)
def test_an_answer_with_a_question_is_more_than_an_answer(text: str) -> None:
    assert leading_answer(text) is not None
    assert not is_bare_answer(text)


@pytest.mark.parametrize(("text", "agrees"), [("ok", True), ("Sure, thanks", True), ("yes", False), ("ok yes", False)])
def test_an_ok_agrees_and_says_nothing_of_ones_health(text: str, agrees: bool) -> None:
    assert agrees == only_agrees(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("who reads this? no to those", "deny"),
        ("I had that all out years ago, so no", "deny"),
        ("at my age? no chance", "deny"),
        ("one of my pills may do that, not sure", "not_sure"),
        ("I am built like a barrel so I hope not", "not_sure"),
        ("it was a melanoma, yes", "affirm"),
        ("it is nothing, no?", None),
        ("no", None),
        ("what is that, no idea what you mean", None),
    ],
)
def test_an_answer_may_stand_at_the_end(text: str, answer: str | None) -> None:
    assert answer == closing_answer(text)
