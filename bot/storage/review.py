"""The review list: conversations by conditions, newest first, page by page at any size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session

from bot.storage import search
from bot.storage.base import Moment
from bot.storage.review_tables import ConversationTag, SavedFilter
from bot.storage.sealed import prefetch_keys
from bot.storage.tables import InboundMessage
from bot.storage.turn_tables import ConversationSummary, ConversationTopic
from bot.suitability.tiers import Tier

PAGE = 50
# So many of the newest hits of a search are looked through.
SEARCHED = 1000
YES_NO = ("", "yes", "no")


@dataclass(frozen=True)
class Conditions:
    """Which conversations are wanted; "" and 0 leave a condition out.

    Attributes:
        tests: Test conversations instead of patients'.
        since, until: Days as YYYY-MM-DD, both included.
        tier: Exactly this as the gravest; "any" for any.
        below: A message's confidence was below so many per cent.
        trouble: "fallback", "clarify", "failed" or "unhelpful".
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
            text = str(values.get(spec.name, "")).strip()[:80]
            if isinstance(spec.default, int):
                found[spec.name] = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
            else:
                found[spec.name] = text
        made = cls(**found)
        keep: dict[str, Any] = {
            "since": made.since if _day(made.since) else "",
            "until": made.until if _day(made.until) else "",
            "reviewed": made.reviewed if made.reviewed in YES_NO else "",
            "flagged": made.flagged if made.flagged in YES_NO else "",
            "trouble": made.trouble if made.trouble in _TROUBLES else "",
            "tests": "yes" if made.tests == "yes" else "",
        }
        return replace(made, **keep)

    def to_values(self) -> dict[str, str]:
        """Those that are set, as text: for a link, a form or a stored filter."""
        return {name: str(value) for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    line: ConversationSummary
    first_words: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]


Place = tuple[datetime, str]
_TROUBLES = {
    "fallback": ConversationSummary.fallbacks,
    "clarify": ConversationSummary.clarifies,
    "failed": ConversationSummary.failures,
    "unhelpful": ConversationSummary.unhelpful,
}


def page(
    session: Session,
    conditions: Conditions,
    zone: str = "UTC",
    after: Place | None = None,
    words: str = "",
    size: int = PAGE,
) -> tuple[list[Row], Place | None]:
    """A page of the list, and where the next one begins; None when there is none.

    Args:
        session: A read session.
        conditions: Which conversations.
        zone: In which days are meant.
        after: Where the page before ended.
        words: Only conversations in which all these words were said in one message; of the newest hits.
        size: Lines on a page.
    """
    query = _ids(conditions, zone)
    table: Any = ConversationTopic if conditions.topic else ConversationSummary
    if words:
        hits = list(dict.fromkeys(hit.conversation_id for hit in search.find(session, words, SEARCHED)))
        query = query.where(ConversationSummary.conversation_id.in_(hits))
    if after is not None:
        began, name = after
        query = query.where(
            tuple_(table.started, table.conversation_id) < tuple_(literal(began, Moment()), literal(name))
        )
    query = query.order_by(table.started.desc(), table.conversation_id.desc()).limit(size + 1)
    # Ids first: they come from an index alone, and only the rows of this page are fetched from the table.
    found = list(session.scalars(query))
    rows = _rows(session, found[:size])
    last = rows[-1].line if rows and len(found) > size else None
    return rows, (last.started, last.conversation_id) if last else None


def _ids(conditions: Conditions, zone: str) -> Select[tuple[str]]:
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


def _of_the_talk(conditions: Conditions) -> list[ColumnElement[bool]]:
    line, wanted = ConversationSummary, list[ColumnElement[bool]]()
    if conditions.channel:
        wanted.append(line.channel == conditions.channel)
    if conditions.tier == "any":
        wanted.append(line.tier_rank >= 0)
    elif conditions.tier:
        wanted.append(line.tier_rank == _rank(conditions.tier))
    if conditions.below:
        wanted.append(line.lowest < conditions.below / 100)
    if conditions.trouble:
        wanted.append(_TROUBLES[conditions.trouble] > 0)
    if conditions.least:
        wanted.append(line.turns >= conditions.least)
    if conditions.most:
        wanted.append(line.turns <= conditions.most)
    return wanted


def _of_the_notes(conditions: Conditions) -> list[ColumnElement[bool]]:
    line, wanted = ConversationSummary, list[ColumnElement[bool]]()
    if conditions.reviewed:
        wanted.append(line.reviewed.is_not(None) if conditions.reviewed == "yes" else line.reviewed.is_(None))
    if conditions.flagged:
        wanted.append(line.flagged.is_(conditions.flagged == "yes"))
    if conditions.tag:
        tagged = exists().where(
            ConversationTag.conversation_id == line.conversation_id, ConversationTag.tag == conditions.tag
        )
        wanted.append(tagged)
    return wanted


def _rows(session: Session, ids: Sequence[str]) -> list[Row]:
    lines = {
        line.conversation_id: line
        for line in session.scalars(select(ConversationSummary).where(ConversationSummary.conversation_id.in_(ids)))
    }
    topics, tags = _words_of(session, ConversationTopic, "topic", ids), _words_of(session, ConversationTag, "tag", ids)
    first = _first_words(session, ids)
    return [
        Row(lines[name], first.get(name, ""), tuple(topics.get(name, ())), tuple(tags.get(name, ())))
        for name in ids
        if name in lines
    ]


def _words_of(session: Session, table: type[Any], column: str, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    query = select(table.conversation_id, getattr(table, column)).where(table.conversation_id.in_(ids))
    for name, word in session.execute(query.order_by(getattr(table, column))):
        found.setdefault(name, []).append(word)
    return found


def _first_words(session: Session, ids: Sequence[str]) -> dict[str, str]:
    prefetch_keys(session, list(ids))
    first = (
        select(InboundMessage.conversation_id, func.min(InboundMessage.entry).label("entry"))
        .where(InboundMessage.conversation_id.in_(ids))
        .group_by(InboundMessage.conversation_id)
        .subquery()
    )
    query = select(InboundMessage).join(
        first,
        (InboundMessage.conversation_id == first.c.conversation_id) & (InboundMessage.entry == first.c.entry),
    )
    return {row.conversation_id: row.text for row in session.scalars(query)}


def choices(session: Session) -> dict[str, list[str]]:
    """What the list can be narrowed to: channels, topics and tags that occur. Distinct values by skipping."""
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


def place_text(place: Place | None) -> str:
    """Where a page begins, for a link."""
    return f"{place[0].isoformat()}~{place[1]}" if place else ""


def read_place(text: str) -> Place | None:
    """Read back what `place_text` wrote; None for anything else."""
    moment, _, name = text.partition("~")
    try:
        began = datetime.fromisoformat(moment)
        return (began, name[:64]) if name and began.tzinfo is not None else None
    except ValueError:
        return None


def _rank(tier: str) -> int:
    try:
        return int(Tier.from_id(tier))
    except ValueError:
        return -1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
