"""Where a clause of its own begins in words that run on without a mark: "does it hurt | my crotch is numb".

What is asked, denied or dated in one clause is not said of the next, as where a full stop parts them. The patterns of a
fact do not ask here: their words may stand in two clauses ("when I wipe I feel nothing").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.safety.patterns.matching import Span
from bot.safety.written.words import Word

_PERSONS = frozenset({"i", "we", "he", "she", "they"})
_THERE = frozenset({"it", "there"})
_OWNERS = frozenset({"my", "his", "her", "our", "both", "one"})
# What begins a clause begins with one of these behind the one that has it: "i have", "my foot is", "it has".
_FINITE = frozenset(
    "be am is are was were 's have has had do does did can could will would went goes gone keep keeps kept started "
    "starts feel feels felt hurt hurts gave gives drags drops burns looks got gets cannot broke s".split()
)
# Words of an owner's own before its verb: "my right leg", "one side of my face".
_OWNED_WITHIN, _PARTED_WITHIN, _PARTED = 3, 5, frozenset({"one", "both"})
_OF_A_PAIR = frozenset({"side", "half", "leg", "foot", "arm", "hand", "eye"})
# After these a clause goes on: "if i faint", "i think my leg is", "how do i", "every time i".
_GOVERN = frozenset(
    "if when whenever while that because cause cos since after before until till unless as like than though although "
    "which who whose whom what whats why how where whether or nor not never once wherever however "
    "say says said saying tell tells told telling think thinks thought know knows knew hope hopes hoping wish wishes "
    "feel feels felt feeling guess believe suppose reckon mean means worry worried afraid scared sure notice noticed "
    "see saw find found realise realised realize realized swear fear feared imagine dreamt dreamed case "
    "thing things all only least first last every each "
    "hear heard show shows showed ask asked "
    "maybe perhaps possibly wonder wondering doubt bet only even just be do does did is are am was "
    "were can could will would should may might "
    "must shall to".split()
)
# These alone govern across a comma as well: "if, like, i faint"; "don't worry, i have cancer" are two clauses.
_GOVERN_ACROSS_A_COMMA = frozenset(
    "if when whenever while that because cause cos since after before until till unless as like than though although "
    "which who whose whom how where whether say says said saying tell tells told telling".split()
)
# "Makes my leg go numb", but "will it help i have been numb".
_CAUSES = frozenset("make makes made making let lets help helps have has had keep keeps kept hurt hurts".split())
# "Had a frozen shoulder", nobody named.
_HAD, _OF_WHAT = "had", frozenset({"a", "an", "my", "some"})
# "The day i fell", but "all day i had": with one of these before it.
_WHEN = frozenset("way time times moment minute second day night morning week month year bit".split())
_THAT_ONE = frozenset("the every each any that last first next one some".split())
_GOVERNING = frozenset({"ADP", "SCONJ", "AUX", "PART", "DET"})
# "Laughed so hard I cried".
_SO_MUCH, _SO_WITHIN = frozenset({"so", "such", "too"}), 6
_JOINTS = frozenset({"and", "but", "so", "then"})
# "After an operation three years ago my leg is numb": one clause.
_LEADS_ON = frozenset({"since", "after", "when", "ever", "from", "because", "following"})
_JOINS_ON = frozenset({"and", "so", "then", "now"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def clause_starts(words: Sequence[Word]) -> frozenset[int]:
    """The numbers of the words with which a clause of its own begins within a sentence."""
    return frozenset(
        index
        for index in range(1, len(words))
        if words[index].sentence == words[index - 1].sentence and _begins(words, index)
    )


def _is_governed(words: Sequence[Word], index: int) -> bool:
    """Whether the word before this one has the clause go on: "if i faint", "the day i fell"."""
    before = words[index - 1]
    if before.text == "worry" and _is_told_not_to(words, index - 1):
        return False
    if words[index].comma:
        return before.text in _GOVERN_ACROSS_A_COMMA
    if before.text in _WHEN and index > 1 and words[index - 2].text in _THAT_ONE:
        return True
    return before.text not in _JOINTS and (before.text in _GOVERN or before.pos in _GOVERNING)


def _is_told_not_to(words: Sequence[Word], index: int) -> bool:
    """Whether it is somebody's comfort and nobody's fear: "don't worry i have a doctor", not "i don't worry"."""
    told = [word.text for word in words[max(0, index - 3) : index]]
    return told[-2:] in (["do", "not"], ["not", "to"]) and not _PERSONS.intersection(told)


def _begins(words: Sequence[Word], index: int) -> bool:
    word, before = words[index], words[index - 1]
    if _is_governed(words, index) or index + 1 >= len(words) or words[index + 1].sentence != word.sentence:
        return False
    after = words[index + 1]
    if word.text in _PERSONS:
        if any(words[i].text in _SO_MUCH for i in range(max(0, index - _SO_WITHIN), index - 1)):
            return False
        return after.text in _FINITE or after.pos in ("VERB", "AUX", "ADV")
    if word.text in _THERE:
        return after.text in _FINITE
    if word.text == "one" and after.text not in _OF_A_PAIR:
        return False
    if word.text in _OWNERS and (word.text in _PARTED or before.text not in _CAUSES - {"hurt", "hurts"}):
        within = _PARTED_WITHIN if word.text in _PARTED else _OWNED_WITHIN
        for owned in words[index + 1 : index + 2 + within]:
            if owned.sentence != word.sentence or owned.comma or owned.text in _JOINTS:
                return False
            if owned is not after and owned.text in _FINITE:
                return True
    return False


_JOINS = frozenset({"and", "but", "then"})
_BEFORE_A_TIME = frozenset("in back about around some roughly like over maybe at".split())


def opens_sentence(words: Sequence[Word], index: int) -> bool:
    """Whether no noun stands before this word in its part of the sentence: "years ago i came", "as a kid i fell".

    A part begins at a comma, and at an "and" with the word right behind it: "i'm 52 and in 2016 i had".
    """
    first = index
    while first and not words[first].comma and words[first - 1].sentence == words[index].sentence:
        if words[first - 1].text in _JOINS and all(word.text in _BEFORE_A_TIME for word in words[first:index]):
            break
        first -= 1
    said = {word.text for word in words[first:index]}
    return bool(said & _LEADS_ON) or not (said & _PERSONS or names_something(words, first, index))


def passes_into(starts: Collection[int], at: Span, end: int) -> bool:
    """Whether a pattern passes over words into another clause, which begins behind its own first and before `end`."""
    return any(
        index in starts and not (at.used >> index & 1 and at.used >> (index - 1) & 1)
        for index in range(at.start + 1, min(at.end, end))
    )


def new_tellings(words: Sequence[Word], nature: str, *, over_commas: bool = True) -> frozenset[int]:
    """The starts of clauses in which somebody tells of another thing, which what is before does not explain.

    "Drank two litres and I pee all day", "after the hike my legs were like wood" may be explained, and a symptom also
    across a comma ("sauna twice a week, I sweat like mad") where `over_commas` says so; a wish to die is never told so.
    """
    if nature == "crisis":
        return frozenset()
    return frozenset(
        index
        for index in clause_starts(words)
        if words[index].text in _PERSONS | _THERE
        and not (over_commas and nature in ("symptom", "event") and words[index].comma)
        and words[index - 1].text not in _JOINS_ON
    )


def tells_of_another(words: Sequence[Word], starts: Collection[int], start: int, end: int) -> bool:
    """Whether between two places a clause begins that tells of something else: "numb | had a fall but that's healed".

    "I had my appendix out years ago" is of that, "the numbness I had years ago" is not.
    """
    return any(
        (index in starts or _begins_with_had(words, index)) and names_something(words, index, end)
        for index in range(start, end)
    )


def _begins_with_had(words: Sequence[Word], index: int) -> bool:
    """Whether "had a ..." begins a clause in which nobody is named."""
    if words[index].text != _HAD or index + 1 >= len(words) or words[index + 1].text not in _OF_WHAT:
        return False
    return words[index - 1].text not in _PERSONS | {"who", "which", "that", "have", "not"}


def names_something(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a noun stands between two places."""
    return any(word.pos in _NOUNS for word in words[start:end])
