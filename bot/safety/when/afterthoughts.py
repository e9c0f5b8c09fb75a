"""Clauses and stretches that say no more than when: "breast cancer, but in the nineties", "ten years ago, numb now"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bot.safety.patterns.matching import Span
from bot.safety.when.times import Time
from bot.safety.written.words import Word

# What may stand before the time, and what closes it.
_LEADS = frozenset(
    "that it this they those was were is be been way back all only in at around some about over like happened more "
    "than the had a done".split()
)
_OPENING_WORDS = 2
# Words between a sign and "always did".
_SAID_WITHIN = 6
_AGO = frozenset({"ago", "back", "prior", "earlier"})
_CLOSES = frozenset({"ago", "back", "now", "though", "only"})


def afterthoughts(
    words: tuple[Word, ...], contrasts: Collection[int], times: Iterable[Time], pasts: Iterable[Span]
) -> frozenset[int]:
    """The words with which such clauses begin: a "but", or the word behind a comma.

    Args:
        words: Those of the message.
        contrasts: Words that set two clauses against each other.
        times: The points and stretches of time that are named.
        pasts: Places of other words for a time long gone ("when I was 30").
    """
    ends = {t.start: t.end for t in times if t.kind != "bare"} | {at.start: at.end for at in pasts}
    return frozenset(
        index
        for index, word in enumerate(words)
        if index and (word.comma or index in contrasts) and is_only_when(words, index, index in contrasts, ends)
    )


def is_only_when(words: tuple[Word, ...], index: int, contrast: bool, ends: Mapping[int, int]) -> bool:
    """Whether the words from here on to a comma, an "and" or the end of the sentence only name a time.

    Args:
        words: Those of the message.
        index: The first word.
        contrast: Whether that is a "but".
        ends: Where each time that is named begins and ends.
    """
    sentence = words[index].sentence
    at = index + contrast
    while at < len(words) and at not in ends and words[at].text in _LEADS and words[at].sentence == sentence:
        at += 1
    if at not in ends or words[at].sentence != sentence:
        return False
    end = ends[at]
    while end < len(words) and words[end].text in _CLOSES and not words[end].comma and words[end].sentence == sentence:
        end += 1
    return end == len(words) or words[end].comma or words[end].sentence != sentence or words[end].text == "and"


def trails(words: tuple[Word, ...], at: Span) -> bool:
    """Whether a comma ends the clause at whose end this stretch stands: it belongs to what is before it."""
    end = at.end
    if end < len(words) and words[end].text in _AGO and not words[end].comma:
        end += 1
    if end >= len(words) or not words[end].comma or words[end].sentence != words[at.start].sentence:
        return False
    opening = max(0, at.start - _OPENING_WORDS)
    return at.start >= _OPENING_WORDS and all(
        words[i].sentence == words[at.start].sentence and not words[i + 1].comma for i in range(opening, at.start)
    )


def is_said_behind(words: tuple[Word, ...], span: Span, marks: Iterable[Span]) -> bool:
    """Whether a clause right behind the match is one of these: "I wobble on one leg at yoga, always did"."""
    return any(
        0 <= at.start - span.end <= _SAID_WITHIN
        and words[at.start].comma
        and words[at.start].sentence == words[span.start].sentence
        and not any(words[i].comma for i in range(span.end, at.start))
        for at in marks
    )
