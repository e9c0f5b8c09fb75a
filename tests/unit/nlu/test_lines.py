"""What stands on lines of its own is not run together, and what goes on over a break is not torn apart."""

from __future__ import annotations

import pytest

from bot.nlu.words.lines import joined
from bot.nlu.words.normalise import normalise


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("no fever\nno chills\nnumb groin", "no fever. no chills. numb groin"),
        ("- no meds\n- chest pain\n- back pain", "no meds. chest pain, back pain"),
        ("fever: no\nnumbness: no\nbladder: fine", "fever: no. numbness: no. bladder: fine"),
        ("weakness no\nnumb groin yes", "weakness no. numb groin yes"),
        ("back hurts\nhow much is it\nwhere are you", "back hurts. how much is it. where are you"),
        ("it hurts.\nA lot!", "it hurts. A lot!"),
    ],
)
def test_a_line_ends_what_it_tells(written, said):
    assert joined(written) == said


@pytest.mark.parametrize(
    "written",
    [
        "I have no\nfeeling in my legs",
        "I can't feel\nmy legs",
        "no feeling\nboth legs",
        "no\nstrength\nin my legs",
        "not peed\nsince yesterday",
        "I do not\nwant to live",
        "theres no\nreason to live",
        "no history of\ncancer\nstroke",
        "do you treat:\nsciatica\nnumb legs",
    ],
)
def test_what_goes_on_in_the_next_line_stays_together(written):
    assert normalise(written) == written.replace("\n", " ")


def test_what_is_told_below_a_question_stands_alone():
    assert joined("do you treat:\nsciatica\nmy leg is numb") == "do you treat: sciatica, my leg is numb"


def test_a_break_within_a_long_line_is_no_end_of_it():
    line = "I have had this pain in my lower back for some three weeks by now, and it gets"
    assert joined(f"{line}\nworse at night") == f"{line} worse at night"


@pytest.mark.parametrize(
    "told",
    ["like walking on wool, both feet", "on humira, my back is new", "chest pain since monday", "down 20 pounds"],
)
def test_what_is_told_behind_a_line_that_denies_is_not_denied(told):
    assert joined(f"no allergies\n{told}\nno job") == f"no allergies. {told}. no job"


def test_a_number_and_what_it_counts_stay_together():
    assert joined("every 6 minutes, 35\nweeks") == "every 6 minutes, 35 weeks"
