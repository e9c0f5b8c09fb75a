"""`bot content` and `bot models` do in a terminal what the console does."""

from __future__ import annotations

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.commands import content, models
from bot.curation.publication import Publisher
from bot.curation.working_copy import WorkingCopy

PROJECT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("data", "tests/stories", "tests/cases"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.yml", "domain.yml"):
        shutil.copy2(PROJECT / name, tmp_path / name)
    for name in ("bot", "actions"):
        (tmp_path / name).symlink_to(PROJECT / name)
    monkeypatch.setattr(content, "PROJECT", tmp_path)
    monkeypatch.setattr(models, "PROJECT", tmp_path)
    copy = WorkingCopy(tmp_path)
    text = copy.read("data/clinic.yml")
    copy.write("data/clinic.yml", text.replace('notice: ""', 'notice: "Closed on Friday"'), "ana", "banner", NOW)
    return tmp_path


def run(module: object, *argv: str) -> int:
    status: int = module.run(argparse.ArgumentParser(), list(argv))  # type: ignore[attr-defined]
    return status


def test_a_change_is_shown_published_and_undone(project: Path, capsys: pytest.CaptureFixture[str]):
    served = (project / "data/clinic.yml").read_text()

    assert 0 == run(content, "changes") == run(content, "patch") == run(content, "publish", "holiday")
    assert "Closed on Friday" in (project / "data/clinic.yml").read_text()
    assert 0 == run(content, "history") == run(content, "undo", "1")

    assert served == (project / "data/clinic.yml").read_text()
    said = capsys.readouterr().out
    assert "banner" in said and "+++ b/data/clinic.yml" in said and "holiday" in said


def test_rolling_the_model_back_leaves_what_was_published_of_other_things(
    project: Path, capsys: pytest.CaptureFixture[str]
):
    copy, publisher, examples = WorkingCopy(project), Publisher(project), "data/nlu/smalltalk.yml"
    served = (project / examples).read_text()
    copy.write(examples, f"{served}# another\n", "ana", "an example", NOW)
    copy.discard("data/clinic.yml")
    with patch.object(Publisher, "obstacles", return_value=[]):
        publisher.publish(copy, "ana", "an example", NOW)
    text = (project / "data/clinic.yml").read_text()
    copy.write("data/clinic.yml", text.replace('notice: ""', 'notice: "Closed"'), "ana", "banner", NOW)
    assert 0 == run(content, "publish", "holiday") == run(models, "rollback")

    assert served == (project / examples).read_text()
    assert 'notice: "Closed"' in (project / "data/clinic.yml").read_text()
    assert 1 == run(models, "rollback")
    assert "no publication that changed the model" in capsys.readouterr().err


def test_what_cannot_be_done_is_said(project: Path, capsys: pytest.CaptureFixture[str]):
    assert 1 == run(content, "undo", "7") == run(models, "rollback")
    assert 0 == run(content, "discard", "data/clinic.yml")
    assert 1 == run(content, "discard", "data/clinic.yml")

    assert 1 == run(models, "activate")
    said = capsys.readouterr().err
    assert "no publication 7" in said and "no change to publish" in said and "data/clinic.yml is not changed" in said
