"""What is asked of the clinic after something was told: what sets it apart, what they would do, whom to tell."""

from __future__ import annotations

import pytest

from bot.conversation.in_context.follow_ups import meaning_after
from tests.conversing import Chat, shipped


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("why would this be different", "long_term"),
        ("what makes this any different", "long_term"),
        ("so why are you any different", "long_term"),
        ("why should this work when nothing else did", "long_term"),
        ("what can needles do that the chiropractor couldn't", "long_term"),
        ("so what would you do about that", "session_what_happens"),
        ("which one would you start with", "session_what_happens"),
        ("what would it involve?", "session_what_happens"),
        ("would you be able to help", "benefits_general"),
        ("convince me", "benefits_general"),
        ("he won't come, how do i convince him", "benefits_general"),
        ("what do I tell her doctor", "consult_provider"),
        ("what does the midwife need to know about it", "consult_provider"),
        ("how long has this place been open", "not_in_article/other"),
        ("can i try this before surgery", "suitability_personal"),
        ("why should i give it another go", "results_how_soon"),
        ("is that fixable", "benefits_general"),
        ("do you see many truckers", "not_in_article/other"),
    ],
)
def test_it_means_the_same_whatever_was_said_before(text: str, topic: str) -> None:
    assert topic == meaning_after(text, (), shipped().follow_ups)
    assert topic == meaning_after(text, ("what_is_acupuncture",), shipped().follow_ups)


@pytest.mark.parametrize(
    "text",
    [
        "what makes this different from dry needling",
        "what would you do in my place",
        "how do i get her to you",
        "do you use many needles",
        "how long are you open today",
        "what do I tell my boss about the time off",
        "why should I go to a doctor",
    ],
)
def test_what_only_begins_alike_is_left_to_its_own_meaning(text: str) -> None:
    assert meaning_after(text, (), shipped().follow_ups) is None


def test_to_try_it_first_where_surgery_was_spoken_of_is_of_what_it_does_not_replace() -> None:
    last = ("alternative_to_medication_or_surgery",)

    assert "replace_medical_treatment" == meaning_after("so can I try this first", last, shipped().follow_ups)


def test_what_to_tell_a_doctor_is_answered_in_the_check_too(chat: Chat) -> None:
    answer, question = chat.checking(for_someone_else="yes", minor="no").says(
        "what do i tell her doctor", "steer_check/word"
    )

    assert ("consult_provider",) == answer.topics
    assert ["suitability_personal"] == list(question.topics)


@pytest.mark.parametrize(
    ("last", "text", "topic"),
    [
        ("not_in_article/booking", "how early", "not_in_article/booking"),
        ("not_in_article/diagnosis", "can acupuncture help if it is", "who_can_benefit"),
        ("not_in_article/diagnosis", "just guess", "not_in_article"),
        ("not_in_article/other_conditions", "her back then", "who_can_benefit"),
        ("sensation", "how many are we talking", "not_in_article/needle_number_place"),
        ("sessions_needed", "how many are we talking", None),
    ],
)
def test_a_few_words_are_of_what_was_answered_last(last: str, text: str, topic: str | None) -> None:
    before = (last, "not_in_article") if last.startswith("not_in_article/") else (last,)

    assert topic == meaning_after(text, before, shipped().follow_ups)
