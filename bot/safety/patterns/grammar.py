"""Lexicon and patterns, compiled: which of them a message may match. Where they stand in it: `matching`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bot.safety.patterns.pattern import NUMBER, Pattern, Relation, Step
from bot.safety.written.words import Message


@dataclass(frozen=True)
class Place:
    """A step, with its words replaced by the number of their word set (-1 for none)."""

    word_set: int
    concepts: tuple[str, ...]
    relation: Relation


@dataclass(frozen=True)
class WordSequence:
    """A compiled pattern: groups of places, and for each place the word sets of which one must be in the message.

    Words in order bind tighter than "near": `a b <4> c d` is (a b) near (c d).
    """

    groups: tuple[tuple[Place, ...], ...]
    needs: tuple[frozenset[int], ...]


class Grammar:
    """All concepts by name, each a list of patterns over words and other concepts.

    Args:
        concepts: The patterns by concept name.

    Raises:
        KeyError: when a pattern names a concept that is not there; the loader has checked this before.
    """

    def __init__(self, concepts: Mapping[str, Iterable[Pattern]]) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._by_exact: dict[str, list[int]] = {}
        self._numbers: list[int] = []
        self._sets: dict[tuple[frozenset[str], frozenset[str]], int] = {}
        self._singles: dict[str, int] = {}
        places = {name: self._compile(name, tuple(patterns)) for name, patterns in concepts.items()}
        self._needs = self._all_needs(places)
        members = cache(_members)
        self._sequences = [
            (name, WordSequence(_groups(sequence), tuple(members(self._need(place)) for place in sequence)))
            for name, sequences in places.items()
            for sequence in sequences
        ]
        self._concepts_of: dict[int, list[str]] = {}
        for name, word_set in self._singles.items():
            self._concepts_of.setdefault(word_set, []).append(name)
        # A message holds a few of thousands of word sets: from these the few sequences follow that it may match.
        self._by_set: dict[int, list[int]] = {}
        self._other_needs: list[tuple[frozenset[int], ...]] = []
        for number, (_, sequence) in enumerate(self._sequences):
            rarest, *others = sorted(sequence.needs, key=len)
            self._other_needs.append(tuple(dict.fromkeys(need for need in others if need != rarest)))
            for word_set in rarest:
                self._by_set.setdefault(word_set, []).append(number)

    @property
    def words(self) -> frozenset[str]:
        """Every word the patterns know."""
        return frozenset(self._by_word) | frozenset(self._by_exact)

    def positions(self, message: Message) -> dict[int, list[int]]:
        """Where the words of each word set stand in a message, for the sets that stand there at all."""
        positions: dict[int, list[int]] = {}
        for index, word in enumerate(message.words):
            hits: set[int] = set(self._by_exact.get(word.text, ()))
            for form in word.forms:
                hits.update(self._by_word.get(form, ()))
            if word.text[0].isdigit():
                hits.update(self._numbers)
            for hit in hits:
                positions.setdefault(hit, []).append(index)
        return positions

    def set_of(self, concept: str) -> int:
        """The number of the word set that holds the concept's single words; -1 for none."""
        return self._singles.get(concept, -1)

    def singles(self, present: frozenset[int]) -> set[str]:
        """The concepts of which a single word is in a message with these word sets."""
        return set[str]().union(*map(self._concepts_of.__getitem__, present & self._concepts_of.keys()))

    def possible(self, present: frozenset[int]) -> dict[str, list[WordSequence]]:
        """The patterns of more than one word that a message with these word sets may match, by concept."""
        found: dict[str, list[WordSequence]] = {}
        nowhere = present.isdisjoint
        for number in sorted(set[int]().union(*map(self._by_set.__getitem__, present & self._by_set.keys()))):
            if not any(map(nowhere, self._other_needs[number])):
                name, sequence = self._sequences[number]
                found.setdefault(name, []).append(sequence)
        return found

    def _compile(self, name: str, patterns: tuple[Pattern, ...]) -> list[tuple[Place, ...]]:
        single_words: set[str] = set()
        single_exact: set[str] = set()
        sequences: list[tuple[Place, ...]] = []
        for pattern in patterns:
            if len(pattern.steps) == 1 and not pattern.steps[0].concepts:
                single_words |= pattern.steps[0].words
                single_exact |= pattern.steps[0].exact
            else:
                sequences.append(tuple(self._place(step) for step in pattern.steps))
        if single_words or single_exact:
            self._singles[name] = self._set(frozenset(single_words), frozenset(single_exact))
        return sequences

    def _all_needs(self, places: Mapping[str, list[tuple[Place, ...]]]) -> dict[str, int]:
        """The needs of every concept; grown until they hold, because concepts may name each other in any order."""
        needs = {name: 1 << self._singles[name] if name in self._singles else 0 for name in places}
        self._needs = needs
        changed = True
        while changed:
            changed = False
            for name, sequences in places.items():
                grown = needs[name]
                for sequence in sequences:
                    options = [self._need(place) for place in sequence]
                    grown |= min(options, key=int.bit_count) if all(options) else 0
                if grown != needs[name]:
                    # Only ever grows: a need chosen early stays, which is wider than needed and never too narrow.
                    needs[name], changed = grown, True
        return needs

    def _need(self, place: Place) -> int:
        need = 1 << place.word_set if place.word_set >= 0 else 0
        for concept in place.concepts:
            need |= self._needs[concept]
        return need

    def _place(self, step: Step) -> Place:
        word_set = self._set(step.words, step.exact) if step.words or step.exact else -1
        return Place(word_set, step.concepts, step.relation)

    def _set(self, words: frozenset[str], exact: frozenset[str]) -> int:
        if (words, exact) not in self._sets:
            number = len(self._sets)
            self._sets[words, exact] = number
            for word in words - {NUMBER}:
                self._by_word.setdefault(word, []).append(number)
            for word in exact:
                self._by_exact.setdefault(word, []).append(number)
            if NUMBER in words:
                self._numbers.append(number)
        return self._sets[words, exact]


def _members(bits: int) -> frozenset[int]:
    """The numbers of the bits that are set."""
    found: list[int] = []
    while bits:
        found.append(bits.bit_length() - 1)
        bits ^= 1 << found[-1]
    return frozenset(found)


def _groups(places: tuple[Place, ...]) -> tuple[tuple[Place, ...], ...]:
    groups: list[list[Place]] = [[places[0]]]
    for place in places[1:]:
        if place.relation.ordered:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(map(tuple, groups))
