"""The clinicians' cases of tests/cases/safety, through the real model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from spacy.language import Language

from bot.conversation.danger_signs.danger import facts_told
from bot.curation.safety_cases import is_right, read_cases
from bot.safety.finding import Finding
from bot.safety.net import SafetyNet
from bot.suitability.evaluator import evaluate
from bot.suitability.loader import load
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier

PROJECT = Path(__file__).parents[3]
CASES = PROJECT / "tests" / "cases" / "safety"
FACTS = Path(__file__).parents[3] / "data" / "suitability" / "facts.yml"
_URGENT = frozenset(
    "bladder_change bowel_change saddle_numbness sexual_change both_legs leg_weakness_severe major_trauma aortic_signs "
    "chest_or_breath sepsis_signs severe_needling_reaction suicidal pregnancy_danger other_emergency fever "
    "weight_loss_unexplained leg_weakness_mild back_lump_or_shape thoracic_pain shingles_rash leg_clot_signs "
    "worse_after_needling night_pain_constant urinary_infection_signs".split()
)


@cache
def _load(name: str) -> list[Any]:
    cases: list[Any] = YAML(typ="safe", pure=True).load((CASES / f"{name}.yml").read_text(encoding="utf-8"))["cases"]
    return cases


def _by_kind() -> Iterable[tuple[str, str, str]]:
    return [(case.fact, case.kind, case.text) for case in read_cases(PROJECT)]


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The rule set as shipped."""
    return load(PROJECT / "data" / "suitability")


def _look_alikes(side: str) -> list[str]:
    return [text for case in _load("look_alikes") for text in case[side]]


@pytest.fixture(scope="module")
def scan(nlp: Language, net: SafetyNet) -> Callable[[str], tuple[Finding, ...]]:
    """Looks up what was found; all cases are parsed in one go, which is several times faster than one by one."""
    texts = [text for _, _, text in _by_kind()] + [case["text"] for case in _load("context")] + _load("harmless")
    texts += [*_look_alikes("harmless"), *_look_alikes("danger")]
    found = {text: net.scan(doc) for text, doc in zip(texts, nlp.pipe(texts), strict=True)}
    return found.__getitem__


@pytest.mark.parametrize(("fact", "kind", "text"), _by_kind())
def test_a_fact_is_read_as_the_case_says(
    scan: Callable[[str], tuple[Finding, ...]], fact: str, kind: str, text: str
) -> None:
    found = [f for f in scan(text) if f.fact == fact]

    assert is_right(kind, found), found


@pytest.mark.parametrize("case", _load("context"), ids=lambda case: case["text"])
def test_one_sentence_gives_one_attribute(scan: Callable[[str], tuple[Finding, ...]], case: dict[str, Any]) -> None:
    found = [f for f in scan(case["text"]) if f.fact == case["fact"]]

    subjects = case.get("subject", ("patient", "family", "other"))
    hit = any(f.status in case["status"] and f.subject in subjects for f in found)
    assert hit or ("none" in case["status"] and all(f.status != "present" for f in found)), found


@pytest.mark.parametrize("text", _load("harmless"))
def test_a_harmless_message_raises_no_alarm(scan: Callable[[str], tuple[Finding, ...]], text: str) -> None:
    alarms = [f for f in scan(text) if f.fact in _URGENT and f.status in ("present", "uncertain")]

    assert [] == [f for f in alarms if f.subject == "patient"]


@pytest.mark.parametrize("text", _look_alikes("harmless"))
def test_what_is_told_in_the_words_of_danger_and_is_none_calls_for_no_care_today(
    scan: Callable[[str], tuple[Finding, ...]], rules: RuleSet, text: str
) -> None:
    told = facts_told(scan(text), text)

    unclear = [fact for fact, answer in told.items() if answer is Answer.UNSURE and fact in _URGENT]
    assert ([], []) == (_calling_for_care(rules, told), unclear)


@pytest.mark.parametrize("text", _look_alikes("danger"))
def test_what_is_told_in_the_same_words_and_is_a_danger_sign_is_seen_by_the_net_alone(
    scan: Callable[[str], tuple[Finding, ...]], rules: RuleSet, text: str
) -> None:
    assert _calling_for_care(rules, facts_told(scan(text), text))


def _calling_for_care(rules: RuleSet, told: Mapping[str, Answer]) -> list[str]:
    """The urgent and graver criteria that what was told meets."""
    affirmed = {fact for fact, answer in told.items() if answer is Answer.YES}
    fired = evaluate(rules, {fact: answer for fact, answer in told.items() if fact in rules.facts}).fired
    return [f.criterion.id for f in fired if f.tier >= Tier.URGENT and affirmed.intersection(f.facts)]


def test_every_fact_of_the_rules_can_be_found_and_has_cases(net: SafetyNet) -> None:
    facts = {entry["id"] for entry in YAML(typ="safe").load(FACTS.read_text(encoding="utf-8"))["facts"]}

    with_cases = {fact for fact, kind, _ in _by_kind() if kind == "plain"}
    assert set() == (facts & net.facts) - with_cases
    assert set() == net.facts - facts
