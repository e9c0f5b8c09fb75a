"""By what the review list is narrowed: conditions from a form or a saved filter, as a query of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, TextClause, exists, func, select, text
from sqlalchemy.orm import Session

from bot.storage.schema.review_tables import ConversationTag, SavedFilter
from bot.storage.schema.turn_tables import RARE, ConversationSummary, ConversationTopic
from bot.storage.staff_side.undelivered import conversations_with_losses
from bot.suitability.tiers import Tier

Condition = ColumnElement[bool] | TextClause
YES_NO = ("", "yes", "no")
_TROUBLES = {
    "fallback": RARE["fallbacks"],
    "clarify": "clarifies > 0",
    "failed": RARE["failures"],
    "unhelpful": RARE["unhelpful"],
}
_UNDELIVERED = "undelivered"


@dataclass(frozen=True)
class Conditions:
    """Which conversations are wanted; "" and 0 leave a condition out.

    Attributes:
        tests: Test conversations instead of patients'.
        since, until: Days as YYYY-MM-DD, both included.
        tier: Exactly this as the gravest; "any" for any.
        below: A message's confidence was below so many per cent.
        trouble: "fallback", "clarify", "failed", "unhelpful"; "undelivered": a reply did not arrive.
        least, most: How many messages the patient sent.
        reviewed, flagged: "yes" or "no".
    """

    tests: str = ""
    since: str = ""
    until: str = ""
    channel: str = ""
    topic: str = ""
    tier: str = ""
    below: int = 0
    trouble: str = ""
    least: int = 0
    most: int = 0
    tag: str = ""
    reviewed: str = ""
    flagged: str = ""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> Conditions:
        """From a form or a stored filter; what cannot be used is left out."""
        found: dict[str, Any] = {}
        for spec in fields(cls):
            given = str(values.get(spec.name, "")).strip()[:80]
            if isinstance(spec.default, int):
                found[spec.name] = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
            else:
                found[spec.name] = given
        made = cls(**found)
        keep: dict[str, Any] = {
            "since": made.since if _day(made.since) else "",
            "until": made.until if _day(made.until) else "",
            "reviewed": made.reviewed if made.reviewed in YES_NO else "",
            "flagged": made.flagged if made.flagged in YES_NO else "",
            "trouble": made.trouble if made.trouble in (*_TROUBLES, _UNDELIVERED) else "",
            "tests": "yes" if made.tests == "yes" else "",
        }
        return replace(made, **keep)

    def to_values(self) -> dict[str, str]:
        """Those that are set, as text: for a link, a form or a stored filter."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def ids_of(conditions: Conditions, zone: str) -> Select[tuple[str]]:
    """The ids of the conversations that meet the conditions, as a query; days are those of the zone."""
    line = ConversationSummary
    is_test = conditions.tests == "yes"
    if conditions.topic:
        query = (
            select(ConversationTopic.conversation_id)
            .join(line, line.conversation_id == ConversationTopic.conversation_id)
            .where(ConversationTopic.topic == conditions.topic, ConversationTopic.is_test.is_(is_test))
        )
    else:
        query = select(line.conversation_id).where(line.is_test.is_(is_test))
    started = ConversationTopic.started if conditions.topic else line.started
    if day := _day(conditions.since):
        query = query.where(started >= _midnight(day, zone))
    if day := _day(conditions.until):
        query = query.where(started < _midnight(day + timedelta(days=1), zone))
    return query.where(*_of_the_talk(conditions), *_of_the_notes(conditions))


def _of_the_talk(conditions: Conditions) -> list[Condition]:
    line, wanted = ConversationSummary, list[Condition]()
    if conditions.channel:
        wanted.append(line.channel == conditions.channel)
    if conditions.tier == "any":
        wanted.append(line.tier_rank >= 0)
    elif conditions.tier:
        wanted.append(line.tier_rank == _rank(conditions.tier))
    if conditions.below:
        wanted.append(line.lowest < conditions.below / 100)
    if conditions.trouble == _UNDELIVERED:
        wanted.append(line.conversation_id.in_(conversations_with_losses()))
    elif conditions.trouble:
        wanted.append(text(_TROUBLES[conditions.trouble]))
    if conditions.least:
        wanted.append(line.turns >= conditions.least)
    if conditions.most:
        wanted.append(line.turns <= conditions.most)
    return wanted


def _of_the_notes(conditions: Conditions) -> list[Condition]:
    line, wanted = ConversationSummary, list[Condition]()
    if conditions.reviewed:
        wanted.append(line.reviewed.is_not(None) if conditions.reviewed == "yes" else line.reviewed.is_(None))
    if conditions.flagged:
        wanted.append(text(RARE["flagged"]) if conditions.flagged == "yes" else line.flagged.is_(False))
    if conditions.tag:
        tagged = exists().where(
            ConversationTag.conversation_id == line.conversation_id, ConversationTag.tag == conditions.tag
        )
        wanted.append(tagged)
    return wanted


def choices(session: Session, only_tests: bool = False) -> dict[str, list[str]]:
    """What the list can be narrowed to: channels, topics and tags that occur. Distinct values by skipping.

    Args:
        session: A session.
        only_tests: Of test conversations alone, for those who may not read patients'.
    """
    if only_tests:
        tests = select(ConversationSummary.conversation_id).where(ConversationSummary.is_test)
        values = {
            "channels": (ConversationSummary.channel, ConversationSummary.is_test),
            "topics": (ConversationTopic.topic, ConversationTopic.is_test),
            "tags": (ConversationTag.tag, ConversationTag.conversation_id.in_(tests)),
        }
        found = {name: select(column).where(of_test).distinct() for name, (column, of_test) in values.items()}
        return {name: sorted(session.scalars(query)) for name, query in found.items()}
    return {
        "channels": _distinct(session, ConversationSummary.channel),
        "topics": _distinct(session, ConversationTopic.topic),
        "tags": _distinct(session, ConversationTag.tag),
    }


def _distinct(session: Session, column: Any, most: int = 200) -> list[str]:
    """Each value of an indexed column once, jumping from one to the next instead of reading all rows."""
    found: list[str] = []
    value = session.scalar(select(func.min(column)))
    while value is not None and len(found) < most:
        found.append(value)
        value = session.scalar(select(func.min(column)).where(column > value))
    return found


def saved_filters(session: Session, staff_id: int) -> list[SavedFilter]:
    """Somebody's saved filters by name."""
    return list(session.scalars(select(SavedFilter).where(SavedFilter.staff_id == staff_id).order_by(SavedFilter.name)))


def save_filter(session: Session, staff_id: int, name: str, conditions: Conditions) -> None:
    """Keep conditions under a name; the same name is replaced."""
    found = session.scalar(select(SavedFilter).where(SavedFilter.staff_id == staff_id, SavedFilter.name == name))
    if found is None:
        found = SavedFilter(staff_id=staff_id, name=name, conditions={})
        session.add(found)
    found.conditions = conditions.to_values()
    session.flush()


def _rank(tier: str) -> int:
    try:
        return int(Tier.from_id(tier))
    except ValueError:
        return -1


def _day(given: str) -> date | None:
    try:
        day = date.fromisoformat(given) if len(given) == 10 else None
    except ValueError:
        return None
    # The day behind it must be one too, and its midnight everywhere.
    return day if day is not None and date.min.year < day.year < date.max.year else None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
