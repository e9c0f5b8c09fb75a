"""A message as words: split, contractions opened, each word with every form under which a pattern may know it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.safety.written import other_englishes
from bot.safety.written.agents import agents
from bot.safety.written.contractions import OPENED, OPENED_BEFORE_PREDICATES, PREDICATES
from bot.safety.written.inflection import bases

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

NEGATORS = frozenset({"no", "not", "never", "without", "nor", "cannot", "neither", "hardly", "barely", "unable"})
# One spaCy token may hold several words ("numb.cant"), so each token is cut again.
_PIECE = re.compile(r"\d+(?:[.,:/]\d+)*[a-z%]*|[^\W\d_][^\W_]*(?:'[^\W\d_]+)*|'[a-z]+|[.!?;,\n]")
_STOP = frozenset(".!?;\n")
# "numb btw my legs" is between; "what do you charge btw my legs are numb" is by the way.
_BETWEENS, _BETWEEN = frozenset({"btw"}), "between"
_AREAS = frozenset(
    {"numb", "numbness", "tingle", "tingling", "pain", "feeling", "feel", "ache", "patch", "area", "skin", "dead", "in"}
)
# "Hes fine", cut in two by the tokenizer.
_BEFORE_S = frozenset({"he", "she", "it", "that", "there", "what", "who", "where", "here"})
_THREE_ALIKE = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True)
class Word:
    """One word of the message.

    Attributes:
        text: Lower case, contraction opened ("n't" is "not").
        forms: The text, its lemma and base forms, and the same of its corrected spelling.
        start, end: Its place in the message, in characters.
        sentence: Number of the stretch between full stops, question marks and line ends.
        comma: Whether a comma stands before it.
        pos: spaCy's coarse part of speech.
        agent: Number of the word that does, is or owns what this word says, so far as the grammar is plain; else -1.
        acts: Whether that word does it, and does not merely suffer it ("was hit") or own it.
    """

    text: str
    forms: frozenset[str]
    start: int
    end: int
    sentence: int
    comma: bool
    pos: str
    agent: int = -1
    acts: bool = True


@dataclass(frozen=True)
class Message:
    """A message as words, with the distance between them counted without filler ("the", "my", "really")."""

    text: str
    words: tuple[Word, ...]
    filler: frozenset[str]

    @cached_property
    def cost(self) -> tuple[int, ...]:
        """For each place between words, how many words that are not filler stand before it."""
        total, sums = 0, [0]
        for word in self.words:
            total += word.text not in self.filler
            sums.append(total)
        return tuple(sums)

    def distance(self, end: int, start: int) -> int:
        """Words between the place `end` and the place `start`, filler not counted."""
        return self.cost[start] - self.cost[end]

    def same_sentence(self, first: int, last: int) -> bool:
        """Whether the words number `first` and `last` stand in one sentence."""
        return self.words[first].sentence == self.words[last].sentence


def read(doc: Doc, correct: Callable[[str], str | None], filler: frozenset[str]) -> Message:
    """The words of a parsed message.

    Args:
        doc: The message, with lemmas and parts of speech.
        correct: Gives the lexicon's word a misspelling stands for, or None.
        filler: Words that do not count as distance.
    """
    words: list[Word] = []
    sentence, comma = 0, False
    first_words: dict[int, int] = {}
    tokens: list[int] = []
    for token in doc:
        text = token.text.lower().replace("’", "'").replace("‘", "'").replace("`", "'").replace("´", "'")
        lemma = token.lemma_.lower()
        pieces = list(_PIECE.finditer(text))
        for piece in pieces:
            found = piece.group()
            if found in _STOP:
                sentence += bool(words) and words[-1].sentence == sentence
                comma = False
                continue
            if found == ",":
                comma = True
                continue
            start = token.idx + piece.start()
            opened = _BETWEEN if found in _BETWEENS and words and words[-1].forms & _AREAS else OPENED.get(found, found)
            if found == "s" and words and words[-1].text in _BEFORE_S:
                opened = "be"
            if found in OPENED_BEFORE_PREDICATES and token.i + 1 < len(doc) and doc[token.i + 1].lower_ in PREDICATES:
                opened = OPENED_BEFORE_PREDICATES[found]
            if len(pieces) == 1 and (plain := other_englishes.opened(token)):
                opened = plain
            for part in opened.split():
                alone = len(pieces) == 1 and opened == found
                forms = _forms(part, lemma if alone else part, correct)
                first_words.setdefault(token.i, len(words))
                tokens.append(token.i)
                words.append(Word(part, forms, start, token.idx + piece.end(), sentence, comma, token.pos_))
                comma = False
        if "\n" in token.text and words and words[-1].sentence == sentence:
            sentence += 1
    told = agents(doc)
    for index, number in enumerate(tokens):
        if number in told and told[number][0] in first_words:
            agent, acts = told[number]
            words[index] = replace(words[index], agent=first_words[agent], acts=acts)
    return Message(doc.text, tuple(words), filler)


def _forms(text: str, lemma: str, correct: Callable[[str], str | None]) -> frozenset[str]:
    forms = {text, lemma, *bases(text)}
    if text.endswith("'s"):
        forms |= {text[:-2], *bases(text[:-2])}
    if _THREE_ALIKE.search(text):
        for squeezed in (_THREE_ALIKE.sub(r"\1", text), _THREE_ALIKE.sub(r"\1\1", text)):
            forms |= {squeezed, *bases(squeezed)}
    corrected = correct(text)
    if corrected:
        forms |= {corrected, *bases(corrected)}
    return frozenset(forms)
