"""What was only supposed, or asked about, and is then said to be so: "if I get numb I should go; it is numb now"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.safety.patterns.matching import Span
from bot.safety.when.times import Time
from bot.safety.when.timing import OVER_DAYS
from bot.safety.written.words import NEGATORS, Word

# After "now it is": what was supposed has not come true.
_NO_MORE_THAN = frozenset({"only", "just", "merely", "fine", "ok", "okay", "normal"})
# "None of that has happened".
_NONE = frozenset({"none", "nothing", "neither"})
# "And now I am paranoid": what has come is worry, and not what is worried about.
_WORRY = frozenset(
    "paranoid worried scared anxious afraid frightened terrified nervous convinced worry worrying wonder wondering "
    "panic panicking overthinking keep think thinking spooked freaked creeped wary skittish squeamish".split()
)
_WORRY_REACH = 3
# Words between "mine was" and when that was.
_DATED_WITHIN = 3


class Fulfilled:
    """Reads what comes true in one message.

    Args:
        words: Those of the message.
        marks: Where it says that something is so: "it is now", "mine was".
        times: The time expressions of the message.
    """

    def __init__(self, words: Sequence[Word], marks: Sequence[Span], times: Sequence[Time]) -> None:
        self._words = words
        self._marks = marks
        self._times = times

    def holds(self, span: Span) -> bool:
        """Whether what was supposed at `span` is said to be so, in its sentence or the next."""
        said = self._words[span.start].sentence
        return any(
            mark.start >= span.end
            and self._words[mark.start].sentence - said <= 1
            and not self._is_of_the_past(mark)
            and not self._befell_another(mark)
            and not self._is_taken_back(mark)
            for mark in self._marks
        )

    def _is_taken_back(self, mark: Span) -> bool:
        """Whether nothing has come, or no more than worry: "now it is only sore", "none of that has happened"."""
        after = self._words[mark.end : mark.end + 1]
        before = [w for w in self._words[: mark.start] if w.sentence == self._words[mark.start].sentence]
        return (
            any(word.text in NEGATORS | _NO_MORE_THAN for word in after)
            or any(word.text in _NONE for word in before)
            or any(word.text in _WORRY for word in self._words[mark.start : mark.end + _WORRY_REACH])
        )

    def _befell_another(self, mark: Span) -> bool:
        """Whether it came true for somebody else: "is fainting a thing? It happened to a friend"."""
        after = [word.text for word in self._words[mark.end : mark.end + 2]]
        return after[:1] == ["to"] and after[1:] not in (["me"], ["us"], ["him"], ["her"])

    def _is_of_the_past(self, mark: Span) -> bool:
        """Whether what has come true did so months ago: "does it cover a car accident? Mine was three years ago"."""
        return any(
            time.kind == "ago" and time.days >= OVER_DAYS and 0 <= time.start - mark.end <= _DATED_WITHIN
            for time in self._times
        )
