"""Phrases of other languages: how they are written, what denies them, and what dates them years back."""

from __future__ import annotations

import re

import pytest

from bot.safety.patterns.rules import Tongue
from bot.safety.tongues.foreign_phrase import expression, literals, may_stand
from bot.safety.tongues.languages import Phrasebook
from bot.safety.written.letters import fold

SPANISH = Tongue(
    language="es",
    phrases={
        "major_trauma": ("[tuve|tuvo] un accidente",),
        "cancer_now": ("cancer",),
        "new_or_worse_pain": ("cancer…duele",),
        "both_legs": ("no siento las piernas", "dormid* & piernas"),
        "fever": ("fiebre", "tengo {celsius}", "{tenths}"),
        "suicidal": ("me muero",),
    },
    denials=("no tengo", "sin"),
    denials_after=("ninguna",),
    contrasts=("pero",),
    intensifiers=("ya", "casi"),
    harmless=("me muero de risa",),
    over=("despues del cancer",),
    long_ago=("hace [diez|veinte] años", "de niño"),
    lately=("ayer", "hoy"),
)
CHINESE = Tongue(
    language="zh", phrases={"both_legs": ("两腿 麻",)}, intensifiers=("都",), letters={"兩": "两"}, spaced=False
)
PUNJABI = Tongue(language="pa", phrases={"both_legs": ("ਲੱਤਾਂ…ਸੁੰਨ",)}, letters={"ੱ": "", "ੰ": "", "ਂ": ""})
RUSSIAN = Tongue(language="ru", phrases={"both_legs": ("не чувств* ног_",), "fever": ("жар_",)}, letters={"ё": "е"})


def _told(text: str, *tongues: Tongue) -> set[tuple[str, str]]:
    book = Phrasebook(tongues or (SPANISH,), {"major_trauma": "", "cancer_now": "cancer_past"})
    return {(found.fact, found.status) for found in book.findings(text)}


@pytest.mark.parametrize(
    "text",
    ["no siento las piernas", "no siento YA casi las piernas", "tengo las piernas dormidas", "dormidas las piernas"],
)
def test_a_phrase_is_found_with_words_of_degree_in_either_order_and_with_any_ending(text: str) -> None:
    assert ("both_legs", "present") in _told(text)


@pytest.mark.parametrize("text", ["tengo 39", "tengo 38,5", "39,5", "he medido 38.6 hoy"])
def test_a_fever_is_told_as_a_number(text: str) -> None:
    assert ("fever", "present") in _told(text)


@pytest.mark.parametrize("text", ["tengo 395", "39,5 km", "cuesta 38.50", "tengo 37", "$39.5", "139,5", "38.5 miles"])
def test_other_numbers_are_no_fever(text: str) -> None:
    assert set() == _told(text)


@pytest.mark.parametrize("text", ["no tengo fiebre", "sin fiebre", "fiebre ninguna"])
def test_what_is_denied_before_or_behind_is_absent(text: str) -> None:
    assert {("fever", "absent")} == _told(text)


@pytest.mark.parametrize(
    "text", ["no tengo seguro, fiebre sí", "no tengo seguro pero fiebre", "no tengo fiebre. fiebre ayer"]
)
def test_a_denial_reaches_to_the_next_mark_or_but_and_one_affirmed_place_is_enough(text: str) -> None:
    assert {("fever", "present")} == _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "hace diez años tuve un accidente",
        "tuve un accidente hace veinte años y la espalda me molesta",
        "tuve un accidente, de niño",
    ],
)
def test_an_event_of_years_ago_is_past(text: str) -> None:
    assert {("major_trauma", "past")} == _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "tuve un accidente",
        "ayer tuve un accidente",
        "hace diez años tuve un accidente y ayer otro",
        "vivo aquí hace diez años. Tuve un accidente",
        "hace diez años vivía en Perú, trabajaba, y tuve un accidente",
    ],
)
def test_an_event_alarms_where_its_date_is_in_doubt(text: str) -> None:
    assert {("major_trauma", "present")} == _told(text)


