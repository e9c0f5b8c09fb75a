"""Staff who correct a message choose from meanings in plain words."""

from __future__ import annotations

from pathlib import Path

from bot.curation.label_titles import LABEL_TITLES
from bot.curation.labels import CHECK, GAPS, TOPICS, labels
from bot.curation.working_copy import WorkingCopy

PROJECT = Path(__file__).parents[3]


def test_every_meaning_that_can_be_chosen_has_a_title_written_for_staff(tmp_path: Path) -> None:
    found = labels(WorkingCopy(PROJECT, tmp_path))

    rest = {label.id for label in found if label.group not in (TOPICS, GAPS)}
    assert rest == set(LABEL_TITLES)
    assert len({label.title for label in found}) == len(found), "two meanings of one title can not be told apart"


def test_what_steers_the_check_stands_together(tmp_path: Path) -> None:
    steering = {label.id for label in labels(WorkingCopy(PROJECT, tmp_path)) if label.group == CHECK}

    assert {"steer_check/skip", "go_back", "why_ask"} <= steering
