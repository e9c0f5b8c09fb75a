"""Questions about anyone: "do people ever faint", "is sciatica ever in both legs", "do you treat both legs".

Nobody has what such a question names; those to the clinic are found by `clinic_questions`. A question that asks whether
something is all right ("is a numb groin serious?") may still be about the patient, so it leaves doubt.
"""

from __future__ import annotations

from bot.safety.clinic_questions import asked_of_the_clinic
from bot.safety.run_ons import clause_starts
from bot.safety.written.words import Message, Word

_OPENERS = frozenset({"do", "does", "can", "could", "is", "are", "will", "would", "might", "may", "should", "has"})
_ASKING = frozenset({"why", "what", "when", "how", "which", "who", "whats"})
_AFTER_ASKING = _OPENERS | {"'s", "be", "if", "happens", "causes", "often", "likely", "common", "dangerous", "about"}
_BEFORE = frozenset(
    "so and but hi hello hey also ok okay well please just quick question btw um separate separately oh hmm thanks "
    "just curious wondering general".split()
)
# Somebody particular, or something going on.
_PARTICULAR = frozenset(
    "i im me my mine myself he she his her him we us our this these now today yesterday tonight since suddenly lately "
    "started hours currently".split()
)
_ENDS = frozenset({"but", "because", "since", "cause", "cos", "as"})
_JUDGED = frozenset(
    "normal serious bad dangerous emergency ok okay fine safe worry worrying concerning concern wrong come urgent "
    "weird matter".split()
)
_ANYONE = frozenset(
    "people somebody someone patients patient anyone anybody others clients you folks persons men women ever "
    "effect effects acupuncturists doctors".split()
)
_BOOKING = frozenset({"appointment", "appointments", "opening", "openings", "slot", "slots", "availability", "price"})
_LEAST_WORDS = 4


def in_general(message: Message) -> dict[int, str]:
    """For each word that stands in a question about anyone, what it makes of a fact: "hypothetical" or "uncertain"."""
    found: dict[int, str] = {}
    words = message.words
    starts = clause_starts(words)
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or words[end].sentence != words[start].sentence:
            first, last = _clause(words, start, end)
            if first < last and (meaning := _meaning(words[first:last])):
                last = min((i for i in starts if first < i < last), default=last)
                found.update(dict.fromkeys(range(first, last), meaning))
            start = end
    return found


def to_the_clinic(message: Message) -> frozenset[int]:
    """The words that stand in a question about what the clinic does; a fact that is read in them is nobody's."""
    places = asked_of_the_clinic(message.text)
    return frozenset(
        number for number, word in enumerate(message.words) if any(start <= word.start < end for start, end in places)
    )


def _clause(words: tuple[Word, ...], start: int, end: int) -> tuple[int, int]:
    """The first clause of a sentence, without what leads up to it."""
    while start < end and words[start].text in _BEFORE:
        start += 1
    last = start + 1
    while last < end and words[last].text not in _ENDS and not words[last].comma:
        last += 1
    return start, min(last, end)


def _meaning(clause: tuple[Word, ...]) -> str:
    texts = [word.text for word in clause]
    if len(texts) < _LEAST_WORDS or "not" in texts[:3]:
        return ""
    said = set(texts)
    asks = texts[0] in _OPENERS or (texts[0] in _ASKING and texts[1] in _AFTER_ASKING)
    # "Have someone here who collapsed" leaves out "I" and asks nothing.
    asks = asks or (texts[:2] == ["have", "you"] and bool(said & (_ANYONE - {"you", "ever"})))
    anyone = bool(said & _ANYONE)
    if not asks or said & (_PARTICULAR - {"this"} if anyone else _PARTICULAR) or said & _BOOKING:
        return ""
    return "uncertain" if said & _JUDGED and not anyone else "hypothetical"
