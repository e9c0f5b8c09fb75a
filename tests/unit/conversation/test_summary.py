"""The page that a patient shows a provider: nothing that was answered is lost, and each answer stands in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.conversation.suitability_check.summary import Summary, as_text, summarise
from bot.suitability.evaluator import evaluate
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer
from tests.conversing import shipped

AT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE


def page_of(answers: Mapping[str, Answer]) -> Summary:
    record = evaluate(shipped().rules, answers).to_record()
    return summarise(shipped(), record["tier"], record["rules"], record["answers"], record["rules_version"], AT)


def all_denied_but(**answers: Answer) -> dict[str, Answer]:
    return {**dict.fromkeys(shipped().rules.asked_facts, NO), **answers}


def words(*facts: str) -> set[str]:
    return {shipped().rules.facts[fact].means for fact in facts}


def test_each_reason_names_the_answers_that_it_was_met_by():
    page = page_of(all_denied_but(anticoagulant=YES, diabetes=UNSURE))

    named = {reason.id: (set(reason.told), set(reason.unsure)) for reason in page.reasons}

    assert (words("anticoagulant"), set()) == named["C04"]
    assert (set(), words("diabetes")) == named["G03"]


def test_a_doubt_is_named_under_the_gravest_reason_and_not_again():
    page = page_of(all_denied_but(sexual_change=UNSURE, diabetes=UNSURE))

    named = {reason.id: set(reason.unsure) for reason in page.reasons}

    assert words("sexual_change") == named["G03b"]
    assert words("diabetes") == named["G03"]


QUESTIONS = shipped().rules.questions
NOT_KNOWN_WHICH = {f for q in QUESTIONS for f in q.facts} - {f for q in QUESTIONS for f in q.answerable}
ANSWERS = {
    "nothing but no": all_denied_but(),
    "yes and not sure": all_denied_but(anticoagulant=YES, heart_valve=UNSURE, recent_pain=YES, nsaid_or_aspirin=UNSURE),
    "everything in doubt": dict.fromkeys(shipped().rules.asked_facts, UNSURE),
    "told in passing, beside the questions": all_denied_but(intoxicated=NO, keloid=YES),
    "ended early": {SOMEONE_ELSE: YES, "minor": NO, "bladder_change": YES, "both_legs": UNSURE},
}


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_stands_on_the_page_where_it_belongs_and_once(answers: Mapping[str, Answer]):
    page = page_of(answers)
    told = [*page.told, *{line for reason in page.reasons for line in reason.told}]
    unsure = [*page.unsure, *(line for reason in page.reasons for line in reason.unsure)]
    denied = [line for group in page.denied for line in group.facts]

    for shown, answer in ((told, YES), (unsure, UNSURE), (denied, NO)):
        said = {fact for fact, given in answers.items() if given is answer} - {SOMEONE_ELSE}
        expected = words(*(said - NOT_KNOWN_WHICH if answer is NO else said))
        assert sorted(expected) == sorted(shown)


def test_what_stands_for_a_whole_group_is_neither_denied_nor_left_unasked():
    answered, ended_early = page_of(all_denied_but()), page_of({"minor": NO, "bladder_change": YES})
    shown = {line for group in (*answered.denied, *ended_early.unasked) for line in group.facts}

    assert NOT_KNOWN_WHICH
    assert not shown.intersection(words(*NOT_KNOWN_WHICH))


def test_what_was_not_asked_is_told_apart_from_what_was_denied():
    page = page_of({"minor": NO, "bladder_change": YES})
    kinds = {question.id: question.title for question in shipped().rules.questions}

    unasked = {group.kind: group.facts for group in page.unasked}

    assert kinds["age"] not in unasked
    assert words("both_legs") <= set(unasked[kinds["nerves"]])
    assert () == unasked[kinds["blood"]]
    assert {kinds["age"]} == {group.kind for group in page.denied}


def test_a_source_of_several_reasons_is_listed_once_and_each_reason_says_its_number():
    rules = shipped().rules

    page = page_of(all_denied_but(anticoagulant=YES, pregnant=YES))

    assert len({source.id for source in page.sources}) == len(page.sources)
    for reason in page.reasons:
        listed = {page.sources[number - 1].id for number in reason.sources}
        assert set(rules.criterion(reason.id).sources) == listed


def test_every_question_of_the_check_has_a_title_of_its_own_for_that_page():
    titles = [question.title for question in shipped().rules.questions]

    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_the_text_has_all_that_the_page_has():
    page = page_of(all_denied_but(anticoagulant=YES, diabetes=UNSURE))

    text = as_text(shipped(), page)

    lines = [page.outcome.headline, page.outcome.limits, *page.outcome.watch_for]
    lines += [line for reason in page.reasons for line in (reason.item, *reason.told, *reason.unsure)]
    lines += [line for group in page.denied for line in (group.kind, *group.facts)]
    assert [] == [line for line in (*lines, *(source.title for source in page.sources)) if line not in text]
