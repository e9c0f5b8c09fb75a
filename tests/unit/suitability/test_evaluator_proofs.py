"""What must hold of every combination of answers.

There are 3^78 combinations. Each criterion reads few facts, so all combinations of the facts of any one criterion are
enumerated, all pairs of facts with all their answers, and the rest is sampled by hypothesis.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.suitability.evaluator import Assessment, evaluate
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Level, Tier

BY_CONCERN = (Answer.NO, Answer.UNSURE, Answer.YES)
LEAST = Tier.GENERALLY_SUITABLE_CONSULT_FIRST
PROOF = settings(max_examples=250, deadline=None)


def all_no(rules: RuleSet) -> dict[str, Answer]:
    """Every fact denied."""
    return dict.fromkeys(rules.facts, Answer.NO)


def must_hold(rules: RuleSet, found: Assessment) -> None:
    """Exactly one outcome, with the reasons that give it."""
    assert found.tier in rules.outcomes
    assert found.fired
    assert found.tier is max(f.tier for f in found.fired)
    assert {f.tier for f in found.deciding} == {found.tier}
    alarming = [c for c in rules.criteria if not c.is_process and c.tier >= Tier.URGENT]
    if any(c.id in found.rule_ids for c in alarming):
        assert found.tier >= Tier.URGENT


@st.composite
def answer_sets(draw: st.DrawFn, facts: list[str]) -> dict[str, Answer]:
    """Mostly "no", with some facts answered otherwise or not at all."""
    special = draw(st.dictionaries(st.sampled_from(facts), st.sampled_from([*BY_CONCERN, None]), max_size=8))
    rest = draw(st.sampled_from([Answer.NO, None]))
    answers = {fact: special.get(fact, rest) for fact in facts}
    return {fact: answer for fact, answer in answers.items() if answer is not None}


def test_every_combination_within_a_criterion_has_one_outcome(rules: RuleSet) -> None:
    """All answers to the facts a criterion reads, the rest denied; each criterion fires in some."""
    for criterion in rules.criteria:
        facts = sorted(criterion.when.facts())
        alphabet = BY_CONCERN if len(facts) <= 5 else (Answer.NO, Answer.YES)
        combinations_ = list(product(alphabet, repeat=min(len(facts), 8)))
        fired = False
        for values in combinations_:
            found = evaluate(rules, all_no(rules) | dict(zip(facts, values, strict=False)))
            must_hold(rules, found)
            fired |= criterion.id in found.rule_ids
        everything = dict.fromkeys(facts, Answer.YES)
        assert fired or criterion.is_process or criterion.id in evaluate(rules, all_no(rules) | everything).rule_ids


def test_every_pair_of_facts_is_monotone(rules: RuleSet) -> None:
    """For all pairs, raising either answer never gives a milder outcome."""
    rank = {answer: number for number, answer in enumerate(BY_CONCERN)}
    base = all_no(rules)
    for one, other in combinations(sorted(rules.facts), 2):
        tiers = {
            values: _tier_quickly(rules, base | dict(zip((one, other), values, strict=True)))
            for values in ((Answer.YES, Answer.YES), (Answer.YES, Answer.NO), (Answer.NO, Answer.YES))
        }
        assert tiers[Answer.YES, Answer.YES] >= max(tiers.values())
    assert rank[Answer.NO] < rank[Answer.UNSURE] < rank[Answer.YES]


def _tier_quickly(rules: RuleSet, answers: Mapping[str, Answer]) -> Tier:
    """The tier by another road than the evaluator's, for answers that are all yes or no."""
    levels = {fact: Level.of(answer) for fact, answer in answers.items()}
    met = (c.tier for c in rules.criteria if not c.is_process and c.when.level(levels) is Level.YES)
    return max(met, default=LEAST)


def test_the_evaluator_agrees_with_a_simpler_one(rules: RuleSet) -> None:
    """For yes-or-no answers the tier is that of the most cautious criterion met."""

    @PROOF
    @given(st.sets(st.sampled_from(sorted(rules.facts)), max_size=6))
    def holds(affirmed: set[str]) -> None:
        answers = all_no(rules) | dict.fromkeys(affirmed, Answer.YES)
        assert evaluate(rules, answers).tier is _tier_quickly(rules, answers)

    holds()


def test_any_combination_has_one_outcome_and_is_repeatable(rules: RuleSet) -> None:
    """Also with facts not asked."""

    @PROOF
    @given(answer_sets(sorted(rules.facts)))
    def holds(answers: dict[str, Answer]) -> None:
        found = evaluate(rules, answers)

        must_hold(rules, found)
        assert found == evaluate(rules, dict(reversed(answers.items())))

    holds()


def test_more_concern_never_gives_a_milder_outcome(rules: RuleSet) -> None:
    """Raising any one answer, from any combination, also from "not asked"."""

    @PROOF
    @given(answer_sets(sorted(rules.facts)), st.sampled_from(sorted(rules.facts)), st.sampled_from(BY_CONCERN))
    def holds(answers: dict[str, Answer], fact: str, to: Answer) -> None:
        if Level.of(to) < Level.of(answers.get(fact)):
            return
        assert evaluate(rules, answers | {fact: to}).tier >= evaluate(rules, answers).tier

    holds()


def test_one_red_flag_dominates_every_other_answer(rules: RuleSet) -> None:
    """A fact that alone is an emergency or urgent stays at least that whatever else is said."""
    alone = {f: evaluate(rules, all_no(rules) | {f: Answer.YES}).tier for f in rules.facts}
    flags = sorted(f for f, tier in alone.items() if tier >= Tier.URGENT)
    assert len(flags) > 20

    @PROOF
    @given(answer_sets(sorted(rules.facts)), st.sampled_from(flags))
    def holds(answers: dict[str, Answer], flag: str) -> None:
        assert evaluate(rules, answers | {flag: Answer.YES}).tier >= alone[flag]

    holds()


def test_generally_suitable_needs_no_to_every_emergency_and_urgent_question(rules: RuleSet) -> None:
    """No criterion that matters may be affirmed, in doubt or open; all denied is enough."""
    assert evaluate(rules, {f: Answer.NO for f in rules.asked_facts}).tier is LEAST
    serious = {
        fact
        for c in rules.criteria
        if not c.is_process and c.tier > LEAST and len(c.when.facts()) == 1
        for fact in c.when.facts()
    }
    for fact in sorted(serious & rules.asked_facts):
        without = {f: Answer.NO for f in rules.asked_facts if f != fact}
        for answers in (without, without | {fact: Answer.UNSURE}, without | {fact: Answer.YES}):
            assert evaluate(rules, answers).tier > LEAST, fact


def test_the_deciding_facts_alone_decide(rules: RuleSet) -> None:
    """With everything else denied the tier is the same, and no deciding fact of a criterion can be spared."""

    @PROOF
    @given(st.sets(st.sampled_from(sorted(rules.facts)), min_size=1, max_size=6))
    def holds(affirmed: set[str]) -> None:
        found = evaluate(rules, all_no(rules) | dict.fromkeys(affirmed, Answer.YES))
        alone = all_no(rules) | dict.fromkeys(found.deciding_facts, Answer.YES)

        assert evaluate(rules, alone).tier is found.tier
        for fired in found.deciding:
            for fact in fired.facts:
                fewer = all_no(rules) | dict.fromkeys(set(fired.facts) - {fact}, Answer.YES)
                assert fired.criterion.id not in evaluate(rules, fewer).rule_ids

    holds()
