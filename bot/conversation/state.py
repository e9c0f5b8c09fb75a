"""What a conversation remembers between turns: one JSON value, kept in Rasa's tracker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class State:
    """The memory of one conversation.

    Attributes:
        turn: How many messages the patient has sent; varies the wording.
        topics: What was answered last, in order: what a bare follow-up refers to.
        answered: What was answered, as "topic:…" or "gap:…", in order; the last twelve.
        gaps: The subjects of the last reply that the article leaves open; what "roughly?" goes on about.
        said: What the last reply was to, where it was no topic ("privacy"); said anew in other words.
        told_more: Topics of which all was said that the article says; "tell me more" does not say it again.
        likely: What else the last question may have meant: labels offered when the patient says "wrong".
        misses: Messages in a row that were not understood.
        offered: Choices of the last reply, as (title, payload): what "2" or a typed title means.
        choosing: Whether the last reply asked to choose from `offered`; "the first one" means a choice only then.
        asked: What waits for an answer, {"kind": "check" | "danger" | "peg", …}, or an alarm that was the last reply,
            {"kind": "alarmed", …}; else None.
        alarm: The last alarm, which stands however much is talked of in between: {"tier": its id,
            "check_waits": whether the patient has been told that a check waits for it}; None when there is none.
        declined: Whether the offer of a check was declined: it is not made again until something new is told.
        supposed: The danger signs that the last message only asked of; "it started last week" tells of them.
            A low mood that it told stands among them, and a part of the body that it only named.
        facts: Health facts told so far, fact id -> "yes" | "no" | "unsure".
        told_of: Who they were told of, as people who may be meant ("self", "mother"); empty where it was not said.
        aside: The facts told of others, by who they may be ("father/mother"): they count once these are spoken of.
        person: Who was spoken of last, for a check to come: the facts of for whom and how old, where they were told.
        person_told: The turn in which that was.
        check: The suitability check under way: {"interview": its state, "finished": bool}; None when none is.
        handled: Id of the last message answered, so that one message is never answered twice.
    """

    turn: int = 0
    topics: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    said: str = ""
    told_more: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    misses: int = 0
    offered: tuple[tuple[str, str], ...] = ()
    choosing: bool = False
    asked: Mapping[str, Any] | None = None
    alarm: Mapping[str, Any] | None = None
    declined: bool = False
    supposed: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    told_of: tuple[str, ...] = ()
    aside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict)
    person_told: int = 0
    check: Mapping[str, Any] | None = None
    handled: str = ""

    @property
    def waits_for_nothing(self) -> bool:
        """Whether words can be taken as a remark: no question waits but the offer of a check, and no alarm stands."""
        return self.check is None and (self.asked is None or self.asked["kind"] == "check")

    @property
    def can_be_undone(self) -> bool:
        """Whether the answer before can be taken back: in the check, or where its last answer ended in an alarm."""
        if self.asked is not None and self.asked["kind"] == "danger":
            return False
        return self.check is not None or bool((self.asked or {}).get("by_check"))

    def but(self, **changes: Any) -> State:
        """This state with some of its values changed."""
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values, which are this state's own: nobody changes them."""
        return dict(vars(self))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> State:
        """Read back what `to_dict` wrote; an unreadable value is a conversation that starts fresh."""
        if not data:
            return cls()
        try:
            return cls(
                turn=int(data["turn"]),
                topics=tuple(data["topics"]),
                answered=tuple(data.get("answered") or ()),
                gaps=tuple(data.get("gaps") or ()),
                said=str(data.get("said") or ""),
                told_more=tuple(data.get("told_more") or ()),
                likely=tuple(data["likely"]),
                misses=int(data["misses"]),
                offered=tuple((title, payload) for title, payload in data["offered"]),
                choosing=bool(data["choosing"]),
                asked=_asked(data["asked"]),
                alarm=_alarm(data.get("alarm")),
                declined=bool(data.get("declined")),
                supposed=tuple(data.get("supposed") or ()),
                facts=_facts(data["facts"]),
                told_of=tuple(str(one) for one in data.get("told_of") or ()),
                aside={str(who): _facts(facts) for who, facts in (data.get("aside") or {}).items()},
                person=_facts(data.get("person") or {}),
                person_told=int(data.get("person_told") or 0),
                check=_check(data["check"]),
                handled=str(data["handled"] or ""),
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            return cls()


_ASKED = {"danger": {"fact", "label", "then", "again"}, "peg": {"scores"}, "check": set(), "alarmed": {"crisis"}}


def _asked(data: Any) -> Mapping[str, Any] | None:
    if data is not None and not _ASKED[data["kind"]] <= set(data):
        raise ValueError("a question that waits lacks what its answer needs")
    return data  # type: ignore[no-any-return]


def _alarm(data: Any) -> Mapping[str, Any] | None:
    if data is not None and not {"tier", "check_waits"} <= set(data):
        raise ValueError("an alarm that does not say what for")
    return data  # type: ignore[no-any-return]


def _facts(data: Mapping[str, str]) -> dict[str, str]:
    if not set(data.values()) <= {"yes", "no", "unsure"}:
        raise ValueError("a health fact without an answer")
    return dict(data)


def _check(data: Any) -> Mapping[str, Any] | None:
    if data is not None and not (isinstance(data["interview"], Mapping) and isinstance(data["finished"], bool)):
        raise ValueError("a check without its interview")
    return data  # type: ignore[no-any-return]
