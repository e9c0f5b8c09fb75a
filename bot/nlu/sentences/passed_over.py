"""A question that nothing answers beside one that is answered: silence about it would look like an answer."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from bot.conversation.understanding import intent_of
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.part_topics import Read
from bot.nlu.sentences.question_forms import opens_as_question
from bot.nlu.sentences.segmentation_settings import GAP, STORY, SegmentationSettings

# It has so many words at least, is not surely small talk, and hardly means what was answered.
_FEWEST_WORDS, _SURELY_SIDE, _MEANS_IT = 4, 0.5, 0.2


def passed_over(doc: Doc, read: Sequence[Read], answered: Sequence[str], settings: SegmentationSettings) -> Read | None:
    """The first question in a clause of its own that is none of those answered, though one beside it is.

    What it asks is not clear enough to be answered ("why does my back hurt, and can you fix it"); silence about it
    would look like an answer. In a long story a question that is hard to read is mostly part of the story.

    Args:
        doc: The message.
        read: Its parts.
        answered: The labels of what is answered.
        settings: Which labels are small talk and the like.
    """
    if len(text_of(doc).split()) > STORY or not any(part.asks and row.label in answered for part, row in read):
        return None
    for part, prediction in read:
        intent = intent_of(prediction.label)
        own_question = part.asks and part.marked and opens_as_question(doc, part.start, part.end)
        if not own_question or len(part.read_as.split()) < _FEWEST_WORDS:
            continue
        if any(c.label in answered and c.confidence >= _MEANS_IT for c in prediction.candidates):
            continue
        if intent != GAP and intent in map(intent_of, answered):
            continue
        if settings.is_side(prediction.label) and prediction.intent_confidence >= _SURELY_SIDE:
            continue
        return part, prediction
    return None
