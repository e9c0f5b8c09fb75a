"""Finds the one, two or three things a message asks, in their order: the parse proposes cuts, the topics decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.conversation.understanding import Candidate, Segment
from bot.nlu.clauses import Part, clauses, joined_to_what_they_mean, says_nothing_alone, sentences
from bot.nlu.topic_model import Prediction, Thresholds
from bot.nlu.unmarked_questions import listed, plain_halves, run_ons, shared_beginning

Classify = Callable[[Sequence[str]], list[Prediction]]
MOST_SEGMENTS = 4
MOST_PARTS = 10
FRAGMENT = 10
# In a message of more words only what is asked counts.
STORY = 40
CLEARLY = 0.75
# The gaps are so many that half of a question often reads like one of them ("do the needles go straight in").
# What a part must be sure of beside a message that as a whole means another part.
SURE_BESIDE = 0.5
GAP, VERY_CLEARLY = "ask_not_in_article", 0.85


@dataclass(frozen=True)
class SegmentationSettings:
    """What may be set in `config.yml`.

    Attributes:
        split_confidence: A part that asks must be this sure of its topic to be answered apart.
        gap_confidence: The same for a part that reads like something the article does not answer.
        split_known: And this surely belong to a topic at all.
        telling_confidence: The same for a part that does not ask in so many words ("bruises, and how many visits").
        overruled_by: A whole message this sure of a topic that none of its parts has is not split.
        whole_until: Up to so many words the message is also read as a whole, the question with its story.
        story_labels: Labels a mere statement about oneself reads like; it is a topic of its own only when it asks.
        side_labels: Labels that are dropped beside another: greetings, thanks, yes and no, what steers the chat.
    """

    split_confidence: float = 0.25
    gap_confidence: float = 0.65
    split_known: float = 0.2
    telling_confidence: float = 0.6
    overruled_by: float = 0.8
    whole_until: int = 60
    story_labels: tuple[str, ...] = ("check_suitability",)
    side_labels: tuple[str, ...] = (
        "chitchat", "affirm", "deny", "not_sure", "acknowledge", "out_of_scope", "more", "help", "why_ask",
        "where_from", "wrong_answer", "correct_answer", "go_back", "cancel", "start_over",
    )  # fmt: skip


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
    whole = Part(0, len(doc.text), True, doc.text)
    parts = _worth_reading(_parts(doc)) or [whole]
    cuts = [_finer(doc, part) for part in parts]
    texts = (part.read_as for ways in cuts for way in ways for part in way)
    read, *others = classify([doc.text, *(part.read_as for part in parts), *texts])
    predictions, others = others[: len(parts)], others[len(parts) :]
    pieces: list[tuple[Part, Prediction]] = []
    for part, prediction, ways in zip(parts, predictions, cuts, strict=True):
        pieces += _several_or_one(part, prediction, ways, others, settings)
        others = others[sum(len(way) for way in ways) :]
    if len(pieces) == 1:
        return (_segment(doc, whole, read, thresholds),)
    found = _beside(read, _topics(doc, pieces, settings), settings)
    if len(found) >= 2 and _agrees(read, found, settings):
        return tuple(_segment(doc, part, prediction, thresholds) for part, prediction in found[:MOST_SEGMENTS])
    if len(doc.text.split()) <= settings.whole_until or not found:
        # The question with its story, unless the question alone is clear and the whole is not.
        alone = found[0][1] if found else read
        prediction = read if read.intent_confidence >= settings.telling_confidence else average([read, alone])
        return (_segment(doc, whole, prediction, thresholds),)
    part, prediction = max(found, key=lambda item: (item[0].asks, item[1].intent_confidence))
    return (_segment(doc, part, average([read, prediction, prediction]), thresholds),)


def _finer(doc: Doc, part: Part) -> list[Sequence[Part]]:
    """The ways in which one part could be two questions or more, though nothing in it says so."""
    if part.joined:
        return []
    ways: list[Sequence[Part] | None] = [
        shared_beginning(doc, part),
        listed(doc, part),
        plain_halves(doc, part),
        *run_ons(doc, part),
    ]
    return [way for way in ways if way and not any(says_nothing_alone(piece.read_as) for piece in way)]


def _several_or_one(
    part: Part,
    prediction: Prediction,
    ways: list[Sequence[Part]],
    others: Sequence[Prediction],
    settings: SegmentationSettings,
) -> list[tuple[Part, Prediction]]:
    """The part as it is, or cut in the first way in which every piece is clearly a topic."""
    for way in ways:
        predictions, others = others[: len(way)], others[len(way) :]
        if _several_things(prediction, predictions, settings):
            return _each_once(list(zip(way, predictions, strict=True)))
    return [(part, prediction)]


def average(predictions: Sequence[Prediction]) -> Prediction:
    """The mean of predictions of the same thing read in several ways."""
    share = 1 / len(predictions)
    total: dict[str, float] = {}
    intents: dict[str, float] = {}
    for prediction in predictions:
        for candidate in prediction.candidates:
            total[candidate.label] = total.get(candidate.label, 0.0) + candidate.confidence * share
        best = intent_of(prediction.label)
        intents[best] = intents.get(best, 0.0) + prediction.intent_confidence * share
        for candidate in prediction.candidates:
            other = intent_of(candidate.label)
            if other != best:
                intents[other] = intents.get(other, 0.0) + candidate.confidence * share
    ordered = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    intent = max(sorted(intents), key=lambda name: intents[name])
    first = next(item for item in ordered if intent_of(item[0]) == intent)
    ordered = [first, *(item for item in ordered if item != first)]
    candidates = tuple(Candidate(label, confidence) for label, confidence in ordered[:5])
    known = sum(prediction.known for prediction in predictions) * share
    return Prediction(candidates, known, intents[intent])


def intent_of(label: str) -> str:
    """The intent of a label that may name a subject."""
    return label.split("/")[0]


def _parts(doc: Doc) -> list[Part]:
    return joined_to_what_they_mean(doc, [part for sentence in sentences(doc) for part in clauses(doc, sentence)])


def _worth_reading(parts: list[Part]) -> list[Part]:
    """All parts of a short message; of a long story those that ask, then the last ones, in their order."""
    if len(parts) <= MOST_PARTS:
        return parts
    asking = [part for part in parts if part.asks]
    rest = [part for part in parts if not part.asks]
    chosen = (asking[-MOST_PARTS:] + rest[::-1])[:MOST_PARTS]
    return sorted(chosen, key=lambda part: part.start)


def _topics(
    doc: Doc, read: list[tuple[Part, Prediction]], settings: SegmentationSettings
) -> list[tuple[Part, Prediction]]:
    """The parts that ask something known, those of the same topic joined."""
    words = len(doc.text.split())
    found: list[tuple[Part, Prediction]] = []
    for place, (part, prediction) in enumerate(read):
        following = read[place + 1][0] if place + 1 < len(read) else None
        leads_in = following is not None and not part.asks and "," in doc.text[part.end - 1 : following.start]
        if _is_side(prediction.label, settings) or leads_in or not _stands_alone(part, prediction, words, settings):
            continue
        same = next((row for row, (_, other) in enumerate(found) if other.label == prediction.label), None)
        if same is None:
            found.append((part, prediction))
        elif prediction.confidence > found[same][1].confidence:
            found[same] = (found[same][0], prediction)
    return found


def _beside(
    whole: Prediction, found: list[tuple[Part, Prediction]], settings: SegmentationSettings
) -> list[tuple[Part, Prediction]]:
    """Without parts that are unsure of their topic, where the message as a whole is sure of another part's."""
    sure = whole.intent_confidence >= settings.overruled_by
    if not sure or intent_of(whole.label) not in {intent_of(prediction.label) for _, prediction in found}:
        return found
    return [
        (part, prediction)
        for part, prediction in found
        if prediction.intent_confidence >= SURE_BESIDE or intent_of(prediction.label) == intent_of(whole.label)
    ]


