"""The check as a patient goes through it."""

from __future__ import annotations

import pytest

from bot.suitability import interview
from bot.suitability.evaluator import evaluate
from bot.suitability.interview_state import State
from bot.suitability.replay import OtherVersion, replay
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Tier
from tests.unit.suitability.going_through import NO, UNSURE, YES, asked_after, outcome_tier, shown, until


def test_the_check_begins_with_who_and_the_emergencies(rules: RuleSet) -> None:
    """Most cautious first."""
    asked = asked_after(rules, interview.start(rules))

    assert asked[:5] == "who age nerves sudden history".split()
    assert len(asked) == len(set(asked))


def test_a_healthy_adult_goes_through_at_most_twelve_screens(rules: RuleSet) -> None:
    """Ten, once it was said for whom and how old."""
    assert len(asked_after(rules, interview.start(rules))) <= 12
    assert len(asked_after(rules, interview.start(rules, {"minor": NO}, subject="self"))) <= 10


def test_a_no_to_a_group_is_asked_with_everything_it_denies_in_sight(rules: RuleSet) -> None:
    """What a person has not read she can not have denied."""
    state = interview.start(rules)
    while prompt := interview.current(rules, state):
        question = rules.question(prompt.question)
        assert len(question.facts) <= 2 or len(prompt.items) >= 2
        state = interview.answer(rules, state, NO)


def test_progress_runs_to_the_end_it_announced(rules: RuleSet) -> None:
    """For someone who answers "no" throughout."""
    state = interview.start(rules)
    first = shown(rules, state)
    steps = []
    while prompt := interview.current(rules, state):
        steps.append((prompt.step, prompt.of))
        state = interview.answer(rules, state, NO)

    assert steps == [(n, first.of) for n in range(1, first.of + 1)]


def test_a_child_ends_the_check_at_once(rules: RuleSet) -> None:
    """Nothing more is asked about a child."""
    state = interview.answer(rules, interview.start(rules), YES)
    assert shown(rules, state).question == "age"

    state = interview.answer(rules, state, YES)
    assert shown(rules, state).text == rules.question("age").simpler_other
    state = interview.answer(rules, state, YES)

    outcome = interview.finished(rules, state)
    assert outcome
    assert outcome.deciding_ids == ("C18", "G04")


def test_questions_are_about_the_one_who_needs_care(rules: RuleSet) -> None:
    """Also in the follow-up, and when it was known from the start."""
    state = interview.answer(rules, interview.answer(rules, interview.start(rules), YES), NO)

    assert " their " in shown(rules, state).text
    again = interview.answer(rules, until(rules, state, "nerves"), UNSURE)
    assert shown(rules, again).text == rules.question("nerves").simpler_other
    assert "their" in shown(rules, interview.start(rules, {"minor": NO}, subject="other")).text


@pytest.mark.parametrize("question", ["nerves", "sudden"], ids=str)
def test_yes_to_an_emergency_ends_the_check(rules: RuleSet, question: str) -> None:
    """No further question, not even which one it is."""
    state = until(rules, interview.start(rules), question)

    assert outcome_tier(rules, interview.answer(rules, state, YES)) == "emergency"


def test_not_sure_is_asked_again_once_in_simpler_words(rules: RuleSet) -> None:
    """Then the more cautious outcome; only what could still be an emergency is asked."""
    state = interview.answer(rules, until(rules, interview.start(rules), "nerves"), UNSURE)
    prompt = shown(rules, state)
    assert (prompt.question, prompt.again) == ("nerves", True)
    assert prompt.text == rules.question("nerves").simpler
    assert prompt.items

    state = interview.answer(rules, state, UNSURE)

    assert "blood" not in asked_after(rules, state)
    while interview.current(rules, state):
        state = interview.answer(rules, state, NO)
    assert outcome_tier(rules, state) == "urgent"


def test_not_sure_about_a_precaution_is_provider_first(rules: RuleSet) -> None:
    """And the check goes on."""
    state = until(rules, interview.start(rules), "blood")
    state = interview.answer(rules, interview.answer(rules, state, UNSURE), UNSURE)
    while interview.current(rules, state):
        state = interview.answer(rules, state, NO)

    outcome = interview.finished(rules, state)
    assert outcome
    assert (outcome.tier, outcome.rule_ids) == (Tier.PROVIDER_FIRST_WITH_CAUTION, ("G03",))


def test_yes_to_a_group_asks_which_until_that_is_all(rules: RuleSet) -> None:
    """More than one may be so."""
    state = interview.answer(rules, until(rules, interview.start(rules), "blood"), YES)
    assert shown(rules, state).kind == "which"
    state = interview.answer(rules, state, YES)  # says nothing new
    state = interview.choose(rules, state, "thinner")
    assert shown(rules, state).kind == "anything_else"
    state = interview.choose(rules, state, "pain_pills")
    state = interview.answer(rules, state, NO)

    facts = interview.facts_so_far(rules, state)
    assert [facts[f] for f in ("anticoagulant", "nsaid_or_aspirin", "antiplatelet")] == [YES, YES, NO]
    assert shown(rules, state).question == "heart_devices"


def test_not_knowing_which_takes_the_cautious_one(rules: RuleSet) -> None:
    """The rest is unsure; so it is when none of them fits after all."""
    state = interview.answer(rules, until(rules, interview.start(rules), "signs"), YES)

    assert outcome_tier(rules, interview.answer(rules, state, UNSURE)) == "urgent"
    contradicted = interview.facts_so_far(rules, interview.answer(rules, state, NO))
    assert contradicted["fever"] is UNSURE


