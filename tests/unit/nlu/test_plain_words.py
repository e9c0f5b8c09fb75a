"""Chat shorthand, dialect and what a phone misheard are put into plain words, and other words stay."""

import pytest

from bot.faults import ContentFaults
from bot.nlu.words.plain_word_table import read_plain_words
from bot.nlu.words.plain_words import PlainWords
from bot.project import PROJECT

in_plain_words = PlainWords.read(PROJECT / "data" / "plain_words.yml")


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
        ("it does owt", "it does anything"),
        ("hubby ok tmrw in trackies", "husband ok tomorrow in joggers"),
        ("would pins hurt", "would needles hurt"),
        ("does it kill?", "does it hurt?"),
    ],
)
def test_shorthand_and_dialect_are_put_plainly(text, expected):
    assert expected == in_plain_words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Would you be so kind as to let me know your hours", "tell me your hours"),
        ("I should be most grateful if you could tell me what is done", "tell me what is done"),
        ("may I enquire, what does it cost", "tell me what does it cost"),
        ("Forgive the question, but does it hurt", " does it hurt"),
    ],
)
def test_what_is_put_politely_is_put_plainly(text, expected):
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
        "do I get pins and needles", "would pins in my hip matter", "does it kill the pain", "what do I fill in", "the attic", "is Ken there", "ah, I see", "a C section", "her back", "Berlin", "R",
    ],
)  # fmt: skip
def test_other_words_stay_as_they_are(text):
    assert in_plain_words(text) is text


def test_a_clinic_adds_a_word_of_its_dialect(tmp_path):
    """A word that is added to the file counts from the next reading on."""
    table = (PROJECT / "data" / "plain_words.yml").read_text(encoding="utf-8")
    file = tmp_path / "plain_words.yml"
    file.write_text(table.replace('  how: "hw', '  how: "wheowt hw'), encoding="utf-8")

    assert "how long" == PlainWords.read(file)("wheowt long")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('how: "hw hoo"', 'how: "hw hw"', "`hw` stands twice"),
        ('how: "hw hoo"', 'how: "how"', "`how` is the plain word itself"),
        (r"pattern: '\bit b\b'", "pattern: '(it b)?'", "holds where there is nothing"),
        (r"pattern: '\bit b\b'", r"pattern: '\bye ken\b'", "is that of beside[3] too"),
        ('one_of: "b"', 'one_of: "b!"', "`b!` is no one word"),
        ('one_of: "b"', 'one_of: " "', "names no word"),
    ],
)
def test_what_could_not_be_meant_is_refused(tmp_path, old, new, problem):
    table = (PROJECT / "data" / "plain_words.yml").read_text(encoding="utf-8")
    file = tmp_path / "plain_words.yml"
    file.write_text(table.replace(old, new), encoding="utf-8")

    with pytest.raises(ContentFaults) as told:
        read_plain_words(file)

    assert [problem] == [fault.problem for fault in told.value.faults]
