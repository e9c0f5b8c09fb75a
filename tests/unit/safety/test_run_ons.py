"""What one clause asks, denies or dates is not said of the next one, where nothing but a blank parts them."""

from __future__ import annotations

import pytest

from tests.unit.safety.conftest import Scan

TOLD = {
    "i havent been able to pee all day": "bladder_change",
    "my crotch is numb": "saddle_numbness",
    "its numb between my legs": "saddle_numbness",
    "both legs keep giving way": "both_legs",
    "i have crushing chest pain": "chest_or_breath",
    "i take warfarin": "anticoagulant",
    "i have epilepsy": "epilepsy",
}
BEFORE = (
    "can you help", "can i book for friday", "how many sessions will i need", "would you believe it", "thanks so much",
    "believe it or not", "its probably nothing", "if i may", "to whom it may concern", "i guess i should say",
    "if you have a minute", "hope you can help", "stupid question maybe", "i had sciatica years ago",
    "i broke my leg as a kid", "years ago i came to you", "i used to come to you", "never had needles before",
    "i cant explain it", "will it help", "what should i wear",
)  # fmt: skip
AFTER = (
    "my wife is fine", "i had my appendix out years ago", "had a frozen shoulder but its gone", "not sure what to do",
    "ive had an mri and it was clear", "i broke my leg as a kid",
)  # fmt: skip


def _statuses(scan: Scan, text: str) -> dict[str, str]:
    return {finding.fact: finding.status for finding in scan(text)}


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("mark", [" ", " and "])
def test_what_stands_before_takes_nothing_from_what_is_told(scan: Scan, before: str, mark: str) -> None:
    for told, fact in TOLD.items():
        assert "present" == _statuses(scan, f"{before}{mark}{told}").get(fact), f"{before}{mark}{told}"


@pytest.mark.parametrize("after", AFTER)
@pytest.mark.parametrize("mark", [" ", " and "])
def test_what_stands_after_takes_nothing_from_what_is_told(scan: Scan, after: str, mark: str) -> None:
    for told, fact in TOLD.items():
        assert "present" == _statuses(scan, f"{told}{mark}{after}").get(fact), f"{told}{mark}{after}"


@pytest.mark.parametrize(
    ("text", "fact", "status"),
    [
        ("what would you do if i had a seizure", "other_emergency", "hypothetical"),
        ("as a kid i fell off a horse", "major_trauma", "past"),
        ("the cancer i had years ago", "cancer_past", "present"),
        ("i had a fever last week but its gone now", "fever", "past"),
        ("maybe both legs are tingling a bit", "both_legs", "uncertain"),
        ("laughed so hard i nearly wet myself", "bladder_change", "harmless"),
        ("the choir sang and i had shivers all over", "fever", "harmless"),
        ("i sat on my wallet and my bum went numb, fine now", "saddle_numbness", "harmless"),
        ("in the film he is paralysed after the crash", "major_trauma", "hypothetical"),
        ("the day i fell off the ladder was a monday in 2009", "major_trauma", "past"),
    ],
)
def test_within_one_clause_all_is_as_before(scan: Scan, text: str, fact: str, status: str) -> None:
    assert status == _statuses(scan, text).get(fact)


@pytest.mark.parametrize("before", ["dont worry", "the doctor said not to worry,", "before i book,", "until i come,"])
def test_comfort_and_plans_explain_no_illness_that_is_told_beside_them(scan: Scan, before: str) -> None:
    assert "present" == _statuses(scan, f"{before} i have breast cancer").get("cancer_now")
    assert "present" == _statuses(scan, f"{before} i have diabetes").get("diabetes")


@pytest.mark.parametrize("before", ["before i book,", "until i come,", "without wanting to bore you,"])
def test_what_is_told_before_a_comma_does_not_take_an_operation_for_one_to_come(scan: Scan, before: str) -> None:
    told = f"{before} i had a hip operation last month"

    assert "present" == _statuses(scan, told).get("recent_surgery_or_injection")
    assert "present" not in _statuses(scan, "i want to come before my hip operation").values()


def test_an_illness_that_is_only_feared_is_not_told(scan: Scan) -> None:
    assert "present" != _statuses(scan, "i worry i have cancer").get("cancer_now")
