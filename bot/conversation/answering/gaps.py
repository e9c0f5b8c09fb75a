"""Questions that the article leaves open: said openly, answered from the clinic's own facts where it has set them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.choices import PERSON
from bot.conversation.content import Gap
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.wording.voice import Voice

NOT_IN_ARTICLE = "not_in_article"
_LAST_SENTENCE = re.compile(r"[^.!?\s][^.!?]*[.!?]")
# How to reach the clinic is no matter of the article: it is told as it is to who asks for a person.
_CONTACT = "contact"


def not_covered(voice: Voice, subjects: Sequence[str]) -> Reply:
    """Say that the article does not answer this, tell the clinic's own fact or how to ask, and record the gap."""
    return voice.reply(
        Kind.NOT_COVERED,
        paragraph(voice, subjects),
        topics=[NOT_IN_ARTICLE],
        buttons=ways_on(voice, subjects),
        record={"gaps": list(subjects)},
    )


def paragraph(voice: Voice, subjects: Sequence[str], *, and_ask: bool = True) -> str:
    """What is said about subjects that the article leaves open.

    Args:
        voice: Of this turn.
        subjects: Of `data/gaps.yml`, in the order asked.
        and_ask: Whether it ends with how to ask the clinic, where only the clinic can tell.
    """
    parts: list[str] = []
    for subject in subjects:
        gap = _gap(voice, subject)
        fact = voice.content.clinic.answers.get(subject)
        if voice.again and gap.again and not fact:
            parts.append(gap.again[voice.turn % len(gap.again)])
            continue
        if gap.id != _CONTACT:
            parts.append(voice.phrase("also_not_covered" if parts else "not_covered", about=gap.about))
        elif subject not in voice.content.clinic.answers:
            parts.append(voice.phrase("talk_to_person"))
        if fact:
            parts.append(voice.phrase("clinic_says", fact=fact))
        elif gap.advice:
            # Who asks on has read it: whom to ask, which it ends with, is enough.
            parts.append(_LAST_SENTENCE.findall(gap.advice)[-1] if voice.again else gap.advice)
    if and_ask and asks_clinic(voice, subjects):
        parts.append(voice.phrase("ask_clinic"))
    return " ".join(parts)


def asks_clinic(voice: Voice, subjects: Sequence[str]) -> bool:
    """Whether only the clinic can tell about one of these subjects."""
    told = voice.content.clinic.answers
    left = [subject for subject in subjects if not told.get(subject) and not _gap(voice, subject).advice]
    return bool(left) and _CONTACT not in subjects


def ways_on(voice: Voice, subjects: Sequence[str]) -> list[Button]:
    """A person, where only the clinic can tell."""
    return [Button("Talk to a person", PERSON)] if asks_clinic(voice, subjects) else []


def _gap(voice: Voice, subject: str) -> Gap:
    return voice.content.gaps.get(subject, voice.content.gaps["other"])
