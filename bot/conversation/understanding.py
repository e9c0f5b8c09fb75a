"""What was understood of one message: the value that crosses from the NLU pipeline to the dialogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.safety.finding import Finding, Heard

ENGLISH = "en"
# A longer message is known by its words: "anticoagulants" in it may be Italian or Dutch and is English.
_MOST_WORDS_OF_NO_LANGUAGE = 4
# Languages that short words of one do not tell from the other.
_ALIKE = frozenset({"ru", "uk"})
# Intents that get no sentence of the article: being wrong about them costs less than about a topic.
SAYS_NO_ARTICLE = frozenset(("ask_not_in_article", "chitchat", "remark", "out_of_scope"))


@dataclass(frozen=True)
class Candidate:
    """A label the message may mean, with its calibrated probability.

    Attributes:
        label: An intent, or `intent/subject` where one intent has several subjects (`ask_not_in_article/cost`).
        confidence: Between 0 and 1; calibrated on held-out predictions.
    """

    label: str
    confidence: float


@dataclass(frozen=True)
class Segment:
    """A part of the message that asks or tells one thing.

    Attributes:
        text: The part as the patient wrote it.
        start, end: Its place in the message, in characters.
        candidates: The likeliest labels, best first; at most five.
        known: Probability that the part belongs to any trained label at all (open-set score), 0 to 1.
        decision: "accept", "offer" (ask "did you mean") or "refuse", by the pipeline's thresholds.
        background: Probability that the part only tells something; the candidates are what it asks for if it does not.
    """

    text: str
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    known: float
    decision: str
    background: float = 0.0

    def read_as(self, first: Candidate) -> Segment:
        """The part with this for its likeliest label, and the others behind it."""
        rest = tuple(candidate for candidate in self.candidates if candidate.label != first.label)
        return replace(self, candidates=(first, *rest))


@dataclass(frozen=True)
class Danger:
    """How like a danger sign a message is to the classifier.

    Attributes:
        label: The likeliest kind (`red_flag/crisis`, …) where it is likest.
        confidence: Of all kinds of danger together, between 0 and 1.
        start, end: Where it was seen, in characters: the whole message or one sentence of it.
        lead: By how much the likest example of a danger sign is nearer than the likest of all others, in the
            classifier's likeness of meaning; below 0 where one of those is nearer.
        elsewhere: What else was read by itself and has some kind of danger among its likeliest meanings.
        beside: What stands in it beside a question to the clinic, read by itself: it counts where that makes the whole
            of it look dangerous, and never for more.
        in_clauses: How like a danger sign the likest of its clauses is by itself, where it is long and has several.
    """

    label: str
    confidence: float
    start: int
    end: int
    elsewhere: tuple[Danger, ...] = ()
    lead: float = 0.0
    beside: tuple[Danger, ...] = ()
    in_clauses: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        others = {key: tuple(other.to_dict() for other in getattr(self, key)) for key in ("elsewhere", "beside")}
        return {**vars(self), **others}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Danger:
        """Read back what `to_dict` wrote."""
        others = {key: tuple(map(cls.from_dict, data.get(key, ()))) for key in ("elsewhere", "beside")}
        return cls(**{**data, **others})


@dataclass(frozen=True)
class Understanding:
    """One message, understood.

    Attributes:
        text: The message after normalisation.
        language: "en", or the ISO 639-1 code of another language it is written in.
        segments: In the order in which they were written; at least one.
        findings: What the safety net found, in order.
        denied: The places, in characters, of what the net heard denied, fact or not.
        voided: Those of words that only sound like a fact.
        danger: The sentence likest to a danger sign, by the classifier; the second line behind the net.
        timings: Milliseconds by stage, for staff.
    """

    text: str
    language: str
    segments: tuple[Segment, ...]
    findings: tuple[Finding, ...] = ()
    denied: tuple[tuple[int, int], ...] = ()
    voided: tuple[tuple[int, int], ...] = ()
    danger: Danger | None = None
    timings: tuple[tuple[str, float], ...] = ()

    @property
    def spoken(self) -> str:
        """The language to answer in: a message too short to be known by its words is known by the danger it tells.

        So is one in letters that two languages share. "38.5" is a fever in every language and tells nothing.
        """
        told = sorted({f.language for f in self.findings if any(map(str.isalpha, f.phrase))} - {ENGLISH})
        if told and self.language not in told and _ALIKE.issuperset({self.language, *told}):
            return told[0]
        if len(self.text.split()) > _MOST_WORDS_OF_NO_LANGUAGE:
            return self.language
        return told[0] if told and self.language == ENGLISH else self.language

    @property
    def heard(self) -> Heard:
        """What the safety net made of it."""
        return Heard(self.text, self.findings, self.denied, self.voided)

    def with_heard(self, heard: Heard) -> Understanding:
        """The same message with what the safety net made of it."""
        return replace(self, findings=heard.findings, denied=heard.denied, voided=heard.voided)

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values, as it is stored in Rasa's message."""
        # By hand: `dataclasses.asdict` takes a dozen times as long, twice a message.
        segments = ({**vars(s), "candidates": tuple(dict(vars(c)) for c in s.candidates)} for s in self.segments)
        return {
            **vars(self),
            "segments": tuple(segments),
            "findings": tuple(dict(vars(finding)) for finding in self.findings),
            "danger": self.danger.to_dict() if self.danger else None,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Understanding:
        """Read back what `to_dict` wrote.

        Raises:
            KeyError, TypeError: when `data` is not such an understanding.
        """
        return cls(
            text=data["text"],
            language=data["language"],
            segments=tuple(
                Segment(**{**s, "candidates": tuple(Candidate(**c) for c in s["candidates"])}) for s in data["segments"]
            ),
            findings=tuple(Finding(**f) for f in data.get("findings", ())),
            denied=tuple((start, end) for start, end in data.get("denied", ())),
            voided=tuple((start, end) for start, end in data.get("voided", ())),
            danger=Danger.from_dict(data["danger"]) if data.get("danger") else None,
            timings=tuple((name, ms) for name, ms in data.get("timings", ())),
        )


def intent_of(label: str) -> str:
    """The intent of a label that may name a subject."""
    return label.partition("/")[0]
