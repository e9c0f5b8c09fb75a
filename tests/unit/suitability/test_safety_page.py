"""docs/safety.md keeps up with the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.suitability.ruleset import RuleSet


@pytest.fixture(scope="module")
def page() -> str:
    """The page as written."""
    return (Path(__file__).parents[3] / "docs" / "safety.md").read_text(encoding="utf-8")


def test_every_criterion_has_a_row_with_its_sources(rules: RuleSet, page: str) -> None:
    """Under the heading of its tier, in the words of the file."""
    for criterion in rules.criteria:
        row = next((line for line in page.splitlines() if line.startswith(f"| {criterion.id} | {criterion.item} ")), "")
        assert " ".join(criterion.sources) in row, criterion.id


def test_every_source_of_a_criterion_and_every_question_is_listed(rules: RuleSet, page: str) -> None:
    """By id."""
    used = {s for c in rules.criteria for s in c.sources}

    assert [s for s in sorted(used) if not re.search(rf"^\| {s} \|", page, re.M)] == []
    assert [q.id for q in rules.questions if f"`{q.id}` {q.text}" not in page] == []


def test_it_says_that_no_clinician_has_signed_it_off(page: str) -> None:
    """Until one has; then change this test with the page."""
    assert "No clinician has signed this rule set off yet." in page
