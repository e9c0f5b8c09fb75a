"""How a reply is worded: the consult-first line of this turn, and the product's own phrases with the clinic's facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.content import Content
from bot.conversation.reply import Button, Kind, Note, Progress, Reply, Source
from bot.conversation.understanding import ENGLISH
from bot.suitability.tiers import Tier

# The longer the reply, the longer the line before it: a few words before small talk, a sentence before an answer.
_LENGTH = {
    Kind.ANSWER: "medium",
    Kind.NOT_COVERED: "medium",
    Kind.OUTCOME: "long",
    Kind.EMERGENCY: "medium",
    Kind.CONTACT: "medium",
    Kind.QUESTION: "short",
    Kind.CHITCHAT: "short",
    Kind.CLARIFY: "short",
    Kind.APOLOGY: "short",
}
# Beside what is told of acupuncture, getting checked comes first where an alarm stands.
_AFTER_HELP = frozenset({Kind.ANSWER, Kind.NOT_COVERED, Kind.OUTCOME})
# How far along the list of wordings the line of a question lies from that of the reply before it.
_APART = 3


@dataclass(frozen=True)
class Voice:
    """Makes the replies of one turn.

    Attributes:
        turn: The number of the patient's message; wordings differ from turn to turn and are the same on replay.
        language: The code of the language that the patient writes in.
        again: Whether the patient asks for what was just said: a phrase that has other words for that (`…_again`) uses
            them.
        alarmed: Whether the patient was told to get care: the line before an answer says that this comes first.
        of_another: Whether somebody else than the writer was spoken of just now: a phrase that has other words for that
            (`…_other`) uses them.
    """

    content: Content
    turn: int = 0
    language: str = ENGLISH
    again: bool = False
    alarmed: bool = False
    of_another: bool = False

    def apart(self) -> Voice:
        """The voice of a question that may follow another reply in the same turn: its consult-first line differs."""
        return replace(self, turn=self.turn + _APART)

    def phrase(self, key: str, **values: str) -> str:
        """The product's own phrase `key`, its placeholders filled from the clinic's facts and `values`."""
        clinic, wordings = self.content.clinic, self.content.phrases.wordings
        if self.again and f"{key}_again" in wordings:
            key = f"{key}_again"
        if self.of_another and f"{key}_other" in wordings:
            key = f"{key}_other"
        return self.content.phrases.say(
            key,
            self.turn,
            clinic=clinic.name,
            contact=clinic.contact,
            emergency=clinic.emergency_number,
            crisis=clinic.crisis_number,
            **values,
        )

    def help_in_their_language(self, tier: Tier) -> str:
        """Where to get help, for who writes in another language; "" for who writes English."""
        if self.language == ENGLISH:
            return ""
        return self.content.phrases.in_language(self.language).help(tier, self.content.clinic)

    def sorry_in_their_language(self) -> str:
        """That English is understood, for who writes in another language; "" for who writes English."""
        if self.language == ENGLISH:
            return ""
        return self.content.phrases.in_language(self.language).sorry(self.content.clinic)

    def reply(
        self,
        kind: Kind,
        text: str,
        *,
        topics: Iterable[str] = (),
        sources: Iterable[Source] = (),
        buttons: Iterable[Button] = (),
        tier: str | None = None,
        rules: Iterable[str] = (),
        notes: Iterable[Note] = (),
        progress: Progress | None = None,
        record: dict[str, Any] | None = None,
        consult_length: str | None = None,
    ) -> Reply:
        """A reply with this turn's consult-first line."""
        length = consult_length or ("after_help" if self.alarmed and kind in _AFTER_HELP else _LENGTH[kind])
        topics = tuple(dict.fromkeys(topics))
        return Reply(
            kind=kind,
            text=text,
            consult_first=self.content.phrases.consult.pick(length, self.turn),
            topic=topics[0] if topics else None,
            topics=topics,
            sources=tuple(sources),
            buttons=tuple(buttons),
            tier=tier,
            rules=tuple(rules),
            notes=tuple(notes),
            progress=progress,
            record=record or {},
        )
