"""Finished suitability checks, each replayed on the rules it was made with; and wishes to be contacted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from bot.storage.rule_sets import rules_of
from bot.storage.schema.conversation_tables import Assessment, ContactRequest, Conversation
from bot.storage.schema.review_tables import SafetyAlert
from bot.storage.schema.staff_tables import Staff
from bot.storage.schema.turn_tables import RARE, ConversationSummary
from bot.storage.sealing.sealed import prefetch_keys, readable
from bot.storage.staff_side.undelivered import conversations_with_losses
from bot.suitability.replay import replay

STATUSES = ("open", "called", "done")
SAME, DIFFERENT, NOT_KEPT, UNREADABLE = "same", "different", "not kept", "unreadable"


@dataclass(frozen=True)
class Replayed:
    """An assessment, and what its own rules say to its answers today.

    Attributes:
        answers: What was answered; nothing when it cannot be read.
        result: SAME, DIFFERENT, NOT_KEPT when the rules of its version are not stored, or UNREADABLE.
        tier, rules: What the replay gave.
    """

    row: Assessment
    is_test: bool
    answers: dict[str, Any]
    result: str
    tier: str = ""
    rules: tuple[str, ...] = ()


def assessments(session: Session, most: int = 50, before: int | None = None) -> list[Replayed]:
    """The newest finished checks, or those before one of them."""
    query = select(Assessment, Conversation.is_test).join(Conversation, Conversation.id == Assessment.conversation_id)
    query = query.where(Conversation.erase_requested.is_(None))
    if before is not None:
        query = query.where(Assessment.id < before)
    ids = select(Assessment.conversation_id)
    ids = ids.where(Assessment.id < before) if before is not None else ids
    prefetch_keys(session, list(session.scalars(ids.order_by(Assessment.id.desc()).limit(most))))
    found = session.execute(query.order_by(Assessment.id.desc()).limit(most))
    return [_replayed(session, row, is_test) for row, is_test in found]


def _replayed(session: Session, row: Assessment, is_test: bool) -> Replayed:
    answers, rules = readable(row, "answers"), rules_of(session, row.version)
    if answers is None:
        return Replayed(row, is_test, {}, UNREADABLE)
    if rules is None:
        return Replayed(row, is_test, answers, NOT_KEPT)
    try:
        again = replay(rules, {"rules_version": row.version, "answers": answers})
    except (KeyError, ValueError):
        return Replayed(row, is_test, answers, DIFFERENT)
    is_same = (again.tier.id, list(again.rule_ids)) == (row.tier, list(row.rules))
    return Replayed(row, is_test, answers, SAME if is_same else DIFFERENT, again.tier.id, again.rule_ids)


@dataclass(frozen=True)
class Wish:
    """A contact request as it is listed."""

    row: ContactRequest
    channel: str
    who: str | None

    @property
    def details(self) -> dict[str, Any]:
        """What was told with it; nothing when it cannot be read."""
        return readable(self.row, "details") or {}


def wishes(session: Session, most: int = 100) -> list[Wish]:
    """Patients' contact requests, those still open first, then the newest."""
    ids = select(ContactRequest.conversation_id).order_by(ContactRequest.id.desc()).limit(most)
    prefetch_keys(session, list(session.scalars(ids)))
    query = (
        select(ContactRequest, Conversation.channel, Staff.name)
        .join(Conversation, Conversation.id == ContactRequest.conversation_id)
        .outerjoin(Staff, Staff.id == ContactRequest.handled_by)
        .where(Conversation.erase_requested.is_(None), Conversation.is_test.is_(False))
        .order_by(ContactRequest.status == "done", ContactRequest.id.desc())
    )
    return [Wish(*row) for row in session.execute(query.limit(most))]


def set_status(session: Session, request_id: int, status: str, staff_id: int, now: datetime) -> bool:
    """Note how far a contact request is; False when there is no such request or status."""
    row = session.get(ContactRequest, request_id)
    if row is None or status not in STATUSES:
        return False
    row.status, row.handled, row.handled_by = status, now, staff_id
    session.flush()
    return True


def waiting(session: Session) -> dict[str, int]:
    """How much waits for somebody, of each sort."""

    def count(query: object) -> int:
        return session.scalar(query) or 0  # type: ignore[call-overload]

    line = ConversationSummary
    unread = select(func.count()).select_from(line).where(line.is_test.is_(False), line.reviewed.is_(None))
    # Asked of each open request, which are few; a join would go through all conversations.
    is_real = exists().where(Conversation.id == ContactRequest.conversation_id, Conversation.is_test.is_(False))
    contacts = select(func.count()).select_from(ContactRequest).where(ContactRequest.status != "done", is_real)
    # From the losses, which are few, to their conversations; never the other way round.
    lost = conversations_with_losses().distinct().subquery()
    with_losses = select(func.count()).select_from(lost).join(line, line.conversation_id == lost.c.conversation_id)
    return {
        "alerts": count(select(func.count()).select_from(SafetyAlert).where(SafetyAlert.acknowledged.is_(None))),
        "contacts": count(contacts),
        "flagged": count(unread.where(text(RARE["flagged"]))),
        "undelivered": count(with_losses.where(line.is_test.is_(False), line.reviewed.is_(None))),
        "unhelpful": count(unread.where(text(RARE["unhelpful"]))),
        "fallback": count(unread.where(text(RARE["fallbacks"]))),
        "failed": count(unread.where(text(RARE["failures"]))),
    }