def test_an_illness_of_years_ago_is_history_and_a_sign_never_is() -> None:
    assert {("cancer_past", "present")} == _told("tuve cancer hace diez años")
    assert {("cancer_past", "present"), ("new_or_worse_pain", "past")} == _told("hace diez años cancer, duele")
    assert {("both_legs", "present")} == _told("hace diez años que no siento las piernas")


def test_a_saying_makes_the_phrase_within_it_harmless() -> None:
    assert {("suicidal", "harmless")} == _told("me muero de risa")
    assert {("suicidal", "present")} == _told("me muero")


def test_an_illness_told_as_past_is_none_unless_the_sentence_names_these_days() -> None:
    assert {("cancer_now", "harmless")} == _told("¿puedo ir después del cáncer?")
    assert {("cancer_now", "present")} == _told("ayer, después del cáncer")


@pytest.mark.parametrize("text", ["我两腿麻", "兩腿都麻", "两腿 麻"])
def test_a_script_without_blanks_is_read_in_both_sets_of_letters(text: str) -> None:
    assert {("both_legs", "present")} == _told(text, CHINESE)


def test_signs_that_many_leave_out_are_not_needed_and_places_stay_those_of_the_message() -> None:
    book = Phrasebook((PUNJABI,), {})

    assert ["ਲੱਤਾਂ ਸੁੰਨ"] == [found.phrase for found in book.findings("ਮੇਰੀਆਂ ਲੱਤਾਂ ਸੁੰਨ ਹਨ")]
    assert ["ਲਤਾ ਸੁਨ"] == [found.phrase for found in book.findings("ਲਤਾ ਸੁਨ")]


def test_a_word_may_have_any_ending_or_end_where_it_is_said_to() -> None:
    assert {("both_legs", "present")} == _told("я не чувствую ног!", RUSSIAN)
    assert set() == _told("не чувствую ногти", RUSSIAN)
    assert set() == _told("жаркое, пожар", RUSSIAN)
    assert {("fever", "present")} == _told("у меня жар", RUSSIAN)


WRITTEN = [
    ("[tuve|tuvo] un accidente", "ayer tuvo un accidente"),
    ("dormid*…[la |]pierna", "dormidas desde ayer las pierna"),
    ("tengo [ |mas de ]{celsius}", "tengo mas de 39"),
    ("muß's weh", "muss s weh"),
    ("für_ [mich|]", "fuer mich"),
    ("[me |]me muero", "me muero"),
]


@pytest.mark.parametrize(("phrase", "text"), WRITTEN)
def test_whatever_the_expression_of_a_phrase_finds_has_its_literals_in_order(phrase: str, text: str) -> None:
    assert re.search(expression(phrase, fold), text)
    assert may_stand(literals(phrase, fold), text)


@pytest.mark.parametrize("text", ["un accidente tuve", "tuve accidente", "dormir la pierna", "me mue"])
def test_a_phrase_of_which_a_part_is_missing_is_not_looked_for(text: str) -> None:
    assert not any(may_stand(literals(phrase, fold), text) for phrase, _ in WRITTEN[:3] + WRITTEN[5:])


@pytest.mark.parametrize(
    "text",
    ["ya no siento las peirnas", "no siento las piernnas", "tengo fiebbre y frio", "yo tuve un accidennte"],
)
def test_a_slip_in_a_word_of_danger_is_put_right(text: str) -> None:
    assert _told(text, SPANISH)
    assert all(text[f.start : f.end] == f.phrase for f in Phrasebook((SPANISH,), {}).findings(text))


def test_a_slip_that_denies_is_no_sign() -> None:
    assert ("fever", "absent") in _told("ya no tengo fiebbre", SPANISH)


@pytest.mark.parametrize("text", ["my accidente was long ago and it was fixed", "no accidentte", "cancerr"])
def test_an_english_slip_is_left_to_english(text: str) -> None:
    assert not _told(text.replace("accidente", "accidentte"), SPANISH)
