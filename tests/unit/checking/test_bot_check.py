"""`bot check`: every kind of fault is told, with file, key and remedy, and all of them at once."""

from __future__ import annotations

import argparse
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.checking.content import examine
from bot.checking.findings import Findings
from bot.commands import check
from bot.faults import Fault
from tests.conversing import PROJECT
from tests.unit.checking.breaking import replaced
from tests.unit.checking.broken_content import BROKEN_CONTENT
from tests.unit.checking.broken_files import BROKEN_FILES

BROKEN = {**BROKEN_FILES, **BROKEN_CONTENT}
TODAY = date(2026, 11, 22)


def copy_of_the_project(folder: Path) -> Path:
    """What `bot check` examines, to break."""
    for name in ("data", "actions"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "domain.yml", folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project."""
    return copy_of_the_project(tmp_path)


@pytest.fixture(scope="module")
def shipped_findings() -> Findings:
    """What is wrong with the content as it is."""
    return examine(PROJECT, TODAY)


def new_faults(project: Path, known: Findings) -> list[Fault]:
    """The faults a change brought."""
    return [fault for fault in examine(project, TODAY).faults if fault not in known.faults]


def test_the_shipped_content_is_whole(shipped_findings: Findings) -> None:
    assert [] == [str(fault) for fault in shipped_findings.faults]


@pytest.fixture(scope="module", params=BROKEN)
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Findings]:
    """A group that was broken together, and what is found then."""
    faults = BROKEN[request.param]
    project = copy_of_the_project(tmp_path_factory.mktemp("project"))
    for spoil, *_ in faults.values():
        spoil(project)
    return request.param, examine(project, TODAY)


def test_faults_are_told_all_at_once_with_file_and_key(broken: tuple[str, Findings]) -> None:
    group, findings = broken

    missing = [
        name
        for name, (_, file, key, words) in BROKEN[group].items()
        if not any(f.file == file and f.key.startswith(key) and words in f.problem for f in findings.faults)
    ]
    assert not missing, [str(fault) for fault in findings.faults]


def test_every_fault_has_a_remedy(broken: tuple[str, Findings]) -> None:
    _, findings = broken

    assert all(fault.remedy.strip() for fault in findings.faults)


def test_a_changed_sentence_of_the_article_names_each_topic_it_affects(
    project: Path, shipped_findings: Findings
) -> None:
    from tests.conversing import shipped

    sentence = shipped().article.by_id["what-is-acupuncture/2"]
    affected = {t.id for t in shipped().topics.values() if sentence in (*t.first, *t.more)}
    assert len(affected) > 1
    replaced("data/article/back-pain.md", "known as Qi", "known as Chi")(project)

    found = new_faults(project, shipped_findings)

    named = {topic for topic in affected for f in found if f"of topic {topic} differs from the article" in f.problem}
    assert affected == named


def test_a_removed_sentence_of_the_article_names_the_topic_that_used_it(
    project: Path, shipped_findings: Findings
) -> None:
    replaced(
        "data/article/back-pain.md", "The needles used are sterilized, and the procedure is minimally invasive. ", ""
    )(project)

    found = new_faults(project, shipped_findings)

    assert any("topic needles_sterile" in fault.problem for fault in found)


def test_a_review_that_is_overdue_is_a_warning_and_no_fault(shipped_findings: Findings) -> None:
    findings = examine(PROJECT, date(2028, 1, 1))

    files = {warning.file for warning in findings.warnings}
    assert {"data/suitability/criteria.yml", "data/article/notes.yml", "data/safety/red_flags.yml"} <= files
    assert shipped_findings.faults == findings.faults
    assert not shipped_findings.warnings


def test_a_review_on_a_day_that_is_none_is_told_since_it_would_never_be_overdue(project: Path) -> None:
    replaced("data/clinic.yml", 'reviewed_on: ""', "reviewed_on: last week")(project)

    told = [(warning.key, warning.problem) for warning in examine(project, TODAY).warnings]

    assert [("clinic.reviewed_on", "'last week' is no day")] == told


def test_the_command_prints_faults_and_fails(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "PROJECT", project)
    replaced("data/clinic.yml", 'emergency_number: "911"', 'emergency_number: ""')(project)

    status = check.run(argparse.ArgumentParser(), [])

    assert 1 == status
    assert "data/clinic.yml: clinic.emergency_number: is empty – every apology" in capsys.readouterr().out
