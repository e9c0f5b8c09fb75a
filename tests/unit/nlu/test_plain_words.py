"""Chat shorthand, dialect and what a phone misheard are put into plain words, and other words stay."""

import pytest

from bot.nlu.words.plain_words import in_plain_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hw much n wen can i cum", "how much and when can i cum"),
        ("wot r u lot doin wi' them needles", "what are you lot doing with those needles"),
        ("y does my bk ache", "why does my back ache"),
        ("gd 4 discs", "good for discs"),
        ("do i have 2 pay b4", "do i have to pay before"),
        ("is it nae sair", "is it not sore"),
        ("y'all fixin to treat me", "you going to treat me"),
        ("will it do owt", "will it do anything"),
    ],
)
def test_shorthand_and_dialect_are_put_plainly(text, expected):
    assert expected == in_plain_words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a cup puncture for sigh attica", "acupuncture for sciatica"),
        ("what are the side of facts", "what are the side effects"),
        ("does acupuncture her?", "does acupuncture hurt?"),
        ("how many sections question mark", "how many sessions?"),
        ("a slipped desk", "a slipped disc"),
        ("um how uh long", "how long"),
    ],
)
def test_what_a_phone_misheard_is_put_right(text, expected):
    assert expected == in_plain_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "hepatitis B", "my L4 and L5", "2 visits", "a flat tyre, a puncture", "I need her to come", "a standing desk",
        "what do I fill in", "the attic", "is Ken there", "ah, I see", "a C section", "her back", "Berlin", "R",
    ],
)  # fmt: skip
def test_other_words_stay_as_they_are(text):
    assert in_plain_words(text) is text
