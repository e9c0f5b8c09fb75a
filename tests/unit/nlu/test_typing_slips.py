"""A slip of a finger in an everyday word is put right before a message is read, and what is no slip stays."""

import pytest

from bot.faults import ContentFaults
from bot.nlu.words.slip_table import read_typing_slips
from bot.nlu.words.typing_slips import TYPING_SLIPS, TypingSlips
from bot.project import PROJECT

without_slips = TypingSlips.read()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("wyh", "why"),
        ("tepl me who does it", "tell me who does it"),
        ("andd for chronic pain?", "and for chronic pain?"),
        ("where's it frpm", "where's it from"),
        ("do tey go away", "do they go away"),
        ("my nuts are nmb", "my nuts are numb"),
        ("Doess it relax you?", "Does it relax you?"),
        ("thse are the ones", "these are the ones"),
    ],
)
def test_a_wrong_missing_doubled_or_moved_letter_is_put_right(text, meant):
    assert meant == without_slips(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("isparking free", "is parking free"),
        ("who does it, anddo you", "who does it, and do you"),
        ("who doesit, and when", "who does it, and when"),
        ("is it forthe back", "is it for the back"),
        ("I've no ticed a bump on my spine", "I've noticed a bump on my spine"),
        ("what do you f eel", "what do you feel"),
        ("my lef t leg", "my left leg"),
    ],
)
def test_a_space_too_many_or_too_few_is_put_right(text, meant):
    assert meant == without_slips(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("my lower bank hurts", "my lower back hurts"),
        ("do the needless hurt", "do the needles hurt"),
        ("my left log is numb", "my left leg is numb"),
        ("cant fell my bottom", "cant feel my bottom"),
        ("i slid of the bed", "i slid off the bed"),
        ("tree weeks ago", "three weeks ago"),
        ("how ling is a session", "how long is a session"),
        ("dose it hurt", "does it hurt"),
        ("i know how id do it", "i know how I'd do it"),
    ],
)
def test_a_real_word_that_was_meant_to_be_another_is_told_by_the_words_beside_it(text, meant):
    assert meant == without_slips(text)


@pytest.mark.parametrize(
    "text",
    [
        "can i pay at the bank", "needless to say", "my legs feel like two logs", "i fell on the ice", "a low dose of it",
        "i came of age", "the weak leg", "ever since lockdown", "my cat won't eat her food", "i play chess",
        "we planted a tree three days ago", "show my id", "take a pan of hot water", "the king", "the window pane",
    ],
)  # fmt: skip
def test_the_same_word_in_its_own_meaning_stays(text):
    assert text is without_slips(text)


@pytest.mark.parametrize(
    "text",
    [
        "i take a statin", "do i have copd or als", "my dad has ibs", "is gabapentin ok", "do you take hsa cards",
        "my sats are dropping", "i do deadlifts on nightshift", "ask for Jaqcues", "mail me at hte@tihs.com",
        "anyone elses", "hehe", "how e dey work", "but e no say", "B road", "my RA", "the ER in town", "a 9mm stnet",
    ],
)  # fmt: skip
def test_abbreviations_medicines_names_and_rare_words_stay(text):
    assert text is without_slips(text)


@pytest.mark.parametrize(
    "text",
    [
        "no puedo mover la pierna", "hola necesito ayuda", "ik heb pijn in mijn rug", "wie viel kostet das",
        "non sono incinta", "no siento las piernas desde ayer", "у меня болит спина", "bac", "hace un mes",
    ],
)  # fmt: skip
def test_other_languages_stay(text):
    assert text is without_slips(text)


def test_what_is_all_in_capitals_is_read_in_small_letters():
    assert "What is a visit like? Can I drive" == without_slips("WHAT IS A VISIT LIKE? CAN I DRIVE")


@pytest.mark.parametrize("text", ["MRI", "I", "does an MRI help", "IBS AND me"])
def test_an_abbreviation_keeps_its_capitals(text):
    assert text == without_slips(text)


def test_hesitation_is_not_read():
    assert "does it hurt when they go in" == without_slips("um does it uhm hurt when um they uh go in")


@pytest.mark.parametrize("text", ["um", "uh oh", "uh huh"])
def test_hesitation_that_is_all_that_is_said_stays(text):
    assert text == without_slips(text)


def test_a_clinic_adds_a_word_that_is_no_slip(tmp_path):
    table = TYPING_SLIPS.read_text(encoding="utf-8")
    file = tmp_path / "typing_slips.yml"
    file.write_text(table.replace("left_alone: >-\n  als ", "left_alone: >-\n  thse als "), encoding="utf-8")
    plain = PROJECT / "data" / "plain_words.yml"
    assert TypingSlips.read(file, plain)("thse are open") == "thse are open"


def test_a_table_that_cannot_be_used_is_named(tmp_path):
    file = tmp_path / "typing_slips.yml"
    file.write_text("everyday: the the b4\nleft_alone: mri\nmistaken: []\n", encoding="utf-8")
    with pytest.raises(ContentFaults, match="stands twice") as faults:
        read_typing_slips(file)
    assert "`b4` is no one word" in str(faults.value)
    file.write_text("everyday: the\nleft_alone: mri\nmistaken: none\n", encoding="utf-8")
    with pytest.raises(ContentFaults, match="is no list"):
        read_typing_slips(file)
