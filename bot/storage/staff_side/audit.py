"""The audit trail: who saw and changed what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.schema.staff_tables import AuditEntry, Staff

Detail = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True)
class Line:
    """One line of the trail as it is shown."""

    id: int
    at: datetime
    who: str | None
    action: str
    kind: str
    target: str
    detail: Detail


def note(
    session: Session,
    staff_id: int | None,
    action: str,
    now: datetime,
    kind: str = "",
    target: str = "",
    detail: Detail | None = None,
) -> None:
    """Add a line, in the transaction of what it speaks of. Ids, counts and settings only, never a patient's words."""
    entry = AuditEntry(
        at=now, staff_id=staff_id, action=action, kind=kind, target=target[:64], detail=dict(detail or {})
    )
    session.add(entry)
    session.flush()


def lines(
    session: Session, count: int, before: int | None = None, who: int | None = None, action: str = "", target: str = ""
) -> list[Line]:
    """The newest lines, of one person, action or target when given; `before` a line's id, to go on from there."""
    query = select(AuditEntry, Staff.name).outerjoin(Staff, Staff.id == AuditEntry.staff_id)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    if who is not None:
        query = query.where(AuditEntry.staff_id == who)
    if action:
        query = query.where(AuditEntry.action == action)
    if target:
        query = query.where(AuditEntry.target == target)
    found = session.execute(query.order_by(AuditEntry.id.desc()).limit(count))
    return [Line(e.id, e.at, name, e.action, e.kind, e.target, e.detail) for e, name in found]
