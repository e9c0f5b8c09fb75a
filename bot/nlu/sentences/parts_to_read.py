"""What of a message is read to find what it asks: the whole, its parts, and each way in which a part could be several.

It follows from the parse alone, so what several messages are read for can be looked up at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from bot.nlu.sentences.clauses import Part, clauses, part_of
from bot.nlu.sentences.courtesies import without_courtesies
from bot.nlu.sentences.in_its_story import windows
from bot.nlu.sentences.leaning_questions import (
    asked_as_hearsay,
    completed,
    joined_to_what_they_mean,
    named_before,
    tried_in_vain,
)
from bot.nlu.sentences.left_open import says_nothing_alone
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.one_notion import weighs
from bot.nlu.sentences.question_forms import without_joint
from bot.nlu.sentences.second_openings import second_openings
from bot.nlu.sentences.segmentation_settings import MOST_PARTS
from bot.nlu.sentences.sentence_cuts import sentences
from bot.nlu.sentences.shared_beginnings import as_well_as, with_their_preposition
from bot.nlu.sentences.unmarked_questions import either_or, listed, plain_halves, run_ons, shared_beginning


@dataclass(frozen=True)
class PartsToRead:
    """The parts of one message, and in which ways they are read.

    Attributes:
        whole: All of it as one part.
        parts: At least one.
        ways: For each part the ways in which it could be two or more.
        completed: By its number a part's text with the question before it, where it leans on that.
        alone: By its number a part's question without what is told before it.
        windows: By its number a question's readings with what stands before it in a story.
    """

    whole: Part
    parts: list[Part]
    ways: list[list[Sequence[Part]]]
    completed: dict[int, str]
    alone: dict[int, str]
    windows: dict[int, list[str]] = field(default_factory=dict)

    @property
    def is_one(self) -> bool:
        """Whether there is nothing to choose from: what the one part means by itself would not be looked at."""
        return len(self.parts) == 1 and not self.ways[0]

    @property
    def texts(self) -> list[str]:
        """What is read: the whole, the parts, the pieces of all ways, those completed, those alone, and the windows."""
        if self.is_one:
            return [self.whole.read_as, *self.alone.values()]
        pieces = (without_joint(part.read_as) for ways in self.ways for way in ways for part in way)
        parts = (without_joint(part.read_as) for part in self.parts)
        windows = (text for texts in self.windows.values() for text in texts)
        return [self.whole.read_as, *parts, *pieces, *self.completed.values(), *self.alone.values(), *windows]


def parts_to_read(doc: Doc) -> PartsToRead:
    """Cut a parsed message."""
    start, end = without_courtesies(doc)
    whole = Part(start, end, True, text_of(doc)[start:end])
    parts = _worth_reading(_parts(doc, whole)) or [whole]
    # Beside a question, what is told of one's own case is its background: "my back is stiff and sore, will it …".
    asks = any(part.asks for part in parts)
    ways = [[] if part.tells and asks else _finer(doc, part) for part in parts]
    leaning = {place: text for place in range(1, len(parts)) if (text := completed(doc, *parts[place - 1 : place + 1]))}
    alone = {place: part.question for place, part in enumerate(parts) if part.question}
    return PartsToRead(whole, parts, ways, leaning, alone, windows(parts, text_of(doc)))


def _parts(doc: Doc, whole: Part) -> list[Part]:
    within = [part for sentence in sentences(doc) for part in _within(doc, sentence, whole)]
    parts = [part for sentence in within for part in clauses(doc, sentence)]
    return joined_to_what_they_mean(doc, tried_in_vain(asked_as_hearsay(parts)))


def _within(doc: Doc, sentence: Part, whole: Part) -> list[Part]:
    """The sentence without what stands outside of the question: nothing, or one part."""
    start, end = max(sentence.start, whole.start), min(sentence.end, whole.end)
    if (start, end) == (sentence.start, sentence.end):
        return [sentence]
    return [replace(part, sentence=part.start) for part in part_of(doc, start, end)] if start < end else []


def _worth_reading(parts: list[Part]) -> list[Part]:
    """All parts of a short message; of a long story those that ask, then the last ones, in their order."""
    if len(parts) <= MOST_PARTS:
        return parts
    asking = [part for part in parts if part.asks]
    rest = [part for part in parts if not part.asks]
    chosen = (asking[-MOST_PARTS:] + rest[::-1])[:MOST_PARTS]
    return sorted(chosen, key=lambda part: part.start)


def _finer(doc: Doc, part: Part) -> list[Sequence[Part]]:
    """The ways in which one part could be two questions or more, though nothing in it says so."""
    if part.joined:
        named = named_before(doc, part)
        return [named] if named else []
    if weighs(part.read_as):
        return list(run_ons(doc, part))
    shared = shared_beginning(doc, part)
    ways: list[Sequence[Part] | None] = [
        named_before(doc, part),
        either_or(doc, part),
        shared,
        with_their_preposition(doc, part),
        as_well_as(doc, part),
        *(way for way in (listed(doc, part), plain_halves(doc, part)) if way and not _cut_alike(way, shared)),
        *run_ons(doc, part),
    ]
    ways += [way for way in second_openings(doc, part) if not any(_cut_alike(way, other) for other in ways if other)]
    return [way for way in ways if way and not any(says_nothing_alone(piece.read_as) for piece in way)]


def _cut_alike(way: Sequence[Part], shared: Sequence[Part] | None) -> bool:
    """Whether the same two halves are read with their beginning already: "be sore | and tired after"."""
    return shared is not None and len(way) == len(shared) and way[-1].start == shared[-1].start
