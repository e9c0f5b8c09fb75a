"""The choke point: every word a patient reads is a `Reply`, and every `Reply` suggests a healthcare provider first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.conversation.wording.consult import suggests_provider_first


class Kind(StrEnum):
    """What a reply is for."""

    ANSWER = "answer"
    NOT_COVERED = "not_covered"
    QUESTION = "question"
    OUTCOME = "outcome"
    EMERGENCY = "emergency"
    CONTACT = "contact"
    CHITCHAT = "chitchat"
    CLARIFY = "clarify"
    APOLOGY = "apology"


@dataclass(frozen=True)
class Button:
    """A choice offered with a reply.

    Attributes:
        title: What the patient reads, and may type instead of pressing.
        payload: What the server understands by it. Never sent to a channel: the gateway maps an opaque id to it.
    """

    title: str
    payload: str


@dataclass(frozen=True)
class Source:
    """One sentence of the article behind an answer.

    Attributes:
        id: `section-slug/3`, stable over edits elsewhere in the article.
        section: The heading it stands under.
    """

    id: str
    section: str


@dataclass(frozen=True)
class Note:
    """An editor's note, shown apart from the article's own words, with a source of its own."""

    text: str
    source: str
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """Where a patient stands in the suitability check: question `step` of about `of`."""

    step: int
    of: int


@dataclass(frozen=True)
class Reply:
    """What the patient is told in one message, for any channel to render.

    `consult_first` is the first line in every kind but emergency, where `text` begins with what to do now.
    """

    kind: Kind
    text: str
    consult_first: str
    topic: str | None = None
    topics: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    buttons: tuple[Button, ...] = ()
    tier: str | None = None
    rules: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    progress: Progress | None = None
    # For the gateway, never shown: a question the article leaves open, or a finished assessment to store.
    record: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse to exist without the words that every reply must carry.

        Raises:
            ValueError: when `consult_first` does not suggest a healthcare provider first, or `text` is empty.
        """
        if not suggests_provider_first(self.consult_first):
            raise ValueError(f"a {self.kind} reply without a consult-first line: {self.consult_first!r}")
        if not self.text.strip():
            raise ValueError(f"a {self.kind} reply without a text")

    def to_dict(self) -> dict[str, Any]:
        """The reply as plain JSON values, as it crosses from the action server to the gateway."""
        # By hand: `dataclasses.asdict` takes a dozen times as long, several times a message.
        return {
            **vars(self),
            "sources": _plain(self.sources),
            "buttons": _plain(self.buttons),
            "notes": _plain(self.notes),
            "progress": dict(vars(self.progress)) if self.progress else None,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """Read back what `to_dict` wrote.

        Raises:
            KeyError, TypeError, ValueError: when `data` is not such a reply.
        """
        return cls(
            kind=Kind(data["kind"]),
            text=data["text"],
            consult_first=data["consult_first"],
            topic=data.get("topic"),
            topics=tuple(data.get("topics", ())),
            sources=tuple(Source(**s) for s in data.get("sources", ())),
            buttons=tuple(Button(**b) for b in data.get("buttons", ())),
            tier=data.get("tier"),
            rules=tuple(data.get("rules", ())),
            notes=tuple(Note(**n) for n in data.get("notes", ())),
            progress=Progress(**data["progress"]) if data.get("progress") else None,
            record=dict(data.get("record", {})),
        )

    def as_text(self) -> str:
        """Everything the reply holds as plain text, for a terminal and for transcripts.

        Choices are numbered, but those of a question: what it lists stands above them, and "2" would be of either.
        """
        head = [self.text, self.consult_first] if self.kind is Kind.EMERGENCY else [self.consult_first, self.text]
        sections = list(dict.fromkeys(source.section for source in self.sources))
        tail = [f"From the article: {'; '.join(sections)}"] if sections else []
        tail += [f"Editor's note: {note.text} ({note.source})" for note in self.notes]
        is_question = self.kind is Kind.QUESTION
        tail += [f"[{b.title}]" if is_question else f"{n}. {b.title}" for n, b in enumerate(self.buttons, start=1)]
        return "\n".join([*head, *tail])


def _plain(values: Iterable[object]) -> tuple[dict[str, Any], ...]:
    return tuple(dict(vars(value)) for value in values)
