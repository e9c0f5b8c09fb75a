"""Loading says everything that is wrong, with file, key and remedy, and gives content a version."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.faults import ContentFaults
from bot.suitability.loader import load
from bot.suitability.ruleset import RuleSet


def spoil(content: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file of the copy."""
    text = (content / file).read_text(encoding="utf-8")
    assert old in text
    (content / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(content: Path, detectable: frozenset[str] | None = None) -> str:
    """All faults, one a line."""
    with pytest.raises(ContentFaults) as caught:
        load(content, detectable)
    return str(caught.value)


SPOILED = [
    ("criteria.yml", "    tier: crisis\n", "    teir: crisis\n", ["criteria[0]", "teir: unknown key", "tier: missing"]),
    ("criteria.yml", "    tier: crisis\n", "    tier: deadly\n", ['unknown tier "deadly"', "urgent"]),
    ("criteria.yml", "sources: [S58, S62]", "sources: []", ['"E13"', "sources: missing"]),
    ("criteria.yml", "sources: [S58, S62]", "sources: [S58, S99]", ['"S99" is unknown']),
    ("criteria.yml", "    review_due: 2027-11-22\n", "", ["review_due: missing"]),
    ("criteria.yml", "    review_due: 2027-11-22\n", "    review_due: 2026-11-22\n", ["is not after `reviewed`"]),
    (
        "criteria.yml",
        "when: suicidal",
        "when: suicidel",
        ["unknown facts: suicidel", '"suicidal": no criterion reads it'],
    ),
    ("criteria.yml", "when: suicidal", "when: {some: [suicidal]}", ["is no condition"]),
    ("criteria.yml", "when: suicidal", "when: {all: [suicidal, {not: suicidal}]}", ["the criterion is dead"]),
    ("criteria.yml", "  - id: E02", "  - id: E01", ['"E01" is used twice']),
    ("criteria.yml", "    when: bowel_change", "    when: bladder_change", ['condition of "E01"']),
    ("criteria.yml", "{predicate: nothing_found}", "{predicate: nothing}", ["unknown predicate", "nothing_found"]),
    ("criteria.yml", "verification: not_retrieved", "verification: certain", ["'certain' is unknown", "second_hand"]),
    ("criteria.yml", "statutory_consult: true", "statutory_consult: maybe", ["neither true nor false"]),
    ("criteria.yml", "    because: You told", "    becuase: You told", ["because: missing or empty", "becuase"]),
    ("sources.yml", "seen: second_hand", "seen: heard", ["'heard' is unknown"]),
    ("facts.yml", "onset: matters", "onset: maybe", ['"maybe" is unknown']),
    (
        "facts.yml",
        "    called: diabetes, nerve damage or slow healing\n",
        "",
        ['"diabetes"', "no name to read it back by"],
    ),
    ("facts.yml", "  - id: bowel_change", "  - id: bowels", ["unknown facts: bowel_change"]),
    ("questions.yml", "yes: {nerve_sign: yes}", "yes: {nerve_sign: perhaps}", ["one of no, unsure, yes"]),
    ("questions.yml", "yes: {nerve_sign: yes}", "yes: {nerves: yes}", ["unknown facts: nerves"]),
    (
        "questions.yml",
        "also: [major_trauma, aortic_signs, chest_or_breath, sepsis_signs, severe_needling_reaction]",
        "also: x",
        ["not a list of texts"],
    ),
    ("questions.yml", "    follow_up:", "    follow_up: [x]\n    follow:", ["follow_up: not a mapping", "unknown key"]),
    ("questions.yml", "{id: cancer_past,", "{id: cancer_now,", ["two options have the same id"]),
    (
        "questions.yml",
        "    simpler: Are you 17 or younger?",
        "    plain: Are you 17 or younger?",
        ["simpler: missing"],
    ),
    ("questions.yml", "unsure: {grave_history: yes}", "unsure: {fever: yes}", ["facts no option has: fever"]),
    ("questions.yml", "      options:\n", "      options: []\n      option:\n", ["options: missing, empty"]),
    ("questions.yml", "    yes: {band_pain: yes}", "    yes: {}", ["the question sets no fact"]),
    (
        "outcomes.yml",
        "  - tier: urgent",
        "  - tier: emergency",
        ['"emergency" is used twice', "urgent: has no outcome"],
    ),
    ("outcomes.yml", "outcomes:\n", "results:\n", ["must hold one key `outcomes`"]),
    ("outcomes.yml", "outcomes:\n", "outcomes:\n  - just words\n", ["outcomes[0]: not a mapping"]),
    ("facts.yml", "facts:\n", "facts: {\n", ["facts.yml: file: is not YAML"]),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"), SPOILED, ids=[f"{f}: {n.strip()[:40]}" for f, _, n, _ in SPOILED]
)
def test_a_fault_is_named_with_file_key_and_remedy(
    content: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    """Each kind of fault."""
    spoil(content, file, old, new)

    found = faults_of(content)

    assert [part for part in said if part not in found] == []
    assert file in found
    assert " – " in found


def test_all_faults_are_reported_at_once(content: Path) -> None:
    """Also those of different files."""
    spoil(content, "criteria.yml", "when: suicidal", "when: suicidel")
    spoil(content, "outcomes.yml", "    limits:", "    limit:")

    found = faults_of(content)

    assert "suicidel" in found
    assert "limits: missing" in found


def test_a_missing_file_is_a_fault(content: Path) -> None:
    """And not a stack trace."""
    (content / "sources.yml").unlink()

    assert "sources.yml: file: cannot be read" in faults_of(content)


def test_a_predicate_no_criterion_uses_is_a_fault(content: Path) -> None:
    """The process criteria cover what is left over; without one a combination has no reason."""
    text = (content / "criteria.yml").read_text(encoding="utf-8")
    kept = text[: text.index("  - id: G02")]
    (content / "criteria.yml").write_text(kept, encoding="utf-8")

    assert "no criterion uses this predicate" in faults_of(content)


def test_a_fact_nobody_asks_or_detects_is_a_fault(content: Path, rules: RuleSet) -> None:
    """Known only when the loader is told what the safety net detects."""
    detectable = frozenset(rules.facts) - {"keloid"} | {"mystery"}

    found = faults_of(content, detectable)

    assert '"keloid": nobody asks it and nothing detects it' in found
    assert '"mystery": is detected but unknown' in found
    assert load(content, frozenset(rules.facts)).version == rules.version


def test_the_version_follows_the_content(content: Path, rules: RuleSet) -> None:
    """A comment does not change it, a word does."""
    spoil(content, "criteria.yml", "criteria:\n", "# a comment\ncriteria:\n")
    assert load(content).version == rules.version

    spoil(content, "criteria.yml", "You told me about", "You spoke of")
    assert load(content).version != rules.version


def test_reviews_that_are_due_are_listed(rules: RuleSet) -> None:
    """By a day that is given."""
    assert rules.overdue(date(2027, 11, 22)) == ()
    assert rules.overdue(date(2027, 11, 27)) == rules.criteria


def test_unknown_ids_are_key_errors(rules: RuleSet) -> None:
    """Nothing is guessed."""
    assert rules.criterion("E01").id == "E01"
    with pytest.raises(KeyError):
        rules.criterion("X99")
    with pytest.raises(KeyError):
        rules.question("fever?")
    with pytest.raises(KeyError):
        rules.question("who").option("nobody")
