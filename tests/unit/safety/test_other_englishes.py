"""What Scots, Jamaican and Nigerian English deny is denied, and what they cannot do is told."""

from __future__ import annotations

import pytest

from tests.unit.safety.conftest import Scan


def _statuses(scan: Scan, text: str) -> dict[str, str]:
    return {finding.fact: finding.status for finding in scan(text)}


@pytest.mark.parametrize(
    "text",
    [
        "i cannae feel ma legs", "she couldna feel her legs", "he wisnae able tae move his legs, he cannae feel them",
        "i no fit move my legs", "mi cyaan feel mi legs",
    ],
)  # fmt: skip
def test_legs_that_cannot_be_felt_or_moved_are_told(scan: Scan, text: str) -> None:
    assert "present" == _statuses(scan, text).get("both_legs")


@pytest.mark.parametrize("text", ["nae fever", "i dinnae have a fever", "i havenae a fever", "i no dey get fever"])
def test_a_fever_is_denied(scan: Scan, text: str) -> None:
    assert "absent" == _statuses(scan, text).get("fever")


def test_unfit_for_work_is_no_cannot(scan: Scan) -> None:
    assert "present" not in _statuses(scan, "no fit for work, my legs are stiff").values()
