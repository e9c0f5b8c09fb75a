"""Finds where the compiled patterns stand in one message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.safety.patterns.grammar import Grammar, Place, WordSequence
from bot.safety.patterns.pattern import Relation
from bot.safety.written.words import Message, Word

_MOST_SPANS = 60


class Span(NamedTuple):
    """A stretch of words, from `start` up to but not including `end`.

    `used` has bit n set where word n is part of the pattern: the other words merely stand in between.
    """

    start: int
    end: int
    used: int

    @property
    def numbers(self) -> Iterator[int]:
        """The numbers of the words that are part of the pattern."""
        return (number for number in range(self.start, self.end) if self.used >> number & 1)


class Reader:
    """Finds concepts in one message, each at most once.

    Args:
        message: The message.
        grammar: The concepts.
    """

    def __init__(self, message: Message, grammar: Grammar) -> None:
        self.message = message
        self._grammar = grammar
        self._positions = grammar.positions(message)
        self._present = frozenset(self._positions)
        self._possible = grammar.possible(self._present)
        self._found: dict[str, list[Span]] = {}

    def spans(self, concept: str) -> list[Span]:
        """Where the concept stands, in order."""
        if concept not in self._found:
            self._found[concept] = []  # a concept that names itself finds nothing in itself
            if concept in self._possible or self._grammar.set_of(concept) in self._present:
                self._found[concept] = self._find(concept)
        return self._found[concept]

    def in_reach(self) -> set[str]:
        """The concepts that may stand in the message; all others certainly do not."""
        return self._grammar.singles(self._present).union(self._possible)

    def _find(self, concept: str) -> list[Span]:
        spans = self._of_set(self._grammar.set_of(concept))
        for sequence in self._possible.get(concept, ()):
            spans += self._sequence(sequence)
        return sorted(set(spans))

    def _of_set(self, word_set: int) -> list[Span]:
        return [Span(index, index + 1, 1 << index) for index in self._positions.get(word_set, ())]

    def _step(self, place: Place) -> list[Span]:
        spans = self._of_set(place.word_set)
        for concept in place.concepts:
            spans += self.spans(concept)
        return spans

    def _sequence(self, sequence: WordSequence) -> list[Span]:
        found: list[Span] = []
        for number, group in enumerate(sequence.groups):
            spans = self._step(group[0])
            for place in group[1:]:
                if not spans:
                    return []
                spans = self._join(spans, self._step(place), place.relation)
            found = spans if number == 0 else self._join(found, spans, group[0].relation)
            if not found:
                return []
        return found

    def _join(self, left: list[Span], right: list[Span], relation: Relation) -> list[Span]:
        cost, words = self.message.cost, self.message.words
        joined: list[Span] = []
        for a in left:
            for b in right:
                if a.used & b.used:
                    continue
                if b.start >= a.end:
                    between, first, second = cost[b.start] - cost[a.end], a.end - 1, b.start
                elif not relation.ordered and a.start >= b.end:
                    between, first, second = cost[a.start] - cost[b.end], b.end - 1, a.start
                else:
                    continue
                if between > relation.reach:
                    continue
                if not relation.ordered and any(_parts(words, i) for i in range(first + 1, second)):
                    continue
                if relation.within_sentence and words[first].sentence != words[second].sentence:
                    continue
                joined.append(Span(min(a.start, b.start), max(a.end, b.end), a.used | b.used))
                if len(joined) >= _MOST_SPANS:
                    return joined
        return joined


def _parts(words: tuple[Word, ...], index: int) -> bool:
    """Whether what stands on both sides of this word has nothing to do with each other: "but", "so I"."""
    return words[index].text == "but" or (words[index].text == "so" and words[index + 1].text == "i")
