"""The review list: conversations by conditions, newest first, page by page at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.orm import Session

from bot.storage.base import Moment
from bot.storage.record import UNREADABLE
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.schema.review_tables import ConversationTag
from bot.storage.schema.turn_tables import ConversationSummary, ConversationTopic
from bot.storage.sealing import search
from bot.storage.sealing.sealed import prefetch_keys, readable
from bot.storage.staff_side.review_conditions import Conditions, ids_of

PAGE = 50
# So many of the newest hits of a search are looked through.
SEARCHED = 1000


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    line: ConversationSummary
    first_words: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]


Place = tuple[datetime, str]


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
    query = ids_of(conditions, zone)
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
    return {row.conversation_id: readable(row, "text") or UNREADABLE for row in session.scalars(query)}


def place_text(place: Place | None) -> str:
    """Where a page begins, for a link."""
    return f"{place[0].isoformat()}~{place[1]}" if place else ""


def read_place(text: str) -> Place | None:
    """Read back what `place_text` wrote; None for anything else."""
    moment, _, name = text.partition("~")
    try:
        began = datetime.fromisoformat(moment)
        return (began.astimezone(UTC), name[:64]) if name and began.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
