"""A small project of its own for each test, so that the served content is never touched."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.curation.working_copy import WorkingCopy

PROJECT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The content as shipped, in a folder of its own; code is linked."""
    folder = tmp_path / "project"
    for name in ("data", "tests/stories", "tests/cases"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.yml", "domain.yml"):
        shutil.copy2(PROJECT / name, folder / name)
    for name in ("bot", "actions"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


@pytest.fixture
def copy(project: Path) -> WorkingCopy:
    return WorkingCopy(project)
