"""What the tests of the suitability check share: the rules as shipped, and the YAML cases as values."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.suitability import reading
from bot.suitability.evaluator import evaluate
from bot.suitability.loader import load
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

FOLDER = Path(__file__).parents[2] / "cases" / "suitability"
DATA = Path(__file__).parents[3] / "data" / "suitability"


@dataclass(frozen=True)
class Case:
    """One case: some answers, and what must come of them."""

    file: str
    name: str
    answers: dict[str, Answer]
    not_asked: frozenset[str]
    expect: dict[str, Any]

    def failure(self, rules: RuleSet) -> str:
        """What is not as expected under these rules; empty when all is."""
        answers = {fact: Answer.NO for fact in rules.asked_facts - self.not_asked} | self.answers
        found = evaluate(rules, answers)
        actual = {
            "tier": found.tier.id,
            "criteria": sorted(found.rule_ids),
            "in_doubt": sorted(f.criterion.id for f in found.in_doubt),
            "statutory_consult": found.statutory_consult,
        }
        expected = {key: sorted(value) if isinstance(value, list) else value for key, value in self.expect.items()}
        wrong = {key: actual[key] for key in expected if actual[key] != expected[key]}
        return f"{self.file}: {self.name}: expected {expected}, but {wrong}" if wrong else ""


@pytest.fixture(scope="session", autouse=True)
def parse_each_text_once() -> Iterator[None]:
    """Loading is tested with many copies of which one file differs: parsing the others again would only take time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "parse", functools.cache(reading.parse))
        yield


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of the content files."""
    return DATA


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The rule set as shipped."""
    return load(DATA)


@pytest.fixture(scope="session")
def cases() -> tuple[Case, ...]:
    """All cases, in the order of the files."""
    return tuple(_read())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes a `case` once for each of them."""
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", list(_read()), ids=lambda case: case.name)


def _read() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yml")):
        content = reading.parse(path.read_text(encoding="utf-8"))
        for raw in content["cases"]:
            assert set(raw) <= {"name", "answers", "not_asked", "expect"}, raw
            assert {"tier", "criteria"} <= set(raw["expect"]) <= {"tier", "criteria", "in_doubt", "statutory_consult"}
            answers = {fact: Answer(value) for fact, value in raw["answers"].items()}
            yield Case(path.name, raw["name"], answers, frozenset(raw.get("not_asked", [])), raw["expect"])


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, to be spoiled."""
    for path in DATA.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path