def _agrees(whole: Prediction, found: list[tuple[Part, Prediction]], settings: SegmentationSettings) -> bool:
    """Whether the message read as a whole leaves room for the parts: it means one of them, or nothing clear."""
    names = {intent_of(prediction.label) for _, prediction in found}
    surest_gap = max((p.intent_confidence for _, p in found if intent_of(p.label) == GAP), default=1.0)
    if intent_of(whole.label) != GAP and whole.intent_confidence > max(surest_gap, settings.overruled_by):
        return False
    return intent_of(whole.label) in names or whole.intent_confidence < settings.overruled_by


def _stands_alone(part: Part, prediction: Prediction, words: int, settings: SegmentationSettings) -> bool:
    if part.asks:
        gap = intent_of(prediction.label) == GAP
        return _sure(prediction, settings.gap_confidence if gap else settings.split_confidence, settings)
    story = part.tells or intent_of(prediction.label) in settings.story_labels
    # A statement is background to a question beside it; a few words without a subject are a topic ("and the cost").
    if story or words > STORY or len(part.read_as.split()) > FRAGMENT:
        return False
    return _sure(prediction, settings.telling_confidence, settings)


def _sure(prediction: Prediction, confidence: float, settings: SegmentationSettings) -> bool:
    return prediction.known >= settings.split_known and prediction.intent_confidence >= confidence


def _is_side(label: str, settings: SegmentationSettings) -> bool:
    return label in settings.side_labels or intent_of(label) in settings.side_labels


def _several_things(whole: Prediction, parts: Sequence[Prediction], settings: SegmentationSettings) -> bool:
    """Whether every part is clearly a topic, not all of one kind, and the whole means one of them or nothing clear."""
    return (
        all(
            _sure(part, VERY_CLEARLY if intent_of(part.label) == GAP else CLEARLY, settings)
            and not _is_side(part.label, settings)
            for part in parts
        )
        and len({_family(part.label) for part in parts}) > 1
        and (intent_of(whole.label) in {intent_of(part.label) for part in parts} or not _sure(whole, CLEARLY, settings))
    )


def _each_once(read: list[tuple[Part, Prediction]]) -> list[tuple[Part, Prediction]]:
    """The first part of every topic."""
    first: dict[str, tuple[Part, Prediction]] = {}
    for part, prediction in read:
        first.setdefault(prediction.label, (part, prediction))
    return list(first.values())


def _family(label: str) -> str:
    """Things of one kind named together, as two conditions are, make one question."""
    words = label.split("_")
    return "_".join(words[:2]) if len(words) > 2 else label


def _segment(doc: Doc, part: Part, prediction: Prediction, thresholds: Thresholds) -> Segment:
    decision = thresholds.decide(prediction.known, prediction.intent_confidence)
    text = doc.text[part.start : part.end]
    return Segment(text, part.start, part.end, prediction.candidates, prediction.known, decision)
