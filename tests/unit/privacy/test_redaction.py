"""Personal details go, and nothing that matters to a patient's health goes with them."""

from __future__ import annotations

import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.privacy.redaction import Detail, passes_luhn, redact

PROJECT = Path(__file__).parent.parent.parent.parent

PERSONAL = [
    ("my name is john", "john", Detail.NAME),
    ("My name is John Smith", "John Smith", Detail.NAME),
    ("MY NAME IS MARY AND I HURT", "MARY", Detail.NAME),
    ("hello, my name's O'Brien.", "O'Brien", Detail.NAME),
    ("Hi, I'm Mary-Jane.", "Mary-Jane", Detail.NAME),
    ("this is mary jones speaking", "mary jones", Detail.NAME),
    ("This is Sam here", "Sam", Detail.NAME),
    ("I'm called Bob", "Bob", Detail.NAME),
    ("my daughter's name is Lily", "Lily", Detail.NAME),
    ("I saw Dr. Patel", "Patel", Detail.NAME),
    ("it helped, thanks,\nJohn", "John", Detail.NAME),
    ("name: Mary Smith", "Mary Smith", Detail.NAME),
    ("my name is Zoë", "Zoë", Detail.NAME),
    ("call (360) 555-0123", "555-0123", Detail.PHONE),
    ("call me on 360.555.0123 x12", "360.555.0123", Detail.PHONE),
    ("3605550123", "3605550123", Detail.PHONE),
    ("+1 360 555 0123", "555 0123", Detail.PHONE),
    ("+44 20 7946 0958", "7946", Detail.PHONE),
    ("my cell is 555 0123", "555 0123", Detail.PHONE),
    ("ring 555-0123", "555-0123", Detail.PHONE),
    ("john.doe+x@mail.example.co.uk", "john.doe", Detail.EMAIL),
    ("john at gmail dot com", "john", Detail.EMAIL),
    ("my ssn is 123-45-6789", "123-45-6789", Detail.SSN),
    ("my social security number is 123456789", "123456789", Detail.SSN),
    ("card 4111 1111 1111 1111", "4111 1111 1111 1111", Detail.CARD),
    ("5500005555555559", "5500005555555559", Detail.CARD),
    ("1420 n garden st", "1420 n garden", Detail.ADDRESS),
    ("at 12 Main Street apt 4", "12 Main Street", Detail.ADDRESS),
    ("1420 Garden Dr, Bellingham, WA 98225", "98225", Detail.ADDRESS),
    ("po box 1234", "1234", Detail.ADDRESS),
    ("zip code 98225", "98225", Detail.ADDRESS),
    ("born on March 3, 1958", "March 3", Detail.BIRTHDAY),
    ("dob 03/04/1958", "03/04", Detail.BIRTHDAY),
    ("date of birth: 1958-03-04", "03-04", Detail.BIRTHDAY),
    ("my birthday is 4 July", "4 July", Detail.BIRTHDAY),
    ("member id W123456789", "W123456789", Detail.NUMBER),
    ("my policy number is ABC-123456", "123456", Detail.NUMBER),
    ("medicare 1EG4-TE5-MK73", "1EG4", Detail.NUMBER),
    ("Premera 123456789", "123456789", Detail.NUMBER),
]
MEDICAL = [
    "I am 45 years old",
    "45yo male with MS",
    "I have had it for 12 weeks",
    "since 2019",
    "surgery on 03/15/2021",
    "I was born in 1958",
    "I take 200-1000 mg ibuprofen",
    "took 4 ibuprofen dr said no",
    "500 mcg, 2 tablets at 10 pm",
    "my pain is 7/10",
    "scores 6 7 8",
    "scores 1 2 3 4 5 6 7 8 9 10 11 12 13",
    "blood pressure 120/80 and 145-95",
    "L4-L5 and C5/C6 discs",
    "should I call 911 or 988",
    "temperature of 101.5",
    "it is a 20 minute drive",
    "a 10 mile road run",
    "3 days ago my Dr. Pain is worse",
    "I live on 3 ibuprofen a day",
    "my medication name is Lyrica",
    "i'm pregnant",
    "Hello, I'm Pregnant",
    "my name is not important",
    "this is numb here",
    "this is my first time here",
    "platelets 250000",
    "born at 32 weeks",
    "I have MS Diabetes and asthma",
    "please call me later",
    "I walk 3000 steps",
    "HbA1c 6.5 and INR 2-3",
]


