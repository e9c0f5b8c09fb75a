"""A "no" that takes nothing back: "not a day without pain", "she did not notice", "the pills do nothing"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.safety.patterns.matching import Span
from bot.safety.written.words import NEGATORS, Word

# Not to be aware of it is the sign, not its denial.
_AWARE = frozenset(
    "notice noticing noticed know knowing knew known realise realised realize realized feel felt".split()
)
_WITHOUT = "without"
# Words before "without" among which a "no" turns it round, and what ends them.
_TURNED_ROUND_WITHIN = 8
_ENDS = frozenset({"and", "but", "or", "because", "so", "which", "though"})
_DOES = frozenset({"do", "does", "did", "done", "doing"})
# "It isn't just one leg": that is so, and more. "Not the usual pain": it is another.
_MORE, _OTHER = (
    frozenset({"just", "only", "merely", "simply"}),
    frozenset({"usual", "same", "old", "normal", "ordinary"}),
)
_OTHER_WITHIN = 2
# "Not one night that I don't sweat", "hardly a day goes by without": always.
_TIMES = frozenset("day days night nights hour minute moment second morning evening week time once".split())
_TIME_WITHIN = 3
# "Nothing new, a lump since June": what follows the comma is told of its own.
_NOTHING = frozenset({"nothing", "none"})
_OF_NOTHING = frozenset(
    "new else really much special unusual serious major big bad wrong changed different to report here so far of "
    " these those them that".split()
)
_CLOSED_WITHIN = 4
# "If not I am going to".
_THEN = frozenset("then i im ill he she we they my his her".split())
# "Nothing new, the back is stiff" denies it all the same.
_TOLD_BY_NEW = "new_or_worse_pain"


def denies_nothing(words: Sequence[Word], at: Span, span: Span, fact: str = "") -> bool:
    """Whether the denial at `at` leaves what is told at `span` as it is.

    Args:
        words: The message's.
        at: The words that deny.
        span: The words of a fact.
        fact: Which one.
    """
    inside = span.start < at.start and at.end < span.end
    if inside and words[at.end].text in _AWARE:
        return True  # "the trousers are wet and she did not notice"
    if words[at.start].text == "nothing" and at.start and words[at.start - 1].text in _DOES:
        return True  # "the pills do nothing, it stays numb"
    if (
        fact != _TOLD_BY_NEW
        and words[at.start].text in _NOTHING
        and (ends := _closed_at(words, at.end))
        and span.end > ends
    ):
        return True
    if words[at.end - 1].text == "not" and _is_or_else(words, at.end - 1):
        return True  # "will it work, if not I am going to end it"
    after = [word.text for word in words[at.end : at.end + _OTHER_WITHIN]]
    if words[at.end - 1].text == "not" and (_MORE.intersection(after[:1]) or _OTHER.intersection(after)):
        return True
    if any(_turned_round(words, index) for index in range(at.start, at.end)):
        return True
    # "No hour without pain": the "no" is of the hour.
    return any(_turned_round(words, index) for index in range(at.end, span.start))


def _is_or_else(words: Sequence[Word], no: int) -> bool:
    """Whether "if not" leaves out what would have to be, and what comes then follows it with somebody in it."""
    follows = words[no + 1] if no + 1 < len(words) else None
    if not no or words[no - 1].text != "if" or follows is None:
        return False
    return follows.comma or follows.text in _THEN


def _closed_at(words: Sequence[Word], start: int) -> int | None:
    """The number of the word before which a comma closes "nothing new"; None where it goes on without one."""
    for index in range(start, min(start + _CLOSED_WITHIN, len(words))):
        if words[index].comma:
            return index
        if words[index].text not in _OF_NOTHING:
            return None
    return None


def _turned_round(words: Sequence[Word], no: int) -> bool:
    """Whether a "no" before this one turns it round: "never a minute without pain", "no night I don't sweat"."""
    if words[no].text not in NEGATORS:
        return False
    for index in range(no - 1, max(-1, no - 1 - _TURNED_ROUND_WITHIN), -1):
        word, following = words[index], words[index + 1]
        if following.comma or word.sentence != following.sentence or word.text in _ENDS:
            return False
        if word.text in NEGATORS and word.text != _WITHOUT:
            is_always = any(w.text in _TIMES for w in words[index + 1 : index + 1 + _TIME_WITHIN])
            return words[no].text == _WITHOUT or (word.text == "never" and no == index + 1) or is_always
    return False
