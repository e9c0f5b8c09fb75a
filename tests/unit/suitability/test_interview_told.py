"""The check when a patient tells more than was asked: beforehand, in between, or to take something back."""

from __future__ import annotations

from bot.suitability import interview
from bot.suitability.ruleset import RuleSet
from tests.unit.suitability.going_through import NO, UNSURE, YES, asked_after, outcome_tier, shown, until


def test_what_was_said_is_not_asked_again(rules: RuleSet) -> None:
    """A fact that was volunteered; the rest of its group is asked for."""
    state = interview.start(rules, {"pregnant": YES, "pregnancy_danger": NO, "anticoagulant": YES})

    assert "pregnancy" not in asked_after(rules, state)
    prompt = shown(rules, until(rules, state, "blood"))
    assert prompt.besides
    assert prompt.text.startswith("Besides what you told me, ")
    assert "A blood thinner, such as Eliquis or warfarin" not in prompt.items
    assert 4 == len(prompt.items)


def test_who_is_pregnant_is_only_asked_for_danger_signs(rules: RuleSet) -> None:
    """And "yes", "no" and "not sure" are understood there."""
    state = until(rules, interview.start(rules, {"pregnant": YES, "anticoagulant": YES}), "pregnancy")
    prompt = shown(rules, state)
    assert (prompt.kind, prompt.text) == ("yes_no", rules.question("pregnancy").text)

    assert outcome_tier(rules, interview.answer(rules, state, YES)) == "emergency"
    assert interview.facts_so_far(rules, interview.answer(rules, state, NO))["pregnancy_danger"] is NO
    unsure = interview.answer(rules, state, UNSURE)
    assert shown(rules, unsure).again
    twice = interview.answer(rules, unsure, UNSURE)
    assert interview.facts_so_far(rules, twice)["pregnancy_danger"] is UNSURE


def test_who_asks_for_another_is_only_asked_for_the_age(rules: RuleSet) -> None:
    """Also when she does not know."""
    state = interview.start(rules, subject="other")
    assert shown(rules, state).text == "Are they under 18?"

    twice = interview.answer(rules, interview.answer(rules, state, YES), YES)
    assert outcome_tier(rules, twice) == "provider_first_with_caution"
    adult = interview.answer(rules, interview.answer(rules, state, YES), NO)
    assert shown(rules, adult).question == "nerves"
    assert shown(rules, interview.answer(rules, state, NO)).question == "nerves"
    unsure = interview.answer(rules, interview.answer(rules, state, UNSURE), UNSURE)
    assert interview.facts_so_far(rules, unsure)["minor"] is UNSURE


def test_a_named_drug_beats_a_denial(rules: RuleSet) -> None:
    """Only a correction takes it back."""
    state = interview.start(rules, {"anticoagulant": YES})
    state = interview.add_facts(rules, state, {"anticoagulant": NO})
    state = interview.answer(rules, until(rules, state, "blood"), NO)
    assert interview.facts_so_far(rules, state)["anticoagulant"] is YES

    state = interview.correct(rules, state, "anticoagulant", NO)
    assert interview.facts_so_far(rules, state)["anticoagulant"] is NO


def test_free_text_can_answer_a_follow_up(rules: RuleSet) -> None:
    """ "Eliquis" instead of a button; a choice that settles the question closes it."""
    state = interview.answer(rules, until(rules, interview.start(rules), "blood"), YES)
    state = interview.add_facts(rules, state, {"anticoagulant": YES, "diabetes": YES})
    assert shown(rules, state).kind == "anything_else"

    state = until(rules, interview.start(rules, {"pregnant": YES}), "pregnancy")
    state = interview.add_facts(rules, state, {"pregnancy_danger": NO})
    assert shown(rules, state).question != "pregnancy"


def test_one_choice_left_is_taken_as_said(rules: RuleSet) -> None:
    """Yes to the rest of a group of which only one thing is not known."""
    said = {"pregnant": NO, "cancer_now": NO, "cancer_past": NO}
    state = interview.answer(rules, until(rules, interview.start(rules, said), "history"), YES)

    assert interview.facts_so_far(rules, state)["known_aneurysm"] is YES
    assert shown(rules, state).question == "infection_risk"


def test_an_urgent_fact_that_is_volunteered_ends_the_check_at_once(rules: RuleSet) -> None:
    """As the safety net's reply does."""
    assert outcome_tier(rules, interview.start(rules, {"fever": YES})) == "urgent"


def test_not_sure_in_free_text_leaves_it_to_the_question(rules: RuleSet) -> None:
    """Unless no question asks it."""
    state = interview.start(rules, {"pregnant": UNSURE})
    assert state == interview.start(rules)

    assert outcome_tier(rules, interview.start(rules, {"suicidal": UNSURE})) == "crisis"


def test_back_undoes_the_last_answer_and_keeps_what_was_said(rules: RuleSet) -> None:
    """Also after the end; at the beginning nothing happens."""
    start = interview.start(rules, {"diabetes": YES})
    assert interview.back(rules, start) == start

    state = until(rules, start, "sudden")
    ended = interview.add_facts(rules, interview.answer(rules, state, YES), {"epilepsy": YES})
    again = interview.back(rules, ended)

    assert shown(rules, again).question == "sudden"
    assert interview.facts_so_far(rules, again)["epilepsy"] is YES


def test_a_correction_changes_the_outcome_in_both_directions(rules: RuleSet) -> None:
    """Also after the end, which may open the check again."""
    state = interview.start(rules)
    while interview.current(rules, state):
        state = interview.answer(rules, state, NO)
    assert outcome_tier(rules, state) == "generally_suitable_consult_first"

    state = interview.correct(rules, state, "anticoagulant", YES)
    assert outcome_tier(rules, state) == "provider_first_with_caution"
    state = interview.correct(rules, state, "anticoagulant", NO)
    assert outcome_tier(rules, state) == "generally_suitable_consult_first"


def test_a_corrected_emergency_asks_what_was_left_open(rules: RuleSet) -> None:
    """ "Any of these: yes" says nothing about each of them."""
    state = interview.answer(rules, until(rules, interview.start(rules), "nerves"), YES)

    state = interview.correct(rules, state, "nerve_sign", NO)

    assert shown(rules, state).question == "nerves"


def test_a_question_answered_otherwise_keeps_what_was_answered_since(rules: RuleSet) -> None:
    """But for a choice that was not made yet, which is asked for again."""
    denied = until(rules, interview.start(rules, subject="self"), "history")
    chosen = interview.choose(rules, interview.answer(rules, denied, YES), "pregnant")

    unsure = interview.answer_again(rules, chosen, "nerves", UNSURE)

    assert (shown(rules, unsure).question, shown(rules, unsure).again) == ("nerves", True)
    assert "sudden" not in asked_after(rules, unsure)
    assert "history" in asked_after(rules, unsure)
    assert outcome_tier(rules, interview.answer_again(rules, chosen, "nerves", YES)) == "emergency"
