"""A list of the check answered item by item, the "no" that answers before something is told, and another person."""

from __future__ import annotations

import pytest

from bot.conversation.suitability_check.item_by_item import items
from tests.conversing import ADULT, Chat, Finding, finding


def placed(text: str, words: str, fact: str, status: str = "present") -> Finding:
    """A finding where the words stand in the text."""
    start = text.index(words)
    return Finding(fact, status, "patient", "new", words, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("cancer no, pregnant obviously not", [True, True]),
        ("pacemaker: no. lungs fine", [True, False]),
        ("warfarin? no never", [True]),
        ("no cancer", []),
        ("control no", []),
        ("I have diabetes no", []),
        ("it got worse, no", []),
    ],
)
def test_each_item_has_its_own_no(text: str, denied: list[bool]) -> None:
    assert denied == [item.denied for item in items(text)]


def test_an_item_with_its_own_no_is_not_noted(chat: Chat) -> None:
    chat.checking(**ADULT).answers(*["no"] * 6)
    text = "thinners no, aspirin yes"

    chat.says(
        text,
        "check_suitability",
        findings=(placed(text, "thinners", "anticoagulant"), placed(text, "aspirin", "nsaid_or_aspirin")),
    )

    assert ("no", "yes") == (chat.facts["anticoagulant"], chat.facts["nsaid_or_aspirin"])


def test_half_of_a_list_denied_item_by_item_denies_it(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")
    text = "cancer no, pregnant obviously not"

    chat.says(
        text,
        "check_suitability",
        findings=(placed(text, "cancer", "cancer_now", "absent"), placed(text, "pregnant", "pregnant")),
    )

    assert ("infection_risk", "no", "no") == (chat.question, chat.facts["pregnant"], chat.facts["known_aneurysm"])


def test_of_danger_signs_that_alarm_at_once_each_has_to_be_denied(chat: Chat) -> None:
    chat.checking(**ADULT)

    chat.says(
        "bladder fine, bowels fine, legs fine", "remark/no_symptoms", findings=(finding("bladder_change", "absent"),)
    )

    assert "nerves" == chat.question and "saddle_numbness" not in chat.facts


def test_a_danger_sign_is_left_as_the_net_reads_it(chat: Chat) -> None:
    chat.checking(**ADULT)
    text = "fever no"

    chat.says(text, decision="refuse", findings=(placed(text, "fever", "fever"),))

    assert "yes" == chat.facts["fever"]


@pytest.mark.parametrize(
    ("text", "phrase", "unchecked"),
    [
        ("no, the doctor's seen it", "no, the doctor's seen", "no"),
        ("No my doctor has looked at it all", "No my doctor has looked", "no"),
        ("no doctor has seen it", "no doctor has seen", "yes"),
    ],
)
def test_a_no_that_answers_is_no_part_of_what_is_told(chat: Chat, text: str, phrase: str, unchecked: str) -> None:
    chat.checking(**ADULT).answers(*["no"] * 9)
    assert "checked" == chat.question

    chat.says(text, "remark/asked_doctor", findings=(placed(text, phrase, "pain_unchecked"),))

    assert unchecked == chat.facts["pain_unchecked"]


def test_what_was_told_of_a_list_is_not_asked_once_more_in_its_words(chat: Chat) -> None:
    chat.checking(**ADULT).answers(*["no"] * 9)

    replies = chat.says("my doctor knows about it", decision="refuse", findings=(finding("pain_unchecked", "absent"),))

    assert replies[-1].text.startswith("Are any of these true?")


def test_no_answer_given_for_one_person_counts_for_another(chat: Chat) -> None:
    chat.checking(**ADULT).says("no")
    assert "sudden" == chat.question

    chat.says(
        "actually can we do this for my mother instead, she's 74",
        "check_suitability",
        decision="offer",
        findings=(finding("for_someone_else"), finding("age_65_plus")),
    )

    assert ("nerves", "yes", "yes") == (chat.question, chat.facts["for_someone_else"], chat.facts["age_65_plus"])
    assert "bladder_change" not in chat.facts


def test_what_is_told_of_the_other_person_in_the_same_breath_is_kept(chat: Chat) -> None:
    chat.checking(**ADULT).says("no")

    chat.says("it's for my mum, with a pacemaker", decision="refuse", findings=(finding("implanted_device"),))

    assert ("yes", "yes") == (chat.facts["for_someone_else"], chat.facts["implanted_device"])


@pytest.mark.parametrize("text", ["no infections", "no fever"])
def test_a_no_to_something_else_answers_no_question_of_a_danger_sign(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)
    fact = "recent_infection" if "infections" in text else "fever"

    chat.says(text, "deny", findings=(placed(text, text, fact, "absent"),))

    assert ("nerves", "no") == (chat.question, chat.facts[fact])


@pytest.mark.parametrize("text", ["no, no infections", "no accident, no chest pain"])
def test_a_no_beside_it_answers_as_ever(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).says("no")
    fact, words = ("recent_infection", "no infections") if "infections" in text else ("chest_or_breath", "chest pain")

    chat.says(text, "deny", findings=(placed(text, words, fact, "absent"),))

    assert "history" == chat.question


def test_that_is_it_closes_a_list_of_which_something_was_read_back(chat: Chat) -> None:
    chat.checking(**ADULT).answers(*["no"] * 4)
    chat.says("prednisone for two years", "check_suitability", findings=(finding("steroid_long"),))
    assert "bones" == chat.question

    chat.says("that's it")

    assert "signs" == chat.question


@pytest.mark.parametrize(
    ("text", "named", "tb"),
    [("no clue what tb is", "tb", "unsure"), ("don't know about the tb", "tb", "unsure"), ("I had tb", "tb", "yes")],
)
def test_what_is_named_in_a_doubt_is_not_noted_as_so(chat: Chat, text: str, named: str, tb: str) -> None:
    chat.checking(**ADULT).answers("no", "no", "no")

    chat.says(text, decision="refuse", findings=(placed(text, named, "recent_infection"),))

    assert tb == chat.facts.get("recent_infection", "unsure")


def test_it_is_about_me_after_all_begins_the_questions_anew(chat: Chat) -> None:
    chat.checking(for_someone_else="yes", minor="no").says("no")

    chat.says("wait no sorry, this is about me, I'm 45", "remark/sorry", decision="offer")

    assert ("nerves", "no") == (chat.question, chat.facts["for_someone_else"])
    assert "bladder_change" not in chat.facts
