"""Words, spelling, inflection, time expressions and other languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from bot.safety.finding import Finding
from bot.safety.net import SafetyNet
from bot.safety.when.times import times
from bot.safety.written.inflection import bases
from bot.safety.written.letters import fold
from bot.safety.written.spelling import Speller
from bot.safety.written.words import Message, read

SPELLER = Speller({"numbness", "bladder", "urinate", "eliquis", "chest"}, {"num": "numb"}, frozenset({"blatter"}))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("blader", "bladder"),
        ("bladdre", "bladder"),
        ("numbnes", "numbness"),
        ("urinaet", "urinate"),
        ("num", "numb"),
        ("chess", None),
        ("bladder", None),
        ("blatter", None),
        ("walk", None),
    ],
)
def test_only_what_is_no_english_word_is_bent(written: str, meant: str | None) -> None:
    assert meant == SPELLER.correct(written)


@pytest.mark.parametrize(
    ("form", "base"), [("peeing", "pee"), ("felt", "feel"), ("legs", "leg"), ("dribbling", "dribble"), ("feet", "foot")]
)
def test_a_form_is_traced_to_its_base(form: str, base: str) -> None:
    assert base in bases(form)


def _message(nlp: Language, text: str) -> Message:
    return read(nlp(text), SPELLER.correct, frozenset())


@pytest.mark.parametrize("text", ["I can't pee", "i cant pee", "I cannot pee", "I can not pee", "i carnt pee"])
def test_contractions_are_opened(nlp: Language, text: str) -> None:
    assert ["i", "can", "not", "pee"] == [word.text for word in _message(nlp, text).words]


def test_a_missing_space_after_a_full_stop_still_ends_the_sentence(nlp: Language) -> None:
    words = _message(nlp, "my leg is numb.cant pee").words

    assert words[0].sentence != words[-1].sentence


def test_places_are_those_of_the_message(nlp: Language) -> None:
    text = "I’m fine, but my legs aren't."

    assert "legs" == next(text[w.start : w.end] for w in _message(nlp, text).words if w.text == "legs")


@pytest.mark.parametrize(
    ("text", "days", "kind"),
    [
        ("cancer 10 years ago", 3650, "ago"),
        ("numb for two weeks", 14, "for"),
        ("since 2016", 3650, "for"),
        ("in 2025", 365, "ago"),
        ("a couple of days ago", 2, "ago"),
        ("10yrs ago", 3650, "ago"),
        ("last year", 365, "ago"),
        ("a while back", 60, "ago"),
        ("in September", 57, "ago"),
        ("in Feb", 271, "ago"),
        ("I had it in January", 299, "ago"),
        ("last December", 330, "ago"),
        ("back in the nineties", 9855, "ago"),
        ("in the early 2000s", 6205, "ago"),
    ],
)
def test_a_time_is_understood(nlp: Language, text: str, days: float, kind: str) -> None:
    found = times(_message(nlp, text), date(2026, 11, 26))

    assert [(days, kind)] == [(time.days, time.kind) for time in found]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("No puedo orinar desde ayer", "bladder_change"),
        ("no siento las piernas", "both_legs"),
        ("Tengo dolor de pecho", "chest_or_breath"),
        ("ya no quiero vivir", "suicidal"),
        ("no puedo sentir mis piernas", "both_legs"),
        ("ya me tomé todo el frasco", "suicidal"),
        ("se me salió el orine anoche", "bladder_change"),
        ("me hice del baño encima", "bowel_change"),
        ("siento un hormigueo en la zona íntima", "saddle_numbness"),
        ("tengo las piernas débiles y no las puedo mover", "leg_weakness_severe"),
        ("tuve un choque ayer", "major_trauma"),
        ("me estoy desmayando", "other_emergency"),
        ("estoy embarazada y estoy sangrando", "pregnancy_danger"),
        ("me duele mucho el pecho y el brazo", "chest_or_breath"),
        ("me hago del baño sin darme cuenta", "bowel_change"),
        ("no puedo sentir mi pierna derecha", "leg_weakness_mild"),
        ("mi abuela se cayó y ya no se puede parar", "leg_weakness_severe"),
        ("j'ai très mal dans la poitrine", "chest_or_breath"),
        ("я не чувствую правую ногу", "leg_weakness_mild"),
        ("我不想活了", "suicidal"),
        ("tôi bị đau ngực và khó thở", "chest_or_breath"),
        ("не можу помочитися", "bladder_change"),
        ("не чувствую ног", "both_legs"),
        ("ਛਾਤੀ ਵਿੱਚ ਦਰਦ", "chest_or_breath"),
        ("j'ai avalé toutes mes pilules", "suicidal"),
        ("ich habe alle Tabletten geschluckt", "suicidal"),
        ("mein Mund hängt schief und ich lalle", "other_emergency"),
        ("kann meine Füße seit heute nicht mehr heben", "leg_weakness_severe"),
        ("las piernas no me sostienen", "leg_weakness_severe"),
        ("estoy embarazada y sangro mucho", "pregnancy_danger"),
        ("mis dos piernas no me responden", "both_legs"),
        ("j'ai les fesses et le sexe tout endormis", "saddle_numbness"),
        ("jai la langue qui a gonflé", "other_emergency"),
        ("ich fuehle meine Füsse nicht mehr", "both_legs"),
        ("ploetzlich ist die eine koerperhaelfte gelaehmt", "leg_weakness_severe"),
        ("bei mir wurde Lungenkrebs festgestellt", "cancer_now"),
    ],
)
def test_a_danger_in_another_language_is_found(
    scan: Callable[[str], tuple[Finding, ...]], text: str, fact: str
) -> None:
    assert (fact, "present") in {(f.fact, f.status) for f in scan(text)}


def test_a_denial_in_spanish_is_found(scan: Callable[[str], tuple[Finding, ...]]) -> None:
    assert {"absent"} == {f.status for f in scan("no tengo dolor de pecho ni fiebre")}


@pytest.mark.parametrize(
    "text",
    [
        "combien de temps dure la séance",
        "mein Nacken ist steif vom Computer",
        "tengo el cuello tieso de tanto trabajar",
        "j'ai la nuque raide après le bureau",
        "mein Bein ist beim Fernsehen eingeschlafen",
    ],
)
def test_plain_talk_in_another_language_is_no_danger(scan: Callable[[str], tuple[Finding, ...]], text: str) -> None:
    assert not [f for f in scan(text) if f.status == "present" and f.fact in ("fever", "sepsis_signs", "both_legs")]


def test_folding_keeps_every_place() -> None:
    text = "Ñandú İ ß đau ngực"

    assert len(text) == len(fold(text))


def test_an_empty_message_has_no_facts(net: SafetyNet, nlp: Language) -> None:
    assert () == net.scan(nlp(""))
    assert () == net.scan(nlp("?!..."))


@pytest.mark.parametrize(
    ("text", "fact", "status"),
    [
        ("Do people ever faint during acupuncture?", "other_emergency", "hypothetical"),
        ("is sciatica ever in both legs", "both_legs", "hypothetical"),
        ("is a numb groin serious", "saddle_numbness", "uncertain"),
        ("thyroid cancer years ago, legs won't hold me", "leg_weakness_severe", "present"),
        ("melanoma in 2018, new pain in my back", "new_or_worse_pain", "present"),
        ("bladder's been a bit odd", "bladder_change", "uncertain"),
        ("something's not right downstairs", "saddle_numbness", "uncertain"),
    ],
)
def test_questions_times_and_vague_words_decide_the_status(
    scan: Callable[[str], tuple[Finding, ...]], text: str, fact: str, status: str
) -> None:
    assert {f.status for f in scan(text) if f.fact == fact} == {status}


def test_what_is_old_unchanged_and_known_is_old(scan: Callable[[str], tuple[Finding, ...]]) -> None:
    found = scan("my left foot's been numb since surgery in 2012, surgeon knows, same as ever")

    assert {f.onset for f in found if f.fact == "leg_weakness_mild"} == {"old"}


def test_the_illness_of_a_relative_who_has_pain_now_is_the_patients(scan: Callable[[str], tuple[Finding, ...]]) -> None:
    found = scan("my husband has myeloma and new back pain since the weekend")

    assert {f.subject for f in found if f.fact == "cancer_now"} == {"patient"}


def test_two_spans_of_time_that_begin_at_the_same_word_are_both_read(
    scan: Callable[[str], tuple[Finding, ...]],
) -> None:
    found = scan("cracked a bone in my back a couple years some years ago, only stiff now")

    assert "present" not in [f.status for f in found if f.fact == "major_trauma"]
