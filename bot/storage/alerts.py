"""Conversations with a danger sign, waiting for somebody to look at them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.review_tables import SafetyAlert
from bot.storage.turn_tables import TurnRecord
from bot.suitability.tiers import Tier


def raise_for(session: Session, record: TurnRecord, rank: int, now: datetime) -> None:
    """Open an alert when the turn was urgent or graver, or add to the one that is open."""
    if rank < Tier.URGENT or record.tier is None:
        return
    found = session.scalar(
        select(SafetyAlert).where(
            SafetyAlert.conversation_id == record.conversation_id, SafetyAlert.acknowledged.is_(None)
        )
    )
    if found is None:
        session.add(
            SafetyAlert(
                conversation_id=record.conversation_id,
                inbound_id=record.inbound_id,
                tier=record.tier,
                tier_rank=rank,
                rules=record.rules,
                first=record.at,
                at=record.at,
                count=1,
                notice="waiting",
                notice_attempts=0,
                notice_due=now,
            )
        )
        return
    found.count += 1
    found.at = record.at
    found.rules = list(dict.fromkeys([*found.rules, *record.rules]))
    if rank > found.tier_rank:
        found.tier, found.tier_rank = record.tier, rank
        # Graver than what was told: tell it again.
        found.notice, found.notice_attempts, found.notice_due = "waiting", 0, now
