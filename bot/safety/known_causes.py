"""What an illness under control or an ordinary effort explains, and what a clinician has looked at (decision 0034)."""

from __future__ import annotations

from collections.abc import Collection

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, FactRule
from bot.safety.written.words import NEGATORS

_NOBODY = frozenset({"nobody", "unchecked"})
# Words before "checked", "under control" among which a "not" takes it away.
_DENIED_REACH = 3


class KnownCauses:
    """Tells of one message whether a sign in it is laid to a known illness.

    Args:
        reader: The message, with all concepts.
        context: The marks.
        contrasts: Words that set two clauses against each other ("but").
    """

    def __init__(self, reader: Reader, context: Context, contrasts: Collection[int]) -> None:
        self._reader = reader
        self._context = context
        self._contrasts = contrasts
        self._words = reader.message.words

    def explain(self, span: Span, rule: FactRule) -> bool:
        """Whether an ordinary cause explains the match, or an illness under control and nothing is new or worse."""
        if rule.explained_by and self._is_ordinary(span, rule):
            return True
        if not rule.known_causes or self._spans("worse"):
            return False
        if not any(self._is_beside(cause, span) for cause in self._reader.spans(rule.known_causes)):
            return False
        return any(
            self._is_beside(held, span) and not self._is_negated(held) and not self._is_turned(held, span)
            for mark in ("under_control", "checked")
            for held in self._spans(mark)
        )

    def _is_ordinary(self, span: Span, rule: FactRule) -> bool:
        """Whether it comes of what has the same effect on anyone, no more than that, and nothing else of its kind."""
        explained = self._reader.spans(rule.explained_by)
        if not _overlap(span, explained) or any(self._takes_back(at, span) for at in self._spans("out_of_proportion")):
            return False
        return all(_overlap(sign, explained) for sign in self._reader.spans(rule.found_by))

    def _takes_back(self, mark: Span, sign: Span) -> bool:
        """Whether it stands beside the sign and is no word of it: "an arm" tells more of breath, not of a weak arm."""
        return self._is_beside(mark, sign) and not (sign.start <= mark.start and mark.end <= sign.end)

    def is_checked(self) -> bool:
        """Whether the message says that a clinician has looked at it, and not that none has."""
        return any(not self._is_negated(at) for at in self._spans("checked"))

    def _spans(self, mark: str) -> list[Span]:
        return self._reader.spans(self._context.marks[mark])

    def _is_beside(self, at: Span, span: Span) -> bool:
        """Whether it stands in the same sentence or one next to it."""
        return abs(self._words[at.start].sentence - self._words[span.start].sentence) <= 1

    def _is_negated(self, at: Span) -> bool:
        words = self._words[max(0, at.start - _DENIED_REACH) : at.end]
        return any(w.text in NEGATORS | _NOBODY and w.sentence == self._words[at.start].sentence for w in words)

    def _is_turned(self, at: Span, span: Span) -> bool:
        """Whether a "but" stands between the two: "under control, but I can't get air"."""
        first, last = min(at.end, span.end), max(at.start, span.start)
        return any(index in self._contrasts for index in range(first, last))


def _overlap(span: Span, others: Collection[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)
