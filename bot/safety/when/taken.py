"""Whether a medicine is taken now: "she takes warfarin for a clot of years ago"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.safety.patterns.matching import Span
from bot.safety.written.words import Word

SUBJECTS = frozenset({"i", "he", "she", "it", "they", "we"})
_TAKEN_WITHIN = 3
_TAKES = SUBJECTS | {"still", "do", "now", "always", "and", "also"}
_IS = frozenset({"am", "is", "be", "been", "'m", "'s", "still", "now"})


def is_taken_now(words: Sequence[Word], span: Span) -> bool:
    """Whether the words right before a medicine say that it is taken: "she takes warfarin", "I'm on Plavix"."""
    before = [word.text for word in words[max(0, span.start - _TAKEN_WITHIN) : span.start]]
    return any(
        verb == "takes" or (verb == "take" and (subject in _TAKES or not subject)) or (verb == "on" and subject in _IS)
        for subject, verb in zip(["", *before], before, strict=False)
    )
