"""What patients asked that the article does not answer, by subject and by meaning."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, requires
from bot.console.context import console_of, note, note_seen
from bot.console.forms import whole_number
from bot.console.titles import Titles
from bot.console.workshop import now_of, on_thread, workshop_of
from bot.curation.gap_clusters import MOST, Asked, Cluster, clusters, period
from bot.privacy.redaction import redact
from bot.storage.schema.conversation_tables import Conversation, Gap, InboundMessage
from bot.storage.schema.turn_tables import TurnRecord
from bot.storage.sealing.sealed import readable

PERIODS = (30, 90, 365)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def _days(request: Request) -> int:
    days = whole_number(request.query_params.get("days", ""))
    return days if days in PERIODS else 90


@requires(Role.EDITOR)
async def gaps(request: Request) -> Response:
    """Counts by subject; the clusters follow as a part of the page."""
    days = _days(request)
    since, until = period(now_of(request), days)
    counts = await console_of(request).database.reading(lambda session: _by_subject(session, since, until))
    project = workshop_of(request).project
    titles = await on_thread(lambda: Titles(project).gaps)
    await note_seen(request, "gaps_seen")
    return pages.render(request, "gaps.html", counts=counts, titles=titles, days=days, periods=PERIODS)


def _by_subject(session: Session, since: datetime, until: datetime) -> list[tuple[str, int]]:
    query = select(Gap.subject, func.count()).join(Conversation, Conversation.id == Gap.conversation_id)
    query = query.where(Gap.at >= since, Gap.at < until, Conversation.is_test.is_(False)).group_by(Gap.subject)
    return [(subject, count) for subject, count in session.execute(query.order_by(func.count().desc(), Gap.subject))]


def _asked(session: Session, since: datetime, until: datetime) -> list[Asked]:
    """The newest messages that were not answered, words opened and redacted."""
    real = (Conversation.is_test.is_(False), Conversation.erase_requested.is_(None))
    open_gaps = (
        select(InboundMessage, Gap.subject)
        .join(Gap, Gap.inbound_id == InboundMessage.id)
        .join(Conversation, Conversation.id == InboundMessage.conversation_id)
        .where(Gap.at >= since, Gap.at < until, *real)
        .order_by(Gap.at.desc())
        .limit(2 * MOST)
    )
    lost = (
        select(InboundMessage)
        .join(TurnRecord, TurnRecord.inbound_id == InboundMessage.id)
        .join(Conversation, Conversation.id == InboundMessage.conversation_id)
        .where(TurnRecord.at >= since, TurnRecord.at < until, TurnRecord.is_fallback, ~TurnRecord.is_failed, *real)
        .order_by(TurnRecord.at.desc())
        .limit(MOST)
    )
    found = [(row, subject) for row, subject in session.execute(open_gaps)]
    found += [(row, "") for row in session.scalars(lost)]
    return [
        Asked(redact(text).text, subject, row.received_at, row.conversation_id)
        for row, subject in found
        if (text := readable(row, "text"))
    ]


async def _clusters(request: Request) -> list[Cluster]:
    since, until = period(now_of(request), _days(request))
    asked = await console_of(request).database.reading(lambda session: _asked(session, since, until))
    meanings = workshop_of(request).meanings
    return await on_thread(lambda: clusters(asked, meanings.remembered, since, until))


@requires(Role.EDITOR)
async def by_meaning(request: Request) -> Response:
    """The clusters; encoding the messages takes seconds when they are many."""
    template = "gap_clusters.html" if pages.is_part(request) else "gap_clusters_page.html"
    return pages.render(request, template, clusters=await _clusters(request), days=_days(request))


@requires(Role.EDITOR)
async def as_csv(request: Request) -> Response:
    """The clusters as a table for a spreadsheet."""
    found = await _clusters(request)
    await console_of(request).database.writing(lambda s: note(s, request, "gaps_exported", count=len(found)))
    head = ["question", "subjects", "count", "newer half", "older half", "newest", "examples"]
    rows = [
        [c.title, " ".join(c.subjects), c.count, c.recent, c.before, f"{c.newest:%Y-%m-%d}", " | ".join(c.examples)]
        for c in found
    ]
    return csv_response("gaps.csv", head, rows)


def csv_response(name: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Response:
    """A CSV file. What a spreadsheet would take for a formula is made text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([f"'{v}" if isinstance(v, str) and v.startswith(_FORMULAS) else v for v in row])
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


ROUTES = [
    Route("/gaps", gaps, methods=["GET"]),
    Route("/gaps/meaning", by_meaning, methods=["GET"]),
    Route("/gaps.csv", as_csv, methods=["GET"]),
]
