"""What an illness of years ago has left: "I had a stroke three years ago, my left side is still weak"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, FactRule
from bot.safety.when.times import Time

_YEARS = 365.0
# Words between the illness and when it was.
_DATED_WITHIN = 4
# The mark of what is still there also holds what has come back.
_RETURNS = frozenset({"again", "come", "comes", "came", "back"})
# What has not stayed as the illness left it. "Since" dates it anew, but for "ever since" and "since then".
_CHANGES = frozenset(
    "now lately recently again worse weaker worsening spreading increasing progressing changed changing suddenly "
    "sudden started began".split()
)


class LeftBehind:
    """Tells of one message whether a sign in it is what an old illness left.

    Args:
        reader: The message, with all concepts.
        context: The marks.
        times: The time expressions of the message.
    """

    def __init__(self, reader: Reader, context: Context, times: Sequence[Time]) -> None:
        self._reader = reader
        self._marks = context.marks
        self._times = times
        self._words = reader.message.words

    def explains(self, span: Span, rule: FactRule) -> bool:
        """Whether the sign is said to be there still since an illness of years ago, and nothing of it is new."""
        if not rule.left_by or not any(self._is_of_years_ago(at, span) for at in self._reader.spans(rule.left_by)):
            return False
        return self._stays(span) and not self._changes(span)

    def _is_of_years_ago(self, illness: Span, sign: Span) -> bool:
        if not 0 <= self._sentence(sign) - self._sentence(illness) <= 1:
            return False
        return any(
            time.kind == "ago"
            and time.days >= _YEARS
            and self._words[time.start].sentence == self._sentence(illness)
            and max(time.start - illness.end, illness.start - time.end) <= _DATED_WITHIN
            for time in self._times
        )

    def _stays(self, sign: Span) -> bool:
        return any(
            self._sentence(at) == self._sentence(sign)
            and not any(self._words[i].text in _RETURNS for i in range(at.start, at.end))
            for at in self._reader.spans(self._marks["still"])
        )

    def _changes(self, sign: Span) -> bool:
        if any(self._reader.spans(self._marks[mark]) for mark in ("worse", "just_now")):
            return True
        near = (self._sentence(sign), self._sentence(sign) + 1)
        return any(word.text in _CHANGES and word.sentence in near for word in self._words)

    def _sentence(self, span: Span) -> int:
        return self._words[span.start].sentence
