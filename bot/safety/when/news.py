"""What is new though it sounds old: "numb for years. What's new is that ...", "since the birth, he's nine days old"."""

from __future__ import annotations

from bot.safety.patterns.matching import Span
from bot.safety.written.words import Word

# "The new thing is".
_NEWS = frozenset({"is", "thing", "bit", "part"})

_OF_BIRTH = frozenset(
    "birth births childbirth born kid kids child children baby babies twins delivery deliveries".split()
)


def opens_news(words: tuple[Word, ...], index: int) -> bool:
    """Whether the word of this number is the "new" of "what's new is ..."."""
    said = [word.text for word in words[max(0, index - 2) : index + 1]]
    return said[:1] == ["what"] and said[-1] == "new" and said[1] in ("is", "'s")


def is_of_what_follows(words: tuple[Word, ...], mark: Span, span: Span) -> bool:
    """Whether the "new" of the mark opens what is new, and the match stands before it."""
    if span.end > mark.start or words[mark.start].text != "new":
        return False
    after = next((word.text for word in words[mark.end : mark.end + 1]), "")
    return after in _NEWS or opens_news(words, mark.start)


def is_of_a_birth(words: tuple[Word, ...], mark: Span) -> bool:
    """Whether the mark dates something by a birth: "since the birth", "since having the twins"."""
    return any(word.text in _OF_BIRTH for word in words[mark.start : mark.end])
