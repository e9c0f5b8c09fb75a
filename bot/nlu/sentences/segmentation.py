"""Finds the one, two or three things a message asks, in their order: the parse proposes cuts, the topics decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from bot.conversation.understanding import SAYS_NO_ARTICLE, Segment, intent_of
from bot.nlu.sentences.beside_a_case import asked_beside_a_case, one_with_what_it_is_for
from bot.nlu.sentences.beside_small_talk import asked_beside_small_talk
from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.danger_sentences import RED_FLAG
from bot.nlu.sentences.in_its_story import clearest, meant_by_telling, without_what_is_told
from bot.nlu.sentences.likelier_beside import asked_of_the_article, one_of_two_answers
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.part_topics import (
    Read,
    beside_the_whole,
    clearer_alone,
    clearer_completed,
    each_once,
    leaves_room,
    several_things,
    topics_of,
    without_weak_gaps,
)
from bot.nlu.sentences.parts_to_read import PartsToRead, parts_to_read
from bot.nlu.sentences.passed_over import passed_over
from bot.nlu.sentences.question_forms import asks_of_each, names_a_list
from bot.nlu.sentences.segmentation_settings import (
    ACCEPT_A_PART,
    MOST_SEGMENTS,
    SegmentationSettings,
)
from bot.nlu.topics.predictions import Prediction, average
from bot.nlu.topics.thresholds import Thresholds

Classify = Callable[[Sequence[str]], list[Prediction]]


def segments(
    doc: Doc,
    classify: Classify,
    thresholds: Thresholds,
    settings: SegmentationSettings | None = None,
    to_read: PartsToRead | None = None,
) -> tuple[Segment, ...]:
    """The parts of a message that ask or tell something, at least one.

    Args:
        doc: The parsed message.
        classify: What a text means.
        thresholds: Decide between accept, offer and refuse.
        settings: Defaults when None.
        to_read: What `parts_to_read` made of the message; cut here when None.
    """
    settings, to_read = settings or SegmentationSettings(), to_read or parts_to_read(doc)
    whole = to_read.whole
    read, pieces, before = _read(to_read, classify, settings)
    pieces = one_of_two_answers(read, without_what_is_told(pieces))
    if len(pieces) < 2:
        return (_segment(doc, whole, read, thresholds),)
    answered = _answered(doc, whole, read, pieces, thresholds, settings)
    if not any(_is_plain(segment) for segment in answered):
        answered = _in_its_story(doc, read, pieces, before, thresholds, settings) or answered
    taken = [segment.candidates[0].label for segment in answered if segment.decision == "accept"]
    places = {(segment.start, segment.end) for segment in answered}
    others = [row for row in pieces if (row[0].start, row[0].end) not in places or row[1].label in taken]
    if (left := passed_over(doc, others, taken, settings)) is None:
        return answered
    return (*answered, replace(_segment(doc, *left, thresholds), decision="offer"))


def _is_plain(segment: Segment) -> bool:
    """Whether it is surely of a topic: what only sounds like danger as a whole may still ask something."""
    return segment.decision == "accept" and intent_of(segment.candidates[0].label) != RED_FLAG


def _answered(
    doc: Doc, whole: Part, read: Prediction, pieces: list[Read], thresholds: Thresholds, settings: SegmentationSettings
) -> tuple[Segment, ...]:
    """The parts that are clear, or the whole message where it is one thing."""
    topics = one_with_what_it_is_for(topics_of(doc, pieces, settings))
    if intent_of(read.label) == RED_FLAG and (asked := _asked_beside_danger(topics)):
        return tuple(_segment(doc, part, prediction, thresholds) for part, prediction in asked[:MOST_SEGMENTS])
    found = beside_the_whole(read, topics, settings)
    found = without_weak_gaps(read, found, settings)
    if len(found) >= 2 and leaves_room(read, found, settings):
        bar = replace(thresholds, accept_confidence=min(ACCEPT_A_PART, thresholds.accept_confidence))
        return tuple(_segment(doc, part, prediction, bar) for part, prediction in found[:MOST_SEGMENTS])
    question = asked_beside_a_case(read, found, pieces, settings) or asked_beside_small_talk(read, found, settings)
    if question:
        return (_segment(doc, *question, thresholds),)
    if len(text_of(doc).split()) <= settings.whole_until or not found:
        # The question with its story, unless the question alone is clear and the whole is not.
        alone = found[0][1] if found else read
        prediction = read if read.intent_confidence >= settings.telling_confidence else average([read, alone])
        return (_segment(doc, whole, prediction, thresholds),)
    part, prediction = max(found, key=lambda item: (item[0].asks, item[1].intent_confidence))
    return (_segment(doc, part, average([read, prediction, prediction]), thresholds),)


def _in_its_story(
    doc: Doc,
    whole: Prediction,
    read: Sequence[Read],
    before: dict[int, list[Prediction]],
    thresholds: Thresholds,
    settings: SegmentationSettings,
) -> tuple[Segment, ...]:
    """The questions of a story that neither they nor the whole make clear, where what stands before them does."""
    found: dict[str, Segment] = {}
    for part, prediction in read:
        if part.asks and part.start in before:
            meant = clearest((part, prediction), before[part.start], whole, settings)
            if meant and meant.label not in found:
                found[meant.label] = _segment(doc, part, meant, thresholds)
    if not found and (told := meant_by_telling(read, settings)):
        return (_segment(doc, *told, thresholds),)
    return tuple(found.values())


def _read(
    to_read: PartsToRead, classify: Classify, settings: SegmentationSettings
) -> tuple[Prediction, list[Read], dict[int, list[Prediction]]]:
    """What the message means as a whole, what each of its parts does, and by its place each question in its story.

    All is read at once; no parts and no stories where there is but one.
    """
    read, *others = classify(to_read.texts)
    if to_read.is_one:
        return (others[0] if others and clearer_alone(others[0], read, settings) else read), [], {}
    parts, ways = to_read.parts, to_read.ways
    predictions, others = [asked_of_the_article(one) for one in others[: len(parts)]], others[len(parts) :]
    pieces_read = sum(len(way) for some in ways for way in some)
    for place, prediction in zip(to_read.completed, others[pieces_read:], strict=False):
        if clearer_completed(predictions[place - 1], predictions[place], prediction, settings):
            predictions[place] = prediction
    rest = others[pieces_read + len(to_read.completed) :]
    stories = rest[len(to_read.alone) :]
    before: dict[int, list[Prediction]] = {}
    for place, texts in to_read.windows.items():
        before[parts[place].start], stories = stories[: len(texts)], stories[len(texts) :]
    for place, prediction in zip(to_read.alone, rest, strict=False):
        if clearer_alone(prediction, predictions[place], settings):
            predictions[place] = prediction
    pieces: list[Read] = []
    for part, prediction, some in zip(parts, predictions, ways, strict=True):
        pieces += _several_or_one(part, prediction, some, others, settings)
        others = others[sum(len(way) for way in some) :]
    return read, pieces, before


def _asked_beside_danger(found: Sequence[Read]) -> list[Read]:
    """What a message asks that as a whole reads like a danger sign; danger is judged sentence by sentence elsewhere.

    "My bladder is fine, no numbness, just a sore back. What can acupuncture do?" asks what it can do.
    """
    return [(part, prediction) for part, prediction in found if part.asks and intent_of(prediction.label) != RED_FLAG]


def _several_or_one(
    part: Part,
    prediction: Prediction,
    ways: Sequence[Sequence[Part]],
    others: Sequence[Prediction],
    settings: SegmentationSettings,
) -> list[Read]:
    """The part as it is, or cut in the first way in which every piece is clearly a topic."""
    for way in ways:
        predictions, others = others[: len(way)], others[len(way) :]
        named, each = names_a_list(part.read_as), asks_of_each(part.read_as)
        if several_things(prediction, predictions, settings, as_list=named, of_each=each):
            pieces = [replace(piece, sentence=part.sentence, marked=False) for piece in way]
            return each_once(list(zip(pieces, predictions, strict=True)))
    return [(part, prediction)]


def _segment(doc: Doc, part: Part, prediction: Prediction, thresholds: Thresholds) -> Segment:
    if intent_of(prediction.label) in SAYS_NO_ARTICLE:
        thresholds = replace(thresholds, accept_confidence=min(ACCEPT_A_PART, thresholds.accept_confidence))
    decision = thresholds.decide(prediction.known, prediction.intent_confidence)
    text = text_of(doc)[part.start : part.end]
    told = prediction.background
    return Segment(text, part.start, part.end, prediction.candidates, prediction.known, decision, told)
