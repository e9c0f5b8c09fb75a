"""The pattern language of `data/safety`, parsed.

A pattern is words in order. Filler words ("the", "my", "really") may stand anywhere between them.

    cannot feel legs      these words, in any inflection, as written or misspelt
    numb/tingle/cold      one of these
    @urinate              any phrase of the lexicon entry `urinate`
    =wee                  exactly this form
    my? leg               `my` may be missing
    @number               a word that begins with a digit
    lose ~3 bladder       up to three other words between
    numb <4> groin        in either order, up to four other words between
    needling <<20>> faint in either order, also across sentences

Words in order bind tighter: `chest pain <4> arm numb` is (chest pain) near (arm numb).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_RELATION = re.compile(r"~(?P<gap>\d+)|<<(?P<far>\d+)>>|<(?P<near>\d+)>")
_WORD = re.compile(r"@[a-z_0-9]+|=?[^\W_]+(?:['./][^\W_]+)?")
NUMBER = "@number"
_MOST_OPTIONAL = 4


class PatternError(ValueError):
    """The pattern cannot be read."""


@dataclass(frozen=True)
class Relation:
    """How a step stands to what was matched before it.

    Attributes:
        reach: Words that may stand between; filler is not counted.
        ordered: Whether it must come after.
        within_sentence: Whether it must be in the same sentence.
    """

    reach: int = 0
    ordered: bool = True
    within_sentence: bool = True


@dataclass(frozen=True)
class Step:
    """One place of a pattern: any of these words or concepts."""

    words: frozenset[str]
    exact: frozenset[str]
    concepts: tuple[str, ...]
    relation: Relation = Relation()


@dataclass(frozen=True)
class Pattern:
    """A sequence of steps, with the text it was written as."""

    steps: tuple[Step, ...]
    source: str


def parse(source: str) -> tuple[Pattern, ...]:
    """The patterns that `source` stands for: one for each choice of its optional words.

    Raises:
        PatternError: saying what cannot be read.
    """
    parsed: list[tuple[Step, bool]] = []
    relation, pending = Relation(), False
    for piece in source.split():
        if match := _RELATION.fullmatch(piece):
            if pending or not parsed:
                raise PatternError(f"`{piece}` must stand between two words")
            relation, pending = _relation(match), True
            continue
        optional = piece.endswith("?")
        if optional and "/" in piece:
            raise PatternError(f"`{piece}`: only a single word may be optional; write two patterns")
        parsed.append((_step(piece.removesuffix("?"), relation), optional))
        relation, pending = Relation(), False
    if pending or not parsed or all(optional for _, optional in parsed):
        raise PatternError(f"`{source}` has no word that must be there, or ends in a distance")
    if sum(optional for _, optional in parsed) > _MOST_OPTIONAL:
        raise PatternError(f"`{source}` has more than {_MOST_OPTIONAL} optional words")
    choices = itertools.product(*[(True, False) if optional else (True,) for _, optional in parsed])
    return tuple(Pattern(_chosen([step for step, _ in parsed], choice), source) for choice in choices)


def _relation(match: re.Match[str]) -> Relation:
    if match["gap"]:
        return Relation(int(match["gap"]))
    if match["near"]:
        return Relation(int(match["near"]), ordered=False)
    return Relation(int(match["far"]), ordered=False, within_sentence=False)


def _step(piece: str, relation: Relation) -> Step:
    words, exact, concepts = set(), set(), []
    for part in piece.split("/"):
        if not _WORD.fullmatch(part):
            raise PatternError(f"`{part}` is neither a word, @entry nor =word")
        if part == NUMBER:
            words.add(NUMBER)
        elif part.startswith("@"):
            concepts.append(part[1:])
        elif part.startswith("="):
            exact.add(part[1:].lower())
        else:
            words.add(part.lower())
    return Step(frozenset(words), frozenset(exact), tuple(concepts), relation)


def _chosen(steps: list[Step], choice: tuple[bool, ...]) -> tuple[Step, ...]:
    """The chosen steps; a step after a dropped one inherits the wider distance."""
    chosen: list[Step] = []
    widest: Relation | None = None
    for step, kept in zip(steps, choice, strict=True):
        relation = step.relation
        if widest is not None and widest.reach > relation.reach:
            relation = widest
        if kept:
            chosen.append(Step(step.words, step.exact, step.concepts, relation))
            widest = None
        else:
            widest = relation
    return tuple(chosen)
