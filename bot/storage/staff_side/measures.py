"""Counting days, once each, in the database; and reading the counts of many days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, insert, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.storage.schema.conversation_tables import Conversation, Feedback, Gap
from bot.storage.schema.measure_tables import MeasureDay
from bot.storage.schema.turn_tables import ConversationSummary, TurnRecord, TurnTopic

# Upper ends of the steps in which the time until an answer is counted; seconds.
LATENCY_STEPS = (0.25, 0.5, 1, 2, 3, 5, 10, 20)
OVER = "more"
MOST_DAYS_BACK = 400
# Any number that no other lock of ours has.
_COUNTING = 20261125
Part = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Count:
    """A count of one week."""

    week: date
    channel: str
    name: str
    key: str
    count: int


def count_days(session: Session, now: datetime, zone: ZoneInfo, most: int = MOST_DAYS_BACK) -> int:
    """Count every day that is not final yet, today as far as it goes; returns how many days were counted.

    Args:
        session: A write session.
        now: The time.
        zone: Of the clinic, whose days are counted.
        most: How many days are counted at most, the oldest first.
    """
    if session.get_bind().dialect.name == "postgresql":
        # Two consoles that count the same day would stand in each other's way; SQLite has one writer anyway.
        session.execute(select(func.pg_advisory_xact_lock(_COUNTING)))
    today = now.astimezone(zone).date()
    newest_final = session.scalar(select(func.max(MeasureDay.day)).where(MeasureDay.final))
    first = session.scalar(select(func.min(TurnRecord.at)))
    if first is None and newest_final is None:
        return 0
    start = newest_final + timedelta(days=1) if newest_final else _local(first, zone)
    start = max(start, today - timedelta(days=MOST_DAYS_BACK))
    days = 0
    while start <= today and days < most:
        _count_day(session, start, zone, final=start < today)
        start += timedelta(days=1)
        days += 1
    return days


def _local(moment: datetime | None, zone: ZoneInfo) -> date:
    assert moment is not None
    return moment.astimezone(zone).date()


def _count_day(session: Session, day: date, zone: ZoneInfo, *, final: bool) -> None:
    session.execute(delete(MeasureDay).where(MeasureDay.day == day))
    begin = datetime(day.year, day.month, day.day, tzinfo=zone)
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=zone)
    rows = [
        {"day": day, "channel": channel, "is_test": is_test, "name": name, "key": key, "count": count, "final": final}
        for name, query in _queries(begin, end)
        for channel, is_test, key, count in session.execute(query)
        if count
    ]
    # A row for the day itself, so that a day on which nobody wrote is final too.
    rows.append({"day": day, "channel": "", "is_test": True, "name": "day", "key": "", "count": 1, "final": final})
    session.execute(insert(MeasureDay), rows)


def _queries(begin: datetime, end: datetime) -> Iterator[tuple[str, Select[Any]]]:
    turn, summary = TurnRecord, ConversationSummary
    # Both are named, because the index begins with it: without, each day would read the whole table.
    both = (False, True)
    within = and_(turn.is_test.in_(both), turn.at >= begin, turn.at < end)
    started = and_(summary.is_test.in_(both), summary.started >= begin, summary.started < end)

    def turns(key: Part, *where: Part, of: ColumnElement[int] | None = None) -> Select[Any]:
        counted = of if of is not None else func.count()
        query = select(turn.channel, turn.is_test, key, counted).where(within, *where)
        return query.group_by(turn.channel, turn.is_test, *grouped(key))

    def conversations(key: Part, *where: Part) -> Select[Any]:
        query = select(summary.channel, summary.is_test, key, func.count()).where(started, *where)
        return query.group_by(summary.channel, summary.is_test, *grouped(key))

    def grouped(key: Part) -> tuple[Part, ...]:
        # PostgreSQL does not group by a constant.
        return () if key is one else (key,)

    one: ColumnElement[str] = literal("")
    people = func.count(turn.conversation_id.distinct())
    yield "messages", turns(one)
    yield "fallback", turns(one, turn.is_fallback)
    yield "clarify", turns(one, turn.is_clarify)
    yield "failed", turns(one, turn.is_failed)
    yield "asked", turns(turn.asked, turn.asked != "", of=people)
    yield "answered", turns(turn.answered, turn.answered != "", of=people)
    yield "latency", turns(_step(turn.total_ms))
    yield "conversations", conversations(one)
    yield "tier", conversations(summary.tier, summary.tier.is_not(None))
    topic = select(TurnRecord.channel, TurnTopic.is_test, TurnTopic.topic, func.count())
    topic = topic.join(TurnTopic, TurnTopic.inbound_id == TurnRecord.inbound_id).where(within)
    yield "topic", topic.group_by(TurnRecord.channel, TurnTopic.is_test, TurnTopic.topic)
    helpful = case((Feedback.helpful, "helpful"), else_="unhelpful")
    rated = select(Conversation.channel, Conversation.is_test, helpful, func.count()).join(
        Conversation, Conversation.id == Feedback.conversation_id
    )
    yield (
        "rated",
        rated.where(Feedback.at >= begin, Feedback.at < end).group_by(
            Conversation.channel, Conversation.is_test, helpful
        ),
    )
    gaps = select(Conversation.channel, Conversation.is_test, Gap.subject, func.count())
    gaps = gaps.join(Conversation, Conversation.id == Gap.conversation_id).where(Gap.at >= begin, Gap.at < end)
    yield "gap", gaps.group_by(Conversation.channel, Conversation.is_test, Gap.subject)


def _step(milliseconds: ColumnElement[Any] | Any) -> ColumnElement[str]:
    steps = [(milliseconds <= seconds * 1000, f"{seconds:g}") for seconds in LATENCY_STEPS]
    return case(*steps, else_=OVER)


def counts_by_week(session: Session, first: date, last: date, *, tests: bool = False, channel: str = "") -> list[Count]:
    """The counts of the weeks (from Monday) from `first` to `last`, both included."""
    found: list[Count] = []
    week = monday(first)
    while week <= last:
        begin, end = max(week, first), min(week + timedelta(days=6), last)
        query = select(MeasureDay.channel, MeasureDay.name, MeasureDay.key, func.sum(MeasureDay.count)).where(
            MeasureDay.is_test == tests, MeasureDay.day.between(begin, end), MeasureDay.name != "day"
        )
        if channel:
            query = query.where(MeasureDay.channel == channel)
        query = query.group_by(MeasureDay.channel, MeasureDay.name, MeasureDay.key)
        found += [Count(week, of, name, key, int(count)) for of, name, key, count in sorted(session.execute(query))]
        week += timedelta(days=7)
    return found


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def latency_at(share: float, steps: dict[str, int]) -> str:
    """The step within which that share of the messages was answered; "" without messages."""
    total, reached = sum(steps.values()), 0
    for name in [f"{seconds:g}" for seconds in LATENCY_STEPS]:
        reached += steps.get(name, 0)
        if total and reached >= share * total:
            return name
    return OVER if total else ""


def channels(session: Session) -> Sequence[str]:
    """Every channel that has counts."""
    query = select(MeasureDay.channel).where(MeasureDay.channel != "").distinct().order_by(MeasureDay.channel)
    return session.scalars(query).all()
