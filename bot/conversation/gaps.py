"""Questions that the article leaves open: said openly, answered from the clinic's own facts where it has set them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.choices import PERSON
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.voice import Voice

NOT_IN_ARTICLE = "not_in_article"


def not_covered(voice: Voice, subjects: Sequence[str], *, consult_length: str | None = None) -> Reply:
    """Say that the article does not answer this, tell the clinic's own fact or how to ask, and record the gap."""
    content = voice.content
    parts: list[str] = []
    asks_clinic = False
    for subject in subjects:
        gap = content.gaps.get(subject, content.gaps["other"])
        parts.append(voice.phrase("also_not_covered" if parts else "not_covered", about=gap.about))
        if fact := content.clinic.answers.get(subject):
            parts.append(voice.phrase("clinic_says", fact=fact))
        elif gap.advice:
            parts.append(gap.advice)
        else:
            asks_clinic = True
    if asks_clinic:
        parts.append(voice.phrase("ask_clinic"))
    return voice.reply(
        Kind.NOT_COVERED,
        " ".join(parts),
        topics=[NOT_IN_ARTICLE],
        buttons=[Button("Talk to a person", PERSON)] if asks_clinic else [],
        record={"gaps": list(subjects)},
        consult_length=consult_length,
    )
