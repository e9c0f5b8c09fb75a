"""What is told in other languages, by the phrases alone: `tests/cases/safety/languages`, one file for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.conversation.danger_signs.danger import facts_told
from bot.suitability.evaluator import evaluate
from bot.suitability.loader import load
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier
from tests.unit.safety.conftest import Scan

PROJECT = Path(__file__).parents[3]
CASES = PROJECT / "tests" / "cases" / "safety" / "languages"
# A loss that the English patterns ask about too, unless it is told as new.
_ASKED_ABOUT = "sexual_change"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The rule set as shipped."""
    return load(PROJECT / "data" / "suitability")


def _cases(side: str) -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yml")):
        for case in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))[side]:
            marks = [pytest.mark.xfail(strict=True)] if case.get("not_yet") else []
            yield pytest.param(case, marks=marks, id=f"{path.stem}: {case['means']}")


@pytest.mark.parametrize("case", list(_cases("danger")))
def test_a_danger_sign_calls_for_care(scan: Scan, rules: RuleSet, case: dict[str, str]) -> None:
    told = facts_told(scan(case["said"]), case["said"])

    assert told.get(case["sign"]) in (Answer.YES, Answer.UNSURE), told
    assert _calling(rules, told, Answer.YES) or case["sign"] == _ASKED_ABOUT, told


@pytest.mark.parametrize("case", list(_cases("harmless")))
def test_a_harmless_sentence_calls_for_none(scan: Scan, rules: RuleSet, case: dict[str, str]) -> None:
    told = facts_told(scan(case["said"]), case["said"])

    assert [] == _calling(rules, told, Answer.YES, Answer.UNSURE), told


def _calling(rules: RuleSet, told: dict[str, Answer], *answers: Answer) -> list[str]:
    """The urgent and graver criteria that what was told meets."""
    affirmed = {fact for fact, answer in told.items() if answer in answers}
    known = {fact: answer for fact, answer in told.items() if fact in rules.facts}
    fired = evaluate(rules, known).fired
    return [f.criterion.id for f in fired if f.tier >= Tier.URGENT and affirmed.intersection(f.facts)]
