"""What the page of tests says has no test is something that a test could show."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.curation.coverage import Coverage, coverage_of
from bot.curation.working_copy import WorkingCopy
from tests.conversing import PROJECT


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    nothing_changed: Path = tmp_path_factory.mktemp("none")
    return coverage_of(WorkingCopy(PROJECT, nothing_changed))


def ids(coverage: Coverage, title: str) -> set[str]:
    (area,) = (area for area in coverage.areas if area.title == title)
    return {thing.id for thing in area.things}


def test_what_only_a_button_does_or_only_an_active_form_is_not_missed(coverage: Coverage) -> None:
    assert "ask_needle_pain" in ids(coverage, "Intents") and "choose" not in ids(coverage, "Intents")
    assert {"action_choice", "suitability_form"}.isdisjoint(ids(coverage, "Rules"))
    assert {"action_answer", "action_check_suitability", "action_danger"} <= ids(coverage, "Rules")


def test_a_crisis_is_expected_as_the_emergency_it_is_told_as(coverage: Coverage) -> None:
    assert set(coverage.tiers) == ids(coverage, "Outcomes of the check")
    assert "emergency" in coverage.tiers and "crisis" not in coverage.tiers


def test_no_outcome_topic_or_kind_of_reply_is_without_a_test(coverage: Coverage) -> None:
    wanted = {"Topics", "Outcomes of the check", "Kinds of reply", "Rules"}

    assert {name: 0 for name in wanted} == {area.title: area.missing for area in coverage.areas if area.title in wanted}
