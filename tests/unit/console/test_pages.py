"""What the console's templates are given to write with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.console.pages import environment
from bot.console.titles import Titles
from bot.project import PROJECT

AT = datetime(2026, 1, 15, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("kept_as", [AT, AT.isoformat(), AT.isoformat(timespec="seconds")])
def test_every_moment_is_shown_in_the_time_of_the_staff(kept_as: datetime | str) -> None:
    """Also those of models, changes and jobs, which are kept in files as text."""
    made = environment("America/Los_Angeles", Titles(PROJECT)).from_string("{{ at | moment }}")

    assert ">2026-01-14 19:30<" in made.render(at=kept_as)


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_never_happened_has_no_moment(nothing: str | None) -> None:
    assert "–" == environment("UTC", Titles(PROJECT)).from_string("{{ at | moment }}").render(at=nothing)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("needle_pain", "Do the needles hurt?"),
        ("cupping", "What about cupping?"),
        ("not_in_article", "not in the article"),
        ("since_removed", "since removed"),
    ],
)
def test_topics_and_subjects_are_called_by_their_titles(name: str, title: str) -> None:
    shown = environment("UTC", Titles(PROJECT)).from_string("{{ name | title_of }}")

    assert title == shown.render(name=name)


def test_a_project_whose_files_cannot_be_read_has_ids_for_titles(tmp_path: Path) -> None:
    assert "needle pain" == Titles(tmp_path).of("needle_pain")
