"""Changes are kept beside the served files until somebody publishes them."""

from __future__ import annotations

import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checking.content import examine
from bot.curation.merging import MergeConflict, merge
from bot.curation.places import NotForStaff
from bot.curation.working_copy import Outdated, WorkingCopy

CLINIC = "data/clinic.yml"


def test_a_change_is_never_in_the_served_file(project: Path, copy: WorkingCopy, now: datetime):
    served = (project / CLINIC).read_text()
    changed = served.replace('notice: ""', 'notice: "Closed on Friday"')

    copy.write(CLINIC, changed, "ana", "banner", now)

    assert served == (project / CLINIC).read_text()
    assert changed == copy.read(CLINIC)
    assert [("ana", "banner")] == [(note.who, note.what) for note in copy.changes[0].notes]


def test_a_change_taken_back_by_hand_is_no_change(project: Path, copy: WorkingCopy, now: datetime):
    served = copy.read(CLINIC)
    copy.write(CLINIC, served + "# more\n", "ana", "more", now)

    copy.write(CLINIC, served, "ana", "less", now)

    assert [] == copy.changes


def test_git_accepts_the_patch_and_it_gives_the_working_copy(project: Path, copy: WorkingCopy, now: datetime):
    subprocess.run(["git", "init", "-q", "."], cwd=project, check=True)
    copy.write(CLINIC, copy.read(CLINIC).replace('notice: ""', 'notice: "Näx"'), "ana", "banner", now)
    copy.write("tests/stories/faq/test_new.yml", "stories: []", "ana", "new test", now)
    wanted = {change.path: change.text for change in copy.changes}

    subprocess.run(["git", "apply", "-"], input=copy.patch.encode(), cwd=project, check=True)

    assert wanted == {path: (project / path).read_text() for path in wanted}


@pytest.mark.parametrize(
    "path",
    [
        "../etc/x.yml",
        "/etc/x.yml",
        "data/../bot/x.yml",
        "bot/cli.py",
        "data/x.py",
        "data//clinic.yml",
        "domain.yml",
        "",
    ],
)
def test_no_other_file_can_be_changed(copy: WorkingCopy, now: datetime, path: str):
    with pytest.raises(NotForStaff):
        copy.write(path, "x", "ana", "x", now)


def test_of_two_editors_the_slower_one_is_told(copy: WorkingCopy, now: datetime):
    seen = copy.read(CLINIC)
    copy.write(CLINIC, seen + "# one\n", "ana", "one", now, expected=seen)

    with pytest.raises(Outdated):
        copy.write(CLINIC, seen + "# two\n", "bea", "two", now, expected=seen)

    assert copy.read(CLINIC).endswith("# one\n")


def test_a_served_file_that_changed_elsewhere_is_merged(project: Path, copy: WorkingCopy, now: datetime):
    copy.write(CLINIC, copy.read(CLINIC).replace('notice: ""', 'notice: "Closed"'), "ana", "banner", now)
    (project / CLINIC).write_text((project / CLINIC).read_text().replace('phone: ""', 'phone: "1"'))

    (change,) = copy.changes

    assert not change.outdated
    assert 'phone: "1"' in change.text and 'notice: "Closed"' in change.text
    assert 'phone: "1"' not in "".join(line for line in change.diff.splitlines() if line.startswith(("+", "-")))


def test_a_change_of_the_same_line_elsewhere_is_reported(project: Path, copy: WorkingCopy, now: datetime):
    copy.write(CLINIC, copy.read(CLINIC).replace('notice: ""', 'notice: "Closed"'), "ana", "banner", now)
    (project / CLINIC).write_text((project / CLINIC).read_text().replace('notice: ""', 'notice: "Open"'))

    assert [True] == [change.outdated for change in copy.changes]


def test_the_materialised_project_is_checked_with_the_change(copy: WorkingCopy, now: datetime, tmp_path: Path):
    copy.write(CLINIC, copy.read(CLINIC).replace("name: Back Pain Acupuncture Bellingham", 'name: ""'), "a", "b", now)

    folder = copy.materialise(tmp_path / "whole")

    assert ["data/clinic.yml"] == sorted({fault.file for fault in examine(folder, date(2026, 11, 2)).faults})


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


@given(LINES, LINES)
def test_one_side_alone_is_taken_as_it_is(base: str, changed: str):
    assert changed == merge(base, changed, base) == merge(base, base, changed) == merge(base, changed, changed)


@given(LINES, LINES, LINES)
def test_a_merge_does_not_depend_on_who_was_first(base: str, ours: str, theirs: str):
    def merged(first: str, second: str) -> str | None:
        try:
            return merge(base, first, second)
        except MergeConflict:
            return None

    assert merged(ours, theirs) == merged(theirs, ours)
