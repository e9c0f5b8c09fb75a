"""Several questions of one message in one reply: each answered where it was asked, under one consult-first line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.conversation.answering import answers, gaps
from bot.conversation.reply import Kind, Reply
from bot.conversation.wish import Wish
from bot.conversation.wording.voice import Voice


def answered(voice: Voice, asked: Sequence[Wish]) -> Reply:
    """The reply to topics and gaps, in the order in which they were asked; a paragraph each.

    Args:
        voice: Of this turn.
        asked: Wishes of the kinds "topic" and "gap", at least one, each once.
    """
    topics = [wish.value for wish in asked if wish.kind == "topic"]
    subjects = [wish.value for wish in asked if wish.kind == "gap"]
    if not subjects:
        return answers.answer(voice, topics)
    if not topics:
        return gaps.not_covered(voice, subjects)
    said = answers.sentences_for(voice.content, topics)
    return voice.reply(
        Kind.ANSWER,
        "\n\n".join(filter(None, _paragraphs(voice, asked, {t: answers.paragraph(s) for t, s in said.items()}))),
        topics=[wish.value if wish.kind == "topic" else gaps.NOT_IN_ARTICLE for wish in asked],
        sources=answers.sources_of(said),
        buttons=[*answers.ways_on(voice.content, topics), *gaps.ways_on(voice, subjects)],
        notes=answers.notes_on(voice.content, topics),
        record={"gaps": subjects},
    )


def _paragraphs(voice: Voice, asked: Sequence[Wish], answer_to: dict[str, str]) -> list[str]:
    """A paragraph for each topic and each run of gaps; how to ask the clinic is said once, with the last of them."""
    paragraphs: list[str] = []
    runs = [(kind, [wish.value for wish in run]) for kind, run in groupby(asked, key=lambda wish: wish.kind)]
    to_the_clinic = [run for kind, run in runs if kind == "gap" and gaps.asks_clinic(voice, run)]
    for kind, run in runs:
        if kind == "topic":
            paragraphs += [answer_to[topic] for topic in run]
        else:
            paragraphs.append(gaps.paragraph(voice, run, and_ask=run in to_the_clinic[-1:]))
    return paragraphs
