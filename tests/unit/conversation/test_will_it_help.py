"""The many ways of asking whether it would help are read as one; what sounds like them and asks something else is not."""

import pytest

from bot.conversation.by_words.will_it_help import asks_whether_it_helps, plainly_asked

HELPS = "would acupuncture help"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("would acupuncture touch that", f"{HELPS} that"),
        ("bad hip, do you think needles would do anything", f"bad hip, {HELPS}"),
        ("could you guys do something for me", f"{HELPS} me"),
        ("can you shift it", f"{HELPS} it"),
        ("I wonder whether it might make a dent in my sciatica", f"I wonder whether {HELPS} my sciatica"),
        ("would needles be any use for an old back", f"{HELPS} an old back"),
        ("is this a thing you sort", HELPS),
        ("is that the sort of thing acupuncture people deal with?", f"{HELPS}?"),
        ("do you treat that kind of thing?", f"{HELPS}?"),
        ("anything you can do for it", f"{HELPS} it"),
        ("can anything be done about my sciatica", f"{HELPS} my sciatica"),
        ("worth coming in?", f"{HELPS}?"),
        ("is it worth a try", HELPS),
        ("would it make life easier for her", f"{HELPS} her"),
        ("can you take the pain away", HELPS),
        ("can the needles get me right again", HELPS),
        ("could they speed it up", HELPS),
        ("does acupuncture even make sense for her", f"{HELPS} her"),
        ("are you likely to be able to improve matters?", f"{HELPS}?"),
        ("this needle medicine can make good for her", f"{HELPS} her"),
        ("going to help my nan's back or not", f"{HELPS} my nan's back or not"),
        ("does this work on a back that's always tight", f"{HELPS} a back that's always tight"),
        ("would she get anything out of it", HELPS),
        ("would I be wasting my time", HELPS),
        ("you any good with those", f"{HELPS} those"),
        ("any joy with that", f"{HELPS} that"),
        ("crates all day, back is done in, any good for that", f"crates all day, back is done in, {HELPS} that"),
        ("prolapsed disc. anything for me here", f"prolapsed disc. {HELPS} me here"),
        ("could a session put it right", HELPS),
        ("can you calm my back down", f"{HELPS} my back down"),
    ],
)
def test_an_idiom_of_asking_whether_it_helps_is_put_plainly(text, expected):
    assert expected == plainly_asked(text)


@pytest.mark.parametrize(
    "text",
    [
        # What needles could harm.
        "can the needle touch a nerve", "could it shift a disc", "can it do any harm", "could it make it better or worse",
        "does it do anything to blood pressure", "will you touch my spine",
        "does that make sense", "does acupuncture make sense before surgery",
        # How soon, for how long, and whether only for a while.
        "how soon would it shift it", "will it get me better before the wedding", "does it fix it for good",
        "does it fix it or just mask it",
        # What is felt, how it works, whom it is good for.
        "would I feel anything", "does it work on nerves or muscles", "how does it work for pain", "is it good for him",
        "can it calm me down",
        # The clinic, a visit and what else one does.
        "can you fix my booking", "can you do something about the noise", "do you treat children", "do you do migraines",
        "can you do anything with herbs", "is it worth coming in with a cold", "is it worth booking again",
        "is it worth the money", "does it make a difference if I lie on my side", "can you crack my back", "do you do any good deals",
        "can you change my appointment", "are you any good at this", "is there anything for me to sign",
        # By itself it leans on the answer before it.
        "any use for that", "anything for it",
        "would a new chair make a difference", "anything I can do for it at home",
        # What is told.
        "the tablets don't do anything for it", "it doesn't touch the pain", "nothing seems to shift it",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_stays_as_it_is(text):
    assert plainly_asked(text) is text


@pytest.mark.parametrize("text", ["would it help my back", "do you think it could ease the ache", "worth a try"])
def test_it_is_asked_plainly_or_by_an_idiom(text):
    assert asks_whether_it_helps(text)


@pytest.mark.parametrize("text", ["can you help with parking when I come", "how does it help", "how long does it take"])
def test_other_questions_do_not_ask_it(text):
    assert not asks_whether_it_helps(text)