@pytest.mark.parametrize(
    ("group", "fact"),
    [
        ("history", "grave_history"),
        ("infection_risk", "infection_risk"),
        ("bones", "weak_bones"),
        ("signs", "illness_sign"),
    ],
)
def test_who_does_not_know_which_is_recorded_as_that(rules: RuleSet, group: str, fact: str) -> None:
    """Nobody is written down as having had cancer or a fever who only said that something on the list is so."""
    state = interview.answer(rules, until(rules, interview.start(rules), group), YES)
    state = interview.answer(rules, state, UNSURE)

    facts = interview.facts_so_far(rules, state)
    assert facts[fact] is YES
    assert {facts[f] for option in rules.question(group).options for f in option.sets} == {UNSURE}


def test_new_pain_after_a_history_that_is_not_known_is_for_today(rules: RuleSet) -> None:
    """As after cancer: the course of the pain is asked, and the tier is the same."""
    state = interview.answer(rules, until(rules, interview.start(rules), "history"), YES)
    state = until(rules, interview.answer(rules, state, UNSURE), "pain_course")

    state = interview.choose(rules, interview.answer(rules, state, YES), "new")

    assert evaluate(rules, interview.facts_so_far(rules, state)).tier is Tier.URGENT


@pytest.mark.parametrize("group", ["blood", "heart_devices", "checked"])
def test_who_does_not_know_which_is_recorded_as_not_sure_of_each(rules: RuleSet, group: str) -> None:
    """Nobody is written down as taking a blood thinner who only said that something on the list is so."""
    state = interview.answer(rules, until(rules, interview.start(rules), group), YES)
    state = interview.answer(rules, state, UNSURE)

    facts = interview.facts_so_far(rules, state)
    assert {facts[fact] for option in rules.question(group).options for fact in option.sets} == {UNSURE}
    assert evaluate(rules, facts).tier is Tier.PROVIDER_FIRST_WITH_CAUTION


def test_not_knowing_what_else_leaves_the_rest_unsure(rules: RuleSet) -> None:
    """What was chosen stays."""
    state = interview.answer(rules, until(rules, interview.start(rules), "blood"), YES)
    state = interview.answer(rules, interview.choose(rules, state, "thinner"), UNSURE)

    facts = interview.facts_so_far(rules, state)
    assert (facts["anticoagulant"], facts["antiplatelet"]) == (YES, UNSURE)


def test_all_choices_taken_closes_the_group(rules: RuleSet) -> None:
    """Nothing is left to ask."""
    state = interview.answer(rules, until(rules, interview.start(rules), "history"), YES)
    for choice in ("pregnant", "cancer_now", "cancer_past", "aneurysm"):
        state = interview.choose(rules, state, choice)

    assert shown(rules, state).question == "pregnancy"


def test_a_follow_up_with_nothing_left_to_choose_is_over(rules: RuleSet) -> None:
    """When each of the list was denied in other ways."""
    state = interview.answer(rules, until(rules, interview.start(rules), "history"), YES)
    for fact in ("pregnant", "cancer_now", "cancer_past", "known_aneurysm"):
        state = interview.correct(rules, state, fact, NO)

    assert shown(rules, state).question == "infection_risk"


def test_an_urgent_answer_ends_the_check(rules: RuleSet) -> None:
    """When nothing could turn it into an emergency."""
    state = interview.answer(rules, until(rules, interview.start(rules), "signs"), YES)

    assert outcome_tier(rules, interview.choose(rules, state, "fever")) == "urgent"


def test_an_urgent_answer_that_may_be_half_an_emergency_is_followed_up(rules: RuleSet) -> None:
    """A weak leg in someone who injects drugs: is there a fever?"""
    said = {"iv_drug_use": YES, "leg_weakness_mild": NO}
    state = interview.start(rules, said)
    state = until(rules, state, "bones")
    state = interview.answer(rules, state, YES)

    state = interview.choose(rules, state, "height")

    assert outcome_tier(rules, state) == "open"
    state = interview.answer(rules, until(rules, state, "signs"), YES)
    assert outcome_tier(rules, interview.choose(rules, state, "fever")) == "emergency"


def test_what_is_not_on_screen_is_refused(rules: RuleSet) -> None:
    """Unknown facts and choices; an answer after the end changes nothing."""
    state = interview.start(rules)
    with pytest.raises(ValueError, match="not among the choices"):
        interview.choose(rules, state, "danger")
    with pytest.raises(KeyError):
        interview.add_facts(rules, state, {"toothache": YES})
    with pytest.raises(KeyError):
        interview.correct(rules, state, "toothache", YES)
    with pytest.raises(KeyError):
        evaluate(rules, {"toothache": YES})
    ended = interview.start(rules, {"fever": YES})
    assert interview.answer(rules, ended, NO) == ended


def test_a_record_replays_on_its_own_version_only(rules: RuleSet) -> None:
    """The state and the stored assessment alike."""
    state = interview.start(rules, {"fever": YES})
    outcome = interview.finished(rules, state)
    assert outcome

    assert replay(rules, state) == outcome == replay(rules, outcome.to_record())
    with pytest.raises(OtherVersion, match="load the content of that release"):
        replay(rules, State("older", state.events))
    with pytest.raises(OtherVersion):
        replay(rules, outcome.to_record() | {"rules_version": "older"})