@pytest.mark.parametrize(("text", "detail", "kind"), PERSONAL, ids=[text for text, _, _ in PERSONAL])
def test_a_personal_detail_goes_and_what_it_was_is_said(text: str, detail: str, kind: Detail) -> None:
    redacted = redact(text)

    assert detail not in redacted.text
    assert f"[{kind}]" in redacted.text and kind in redacted.found


@pytest.mark.parametrize("text", MEDICAL)
def test_what_matters_to_health_stays(text: str) -> None:
    assert text == redact(text).text


def test_of_a_date_of_birth_the_year_stays() -> None:
    assert "1958" in redact("I was born on March 3, 1958").text
    assert "1958" in redact("DOB: 1958-03-04").text


# A name under a message is one at its very end only.
ANYWHERE = [text for text, _, _ in PERSONAL if "thanks" not in text]


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*MEDICAL, *ANYWHERE]), min_size=1, max_size=6))
def test_in_any_mixture_health_stays_and_details_go(parts: list[str]) -> None:
    redacted = redact(". ".join(parts)).text

    details = {text: detail for text, detail, _ in PERSONAL}
    for part in parts:
        if part in details:
            assert details[part] not in redacted
        else:
            assert part in redacted


@given(st.text(max_size=300))
def test_any_text_can_be_redacted_and_twice_is_the_same_as_once(text: str) -> None:
    once = redact(text).text

    assert once == redact(once).text


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,-/@+()'\n", max_size=200))
def test_text_like_that_of_patients_is_redacted_once_for_all(text: str) -> None:
    once = redact(text).text

    assert once == redact(once).text


@given(st.integers(0, 130), st.sampled_from(["years old", "weeks", "mg", "/10", "days ago", "%", "hours", "pounds"]))
def test_no_age_duration_dose_or_score_is_touched(number: int, unit: str) -> None:
    text = f"it is {number} {unit} and then {number}{unit}"

    assert text == redact(text).text


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999), st.sampled_from(["", "-", ".", " "]))
def test_no_phone_number_gets_through(area: int, exchange: int, line: int, between: str) -> None:
    phone = f"{area}{between}{exchange}{between}{line:04}"

    assert phone not in redact(f"call me at {phone} please").text


@given(st.integers(10**14, 10**15 - 1), st.sampled_from(["", " ", "-"]))
def test_no_card_number_gets_through(number: int, between: str) -> None:
    digits = next(f"{number}{check}" for check in range(10) if passes_luhn(f"{number}{check}"))
    card = between.join(digits[at : at + 4] for at in range(0, 16, 4))

    assert card not in redact(f"my card {card} thanks").text


def test_the_longest_message_made_of_beginnings_does_not_take_long() -> None:
    """No pattern goes back over the text again and again: this would run for minutes, and takes a blink."""
    pieces = ("1 a ", "1-", "a.", "name is ", "member id ", "12 Main ", "a@", "born on ", "+1 ", "Hi I'm A ")
    code = f"from bot.privacy.redaction import redact\nfor piece in {pieces}: redact(piece * (4000 // len(piece)))"

    # In a process of its own, which can be ended.
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, timeout=60, check=False)

    assert 0 == done.returncode


def test_no_training_question_loses_what_it_asks() -> None:
    """Of the questions the assistant is trained on, a handful holds a detail; nothing else may change."""
    changed = []
    for path in sorted((PROJECT / "data" / "nlu").glob("*.yml")):
        for block in YAML(typ="safe").load(path)["nlu"]:
            examples = (line.removeprefix("- ") for line in block["examples"].splitlines())
            changed += [text for text in examples if redact(text).found]

    assert len(changed) <= 12, changed
