"""What is said behind of when it was: "I had cancer. That was in 2009", "a fever in May. That's long gone"."""

from __future__ import annotations

from collections.abc import Iterable

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, FactRule
from bot.safety.when.afterthoughts import is_only_when
from bot.safety.when.times import Time
from bot.safety.written.words import NEGATORS, Word

_LONG_AGO = "long_ago"
# Verbs that say when a sentence was true; "I had a fever" of "I had a fever in spring. That's long gone."
_IN_THE_PAST = frozenset("had was were could did went got came lost used".split())
_IN_THE_PRESENT = frozenset("am is are can has have do does now since".split())
# How a sentence opens that dates the one before it: "That was in 2009", "I had one in 2015".
_MEANS_IT = frozenset({"that", "it", "this", "those", "these", "they", "both"})
_HAD_IT = frozenset({"had", "got", "did"})
_WHO_HAD_IT = frozenset({"i", "he", "she", "we", "they"})
_IT = frozenset({"it", "one", "that", "this", "mine", "them"})
# What is "all gone" was then, and not this week: days since, or a word that tells as much beside it.
_GONE_DAYS = 14.0
_LONG = frozenset("years year months ages decades ago long since weeks".split())
_LONG_WITHIN = 3
# "Nearly all gone", "and it's gone".
_NOT_QUITE = NEGATORS | {"nearly", "almost", "mostly", "partly", "once", "until", "till", "when", "if"}
_IS = frozenset({"is", "are", "was", "be", "'s", "has", "have", "had"})
# A sentence of so few words that has no verb goes with the one before it.
_FRAGMENT = 3
_JOINS = frozenset({"and", "but", "so"})
_CLOSES = _JOINS | {"now", "with", "for", "thankfully", "it"}


class SentenceAfter:
    """Reads, for each sentence, the one after it.

    Args:
        reader: The message.
        context: The marks.
        times: The time expressions of the message.
    """

    def __init__(self, reader: Reader, context: Context, times: Iterable[Time]) -> None:
        self._reader = reader
        self._context = context
        self._words = reader.message.words
        self._times = _dated(self._words, times)
        self._then = {t.start for t in times if t.kind == "ago" and t.days >= _GONE_DAYS}
        self._then |= {at.start for c in context.cues if c.name == _LONG_AGO for at in reader.spans(c.concept)}

    def dates(self, span: Span) -> bool:
        """Whether it does no more than say when the match was."""
        return self._words[span.start].sentence in self._times

    def time(self, span: Span, rule: FactRule) -> Time | None:
        """The point in time that it gives for the match; an illness or a sign must be told as past."""
        sentence = self._words[span.start].sentence
        return self._times.get(sentence) if rule.nature == "event" or self._is_told_as_past(sentence) else None

    def says_it_is_over(self, span: Span, rule: FactRule) -> bool:
        """Whether it opens by saying that all is over that this one tells of the past, or a clause behind says so.

        Not where anything is said to be of today, or to go on.
        """
        sentence = self._words[span.start].sentence
        if rule.nature == "crisis":
            return False
        gone = self._reader.spans(self._context.marks["all_gone"])
        if not self._is_told_as_past(sentence, span) and not any(self._is_said_of(at, span) for at in gone):
            return False
        ended = any(
            self._words[at.start].sentence == sentence + 1 and self._words[at.start - 1].sentence == sentence
            for at in self._reader.spans(self._context.marks["all_over"])
        )
        ended = ended or any(self._is_gone(at, span) for at in gone)
        return ended and not any(self._words[at.start].sentence in (sentence, sentence + 1) for at in self._of_now())

    def _is_gone(self, at: Span, span: Span) -> bool:
        """Whether "all gone", behind the match, closes what was weeks ago: "a temperature two weeks ago, all gone"."""
        words, sentence = self._words, self._words[span.start].sentence
        if at.start < span.end or words[at.start - 1].text in _NOT_QUITE or self._goes_on(at):
            return False
        if words[at.start].sentence == sentence:
            opens = words[at.start].comma or words[at.start - 1].text in _JOINS or self._is_said_of(at, span)
        else:
            opens = words[at.start].sentence == sentence + 1 and words[at.start - 1].sentence == sentence
        long = any(word.text in _LONG for word in words[at.start : at.end + _LONG_WITHIN])
        return opens and (long or any(words[i].sentence == sentence and i < at.start for i in self._then))

    def _is_said_of(self, at: Span, span: Span) -> bool:
        """Whether "is all gone" is said of the match: "the fever I had last month is all gone now"."""
        between = self._words[span.end : at.start - 1]
        said = self._words[at.start - 1].text in _IS and not any(
            word.comma for word in self._words[span.end : at.start]
        )
        return said and any(word.text in _IN_THE_PAST for word in between)

    def _goes_on(self, at: Span) -> bool:
        """Whether what is "all gone" is none the less: "all gone to my chest", "all gone numb"."""
        longer = [o for o in self._reader.spans(self._context.marks["not_over"]) if o.start < at.end < o.end]
        if any(not any(word.comma for word in self._words[at.end : o.end]) for o in longer):
            return True  # and not "all gone now, just the stiff back"
        after = self._words[at.end] if at.end < len(self._words) else None
        if after is None or self._words[at.end - 1].text != "over" or after.comma:
            return False
        return after.sentence == self._words[at.start].sentence and after.text not in _CLOSES  # "all over my legs"

    def _of_now(self) -> list[Span]:
        marks = ("just_now", "still", "returned", "worse")
        return [at for mark in marks for at in self._reader.spans(self._context.marks[mark])]

    def _is_told_as_past(self, sentence: int, span: Span | None = None) -> bool:
        """Whether its verbs are of the past; with a match, those up to a comma behind it."""
        words = [word.text for word in self._words[: self._clause_end(span)] if word.sentence == sentence]
        if _IN_THE_PRESENT.intersection(words):
            return False
        if sentence and 0 < len(words) <= _FRAGMENT and not _IN_THE_PAST.intersection(words):
            return self._is_told_as_past(sentence - 1)  # "had the flu in the fall. Fever and all."
        return bool(_IN_THE_PAST.intersection(words))

    def _clause_end(self, span: Span | None) -> int:
        end = len(self._words) if span is None else span.end
        while end < len(self._words) and not self._words[end].comma:
            end += 1
        return end


def _dated(words: tuple[Word, ...], times: Iterable[Time]) -> dict[int, Time]:
    """The sentences that the next one does no more than date, by number, with that time.

    Args:
        words: Those of the message.
        times: The points and stretches of time that are named; only points count.
    """
    points = {t.start: t for t in times if t.kind == "ago"}
    ends = {start: t.end for start, t in points.items()}
    found: dict[int, Time] = {}
    for index, word in enumerate(words):
        if not index or words[index - 1].sentence == word.sentence:
            continue
        opening = _opening(words, index)
        if (
            0 < opening < len(words)
            and words[opening].sentence == word.sentence
            and is_only_when(words, opening, False, ends)
        ):
            at = next(i for i in range(opening, len(words)) if i in points)
            found[word.sentence - 1] = points[at]
    return found


def _opening(words: tuple[Word, ...], index: int) -> int:
    """The word behind which a sentence that begins here may say when what is before it was; 0 for none."""
    if words[index].text in _MEANS_IT:
        return index + 1
    texts = [word.text for word in words[index : index + 3]]
    first = int(bool(texts) and texts[0] in _WHO_HAD_IT)
    had = len(texts) > first + 1 and texts[first] in _HAD_IT and texts[first + 1] in _IT
    return index + first + 2 if had else 0
