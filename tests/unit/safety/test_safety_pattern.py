"""The pattern language, word by word."""

from __future__ import annotations

import pytest

from bot.safety.patterns.grammar import Grammar
from bot.safety.patterns.matching import Reader
from bot.safety.patterns.pattern import PatternError, parse
from bot.safety.written.words import Message, Word

FILLER = frozenset({"my", "the"})


def message(text: str) -> Message:
    """A message whose words are known only as written; a full stop ends a sentence."""
    words, sentence = [], 0
    for part in text.split():
        bare = part.rstrip(".")
        words.append(Word(bare, frozenset({bare}), 0, 0, sentence, False, "X"))
        sentence += part.endswith(".")
    return Message(text, tuple(words), FILLER)


def found(pattern: str, text: str, **lexicon: str) -> bool:
    """Whether the pattern matches anywhere in the text."""
    concepts = {name: parse(source) for name, source in lexicon.items()} | {"it": parse(pattern)}
    return bool(Reader(message(text), Grammar(concepts)).spans("it"))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("feel leg", "cannot feel my leg", True),
        ("feel leg", "feel pain leg", False),
        ("feel ~1 leg", "feel pain leg", True),
        ("feel ~1 leg", "leg feel", False),
        ("numb <2> leg", "leg went numb", True),
        ("numb <2> leg", "numb. leg", False),
        ("numb <<2>> leg", "numb. leg", True),
        ("numb <2> leg", "numb but leg", False),
        ("numb/tingle leg", "tingle leg", True),
        ("chest? pain", "pain", True),
        ("@number hours", "14 hours", True),
        ("a b <4> c d", "c d b a", False),
        ("a b <4> c d", "c d a b", True),
    ],
)
def test_a_pattern_matches(pattern: str, text: str, expected: bool) -> None:
    assert expected == found(pattern, text)


def test_a_lexicon_entry_may_be_a_phrase() -> None:
    assert found("@numb ~1 leg", "pins needles my leg", numb="pins needles")


def test_words_in_the_gap_are_not_used() -> None:
    spans = Reader(message("leg not numb"), Grammar({"it": parse("leg ~2 numb")})).spans("it")

    assert [0b101] == [span.used for span in spans]


@pytest.mark.parametrize("source", ["~2 leg", "leg ~2", "leg?", "leg + foot", ""])
def test_an_unreadable_pattern_is_refused(source: str) -> None:
    with pytest.raises(PatternError):
        parse(source)
