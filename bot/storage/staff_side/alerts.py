"""Conversations with a danger sign, waiting for somebody to look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.storage.schema.conversation_tables import Conversation
from bot.storage.schema.review_tables import SafetyAlert
from bot.storage.schema.staff_tables import Staff
from bot.storage.staff_side.undelivered import has_losses
from bot.suitability.tiers import Tier


def raise_for(session: Session, record: Mapping[str, Any], rank: int, now: datetime) -> None:
    """Open an alert when the turn was urgent or graver, or add to the one that is open.

    Args:
        session: A write session.
        record: The turn's: the columns of `TurnRecord`.
        rank: Its tier's place in the order of caution.
        now: The time.
    """
    if rank < Tier.URGENT or record["tier"] is None:
        return
    found = session.scalar(
        select(SafetyAlert).where(
            SafetyAlert.conversation_id == record["conversation_id"], SafetyAlert.acknowledged.is_(None)
        )
    )
    if found is None:
        session.add(
            SafetyAlert(
                conversation_id=record["conversation_id"],
                inbound_id=record["inbound_id"],
                tier=record["tier"],
                tier_rank=rank,
                rules=record["rules"],
                first=record["at"],
                at=record["at"],
                count=1,
                notice="waiting",
                notice_attempts=0,
                notice_due=now,
            )
        )
        session.flush()
        return
    found.count += 1
    found.at = record["at"]
    found.rules = list(dict.fromkeys([*found.rules, *record["rules"]]))
    if rank > found.tier_rank:
        found.tier, found.tier_rank = record["tier"], rank
        # Graver than what was told: tell it again.
        found.notice, found.notice_attempts, found.notice_due = "waiting", 0, now
    session.flush()


@dataclass(frozen=True)
class Shown:
    """An alert as it is listed.

    Attributes:
        has_losses: A reply of the conversation did not reach the person's messenger: perhaps the very warning.
    """

    alert: SafetyAlert
    channel: str
    who: str | None
    has_losses: bool


def open_alerts(session: Session, most: int = 200) -> list[Shown]:
    """Those that nobody has taken on, the gravest first, then the newest."""
    query = _listed().where(SafetyAlert.acknowledged.is_(None))
    query = query.order_by(SafetyAlert.tier_rank.desc(), SafetyAlert.at.desc()).limit(most)
    return [Shown(*row) for row in session.execute(query)]


def taken_alerts(session: Session, most: int = 50) -> list[Shown]:
    """Those that were taken on last."""
    query = _listed().where(SafetyAlert.acknowledged.is_not(None))
    query = query.order_by(SafetyAlert.acknowledged.desc()).limit(most)
    return [Shown(*row) for row in session.execute(query)]


def _listed() -> Select[tuple[SafetyAlert, str, str, bool]]:
    return (
        select(SafetyAlert, Conversation.channel, Staff.name, has_losses())
        .join(Conversation, Conversation.id == SafetyAlert.conversation_id)
        .outerjoin(Staff, Staff.id == SafetyAlert.acknowledged_by)
    )


def acknowledge(session: Session, alert_id: int, staff_id: int, now: datetime) -> SafetyAlert | None:
    """Somebody takes an alert on; None when it is gone or somebody else was first."""
    taken = session.scalar(
        update(SafetyAlert)
        .where(SafetyAlert.id == alert_id, SafetyAlert.acknowledged.is_(None))
        .values(acknowledged=now, acknowledged_by=staff_id)
        .returning(SafetyAlert.id)
    )
    return session.get(SafetyAlert, taken, populate_existing=True) if taken is not None else None


def take_due_notice(session: Session, now: datetime, again_at: datetime) -> SafetyAlert | None:
    """The alert whose notice is due, taken so that no other process tells it too; it is due again at `again_at`."""
    due = (
        select(SafetyAlert.id)
        .where(SafetyAlert.notice == "waiting", SafetyAlert.notice_due <= now)
        .order_by(SafetyAlert.tier_rank.desc(), SafetyAlert.notice_due)
        .limit(1)
    )
    taken = session.scalar(
        update(SafetyAlert)
        .where(SafetyAlert.id == due.scalar_subquery(), SafetyAlert.notice_due <= now)
        .values(notice_due=again_at, notice_attempts=SafetyAlert.notice_attempts + 1)
        .returning(SafetyAlert.id)
    )
    return session.get(SafetyAlert, taken, populate_existing=True) if taken is not None else None


def settle_notice(session: Session, alert: SafetyAlert, state: str, due: datetime | None = None) -> None:
    """Note how a notice went: "sent", "failed", or "waiting" until `due`.

    Not when the alert has become graver meanwhile: that is to be told again.
    """
    session.execute(
        update(SafetyAlert)
        .where(SafetyAlert.id == alert.id, SafetyAlert.tier_rank == alert.tier_rank)
        .values(notice=state, notice_due=due)
    )
