"""Finds the one, two or three things a message asks, in their order: the parse proposes cuts, the topics decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from bot.conversation.understanding import SAYS_NO_ARTICLE, Segment, intent_of
from bot.nlu.sentences.clauses import Part, clauses
from bot.nlu.sentences.danger_sentences import RED_FLAG
from bot.nlu.sentences.leaning_questions import (
    asked_as_hearsay,
    completed,
    joined_to_what_they_mean,
    named_before,
    tried_in_vain,
)
from bot.nlu.sentences.likelier_beside import asked_of_the_article, one_of_two_answers
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.one_notion import weighs
from bot.nlu.sentences.part_topics import (
    Read,
    asked_beside_a_case,
    beside_the_whole,
    clearer_alone,
    clearer_completed,
    each_once,
    leaves_room,
    passed_over,
    several_things,
    topics_of,
    without_weak_gaps,
)
from bot.nlu.sentences.question_forms import asks_of_each, names_a_list, says_nothing_alone, without_joint
from bot.nlu.sentences.segmentation_settings import (
    ACCEPT_A_PART,
    MOST_PARTS,
    MOST_SEGMENTS,
    SegmentationSettings,
)
from bot.nlu.sentences.sentence_cuts import sentences
from bot.nlu.sentences.shared_beginnings import as_well_as, with_their_preposition
from bot.nlu.sentences.unmarked_questions import either_or, listed, plain_halves, run_ons, shared_beginning
from bot.nlu.topics.predictions import average
from bot.nlu.topics.topic_model import Prediction, Thresholds

Classify = Callable[[Sequence[str]], list[Prediction]]


def segments(
    doc: Doc, classify: Classify, thresholds: Thresholds, settings: SegmentationSettings | None = None
) -> tuple[Segment, ...]:
    """The parts of a message that ask or tell something, at least one.

    Args:
        doc: The parsed message.
        classify: What a text means.
        thresholds: Decide between accept, offer and refuse.
        settings: Defaults when None.
    """
    settings = settings or SegmentationSettings()
    whole = Part(0, len(text_of(doc)), True, text_of(doc))
    read, pieces = _read(doc, classify, whole, settings)
    pieces = one_of_two_answers(read, pieces)
    if len(pieces) < 2:
        return (_segment(doc, whole, read, thresholds),)
    answered = _answered(doc, read, pieces, thresholds, settings)
    taken = [segment.candidates[0].label for segment in answered if segment.decision == "accept"]
    places = {(segment.start, segment.end) for segment in answered}
    others = [row for row in pieces if (row[0].start, row[0].end) not in places or row[1].label in taken]
    if (left := passed_over(doc, others, taken, settings)) is None:
        return answered
    return (*answered, replace(_segment(doc, *left, thresholds), decision="offer"))


def _answered(
    doc: Doc, read: Prediction, pieces: list[Read], thresholds: Thresholds, settings: SegmentationSettings
) -> tuple[Segment, ...]:
    """The parts that are clear, or the whole message where it is one thing."""
    whole = Part(0, len(text_of(doc)), True, text_of(doc))
    topics = topics_of(doc, pieces, settings)
    if intent_of(read.label) == RED_FLAG and (asked := _asked_beside_danger(topics)):
        return tuple(_segment(doc, part, prediction, thresholds) for part, prediction in asked[:MOST_SEGMENTS])
    found = beside_the_whole(read, topics, settings)
    found = without_weak_gaps(read, found, settings)
    if len(found) >= 2 and leaves_room(read, found, settings):
        bar = replace(thresholds, accept_confidence=min(ACCEPT_A_PART, thresholds.accept_confidence))
        return tuple(_segment(doc, part, prediction, bar) for part, prediction in found[:MOST_SEGMENTS])
    if question := asked_beside_a_case(read, found, settings):
        return (_segment(doc, *question, thresholds),)
    if len(text_of(doc).split()) <= settings.whole_until or not found:
        # The question with its story, unless the question alone is clear and the whole is not.
        alone = found[0][1] if found else read
        prediction = read if read.intent_confidence >= settings.telling_confidence else average([read, alone])
        return (_segment(doc, whole, prediction, thresholds),)
    part, prediction = max(found, key=lambda item: (item[0].asks, item[1].intent_confidence))
    return (_segment(doc, part, average([read, prediction, prediction]), thresholds),)


def _read(doc: Doc, classify: Classify, whole: Part, settings: SegmentationSettings) -> tuple[Prediction, list[Read]]:
    """What the message means as a whole, and what each of its parts does, if there are several; all read at once."""
    parts = _worth_reading(_parts(doc)) or [whole]
    # Beside a question, what is told of one's own case is its background: "my back is stiff and sore, will it …".
    asks = any(part.asks for part in parts)
    cuts = [[] if part.tells and asks else _finer(doc, part) for part in parts]
    if len(parts) == 1 and not cuts[0]:
        # Nothing to choose from: what the part means by itself would not be looked at.
        read, *alone = classify([text_of(doc), *filter(None, [parts[0].question])])
        return (alone[0] if alone and clearer_alone(alone[0], read, settings) else read), []
    texts = [without_joint(part.read_as) for ways in cuts for way in ways for part in way]
    whole_again = {
        place: text for place in range(1, len(parts)) if (text := completed(doc, *parts[place - 1 : place + 1]))
    }
    leaning = {place: part.question for place, part in enumerate(parts) if part.question}
    read, *others = classify(
        [
            text_of(doc),
            *(without_joint(part.read_as) for part in parts),
            *texts,
            *whole_again.values(),
            *leaning.values(),
        ]
    )
    predictions, others = [asked_of_the_article(one) for one in others[: len(parts)]], others[len(parts) :]
    for place, prediction in zip(whole_again, others[len(texts) :], strict=False):
        if clearer_completed(predictions[place - 1], predictions[place], prediction, settings):
            predictions[place] = prediction
    for place, prediction in zip(leaning, others[len(texts) + len(whole_again) :], strict=True):
        if clearer_alone(prediction, predictions[place], settings):
            predictions[place] = prediction
    pieces: list[Read] = []
    for part, prediction, ways in zip(parts, predictions, cuts, strict=True):
        pieces += _several_or_one(part, prediction, ways, others, settings)
        others = others[sum(len(way) for way in ways) :]
    return read, pieces


def _asked_beside_danger(found: Sequence[Read]) -> list[Read]:
    """What a message asks that as a whole reads like a danger sign; danger is judged sentence by sentence elsewhere.

    "My bladder is fine, no numbness, just a sore back. What can acupuncture do?" asks what it can do.
    """
    return [(part, prediction) for part, prediction in found if part.asks and intent_of(prediction.label) != RED_FLAG]


def _parts(doc: Doc) -> list[Part]:
    parts = [part for sentence in sentences(doc) for part in clauses(doc, sentence)]
    return joined_to_what_they_mean(doc, tried_in_vain(asked_as_hearsay(parts)))


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
    return [way for way in ways if way and not any(says_nothing_alone(piece.read_as) for piece in way)]


def _cut_alike(way: Sequence[Part], shared: Sequence[Part] | None) -> bool:
    """Whether the same two halves are read with their beginning already: "be sore | and tired after"."""
    return shared is not None and len(way) == len(shared) and way[-1].start == shared[-1].start


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
