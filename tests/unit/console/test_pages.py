"""What the console's templates are given to write with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.console.pages import environment

AT = datetime(2026, 1, 15, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("kept_as", [AT, AT.isoformat(), AT.isoformat(timespec="seconds")])
def test_every_moment_is_shown_in_the_time_of_the_staff(kept_as: datetime | str) -> None:
    """Also those of models, changes and jobs, which are kept in files as text."""
    made = environment("America/Los_Angeles").from_string("{{ at | moment }}")

    assert ">2026-01-14 19:30<" in made.render(at=kept_as)


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_never_happened_has_no_moment(nothing: str | None) -> None:
    assert "–" == environment("UTC").from_string("{{ at | moment }}").render(at=nothing)
