"""What is supposed and is so all the same: "what if I keep blacking out", "can I come, also I have a fever"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.safety.patterns.matching import Span
from bot.safety.patterns.rules import Cue, FactRule
from bot.safety.written.words import Word

_OPENS_ANOTHER = frozenset({"also", "and", "but", "plus"})
_I_AM = (["i", "have"], ["i", "be"], ["i", "am"], ["i", "'ve"])
_SOMEBODY = frozenset({"i", "he", "she", "we", "my", "his", "her"})


def is_so_all_the_same(words: Sequence[Word], cue: Cue, span: Span, rule: FactRule) -> bool:
    """Whether what a cue only supposes is somebody's.

    Args:
        words: Of the message.
        cue: One that supposes.
        span: What it would reach.
        rule: By which that was found.
    """
    return (rule.acute and _recurs(words, span)) or (cue.looks == "forward" and _goes_on_of_oneself(words, span))


def _goes_on_of_oneself(words: Sequence[Word], span: Span) -> bool:
    """Whether a clause of the match tells of the writer what another only asks: "at 30 weeks, also I have"."""
    return any(
        words[i].text in _OPENS_ANOTHER and [word.text for word in words[i + 1 : i + 3]] in _I_AM
        for i in range(span.start + 1, span.end - 1)
    )


def _recurs(words: Sequence[Word], span: Span) -> bool:
    """Whether what is asked about keeps coming back to somebody: "what if I keep fainting"."""
    near = range(max(0, span.start - 1), min(span.start + 2, len(words)))
    kept = next((i for i in near if words[i].text in ("keep", "keeps")), 0)
    return any(word.text in _SOMEBODY for word in words[max(0, kept - 2) : kept])
