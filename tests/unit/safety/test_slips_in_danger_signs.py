"""A danger sign with a slip of a finger is heard as without it."""

import pytest

from bot.nlu.words.typing_slips import TypingSlips

without_slips = TypingSlips.read()


def facts(net, nlp, text):
    found = net.scan(nlp(without_slips(text)))
    return {(finding.fact, finding.status, finding.subject) for finding in found}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("my nuts are nmb since the deadlifts on tuesday", "my nuts are numb since the deadlifts on tuesday"),
        ("i canont pee since this morning", "i cannot pee since this morning"),
        ("mum 82 slid of the bed on monday, back sore since", "mum 82 slid off the bed on monday, back sore since"),
        ("i can't fell my bottom when i sit", "i can't feel my bottom when i sit"),
        ("weakness in both lgs since friday", "weakness in both legs since friday"),
        ("my left log wont hold me since today", "my left leg wont hold me since today"),
        ("got ever for two days with back pain", "got fever for two days with back pain"),
        ("no ticed a hard lump near my spine last week", "noticed a hard lump near my spine last week"),
        ("back pain and chess pain since an hour", "back pain and chest pain since an hour"),
        ("i have a cheat pain and my arm hurts", "i have a chest pain and my arm hurts"),
        ("i lost control of my blather", "i lost control of my bladder"),
        ("no feeling in my grain area", "no feeling in my groin area"),
        ("i want to due tonight", "i want to die tonight"),
        ("MY LEGS ARE NUMB AND I CANT PEE", "my legs are numb and I cant pee"),
        ("um my legs are um numb and uh i cant pee", "my legs are numb and i cant pee"),
    ],
)
def test_it_is_heard(typed, meant, net, nlp):
    heard = facts(net, nlp, meant)
    assert heard
    assert heard == facts(net, nlp, typed)


@pytest.mark.parametrize(
    "text",
    [
        "i left my log in the fire", "i pay at the bank", "my cat won't eat her food", "i play chess with my dad",
        "needless to say it's fine", "when is it due", "i want to dye my hair", "he fell of course for it", "my pear tree",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_slip_is_no_danger_sign(text, net, nlp):
    assert not facts(net, nlp, text)
