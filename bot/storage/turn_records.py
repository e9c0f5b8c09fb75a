"""Keeping what the assistant made of a message, in the transaction that stores its replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from bot.conversation.reply import Kind, Reply
from bot.storage.base import insert_unless_there, table_of
from bot.storage.prepared import Prepared
from bot.storage.schema.conversation_tables import Conversation, Feedback, InboundMessage
from bot.storage.schema.turn_tables import ConversationSummary, ConversationTopic, TurnInspection, TurnRecord, TurnTopic
from bot.storage.sealing.sealed import place_of, seal
from bot.storage.staff_side import alerts
from bot.suitability.tiers import Tier

_conversation, _summary = table_of(Conversation), table_of(ConversationSummary)
# Statements of every message are made once (`bot.storage.conversations`).
_INSERT_RECORD, _INSERT_TOPIC = Prepared(insert(table_of(TurnRecord))), Prepared(insert(table_of(TurnTopic)))
_INSERT_INSPECTION = Prepared(insert(table_of(TurnInspection)))
_INSERT_SUMMARY = Prepared(insert(_summary))
_COUNTED = ("turns", "fallbacks", "clarifies", "failures", "lowest", "tier", "tier_rank")
# A conversation and its line, which is not there before its first message was handled.
_CONVERSATION = Prepared(
    select(
        *(_conversation.c[name] for name in ("id", "channel", "is_test", "created")),
        _summary.c.conversation_id.is_not(None).label("has_line"),
        *(_summary.c[name] for name in _COUNTED),
    )
    .select_from(_conversation.outerjoin(_summary, _summary.c.conversation_id == _conversation.c.id))
    .where(_conversation.c.id == bindparam("conversation"))
)
# What was said since has not been reviewed.
_UPDATE_LINE = Prepared(
    update(_summary)
    .where(_summary.c.conversation_id == bindparam("conversation"))
    .values(
        reviewed=None,
        reviewed_by=None,
        last=bindparam("new_last"),
        **{name: bindparam(f"new_{name}") for name in _COUNTED},
    )
)
_INSERT_NEW_TOPIC = Prepared(insert_unless_there(table_of(ConversationTopic)))


def add(
    session: Session,
    row: InboundMessage,
    replies: Sequence[Reply],
    inspection: Mapping[str, Any],
    now: datetime,
    waited_ms: float,
    *,
    failed: bool = False,
) -> None:
    """Keep a handled message's record, its inspection, and the line of its conversation.

    Args:
        session: The session in which the replies were stored.
        row: The message.
        replies: What was said to it.
        inspection: `bot.rasa_server.inspection`, or {} when nothing answered.
        now: When the replies were stored.
        waited_ms: How long it waited to be taken up.
        failed: Whether it was answered by an apology.
    """
    connection, owner = session.connection(), row.conversation_id
    conversation = _CONVERSATION.first(connection, {"conversation": owner})
    record = _record(row, conversation, replies, inspection, now, waited_ms, failed=failed)
    _INSERT_RECORD.run(connection, record)
    own = {"conversation_id": owner, "is_test": conversation.is_test}
    if record["topics"]:
        topics = [{**own, "inbound_id": row.id, "topic": topic, "at": row.received_at} for topic in record["topics"]]
        _INSERT_TOPIC.run(connection, *topics)
        topics = [{**own, "topic": topic, "started": conversation.created} for topic in record["topics"]]
        _INSERT_NEW_TOPIC.run(connection, *topics)
    if inspection:
        kept = {**inspection, "timings": [["waiting", round(waited_ms, 1)], *inspection.get("timings", ())]}
        sealed = seal(session, owner, place_of("turn_inspection", "sealed_inspection", row.id), kept)
        values = {"inbound_id": row.id, "conversation_id": owner, "sealed_inspection": sealed}
        _INSERT_INSPECTION.run(connection, values)
    _summarise(connection, conversation, record)
    if not conversation.is_test:
        alerts.raise_for(session, record, tier_rank(record["tier"]), now)


def tier_rank(tier: str | None) -> int:
    """A tier's place in the order of caution; -1 for none and for one that no longer exists."""
    try:
        return int(Tier.from_id(tier)) if tier else -1
    except ValueError:
        return -1


def count_feedback(session: Session, conversation_id: str) -> None:
    """Bring a conversation's line up to date after a reply was rated."""
    summary = session.get(ConversationSummary, conversation_id)
    if summary is None:
        return
    rated = select(Feedback.helpful, func.count()).where(Feedback.conversation_id == conversation_id)
    counts = {helpful: number for helpful, number in session.execute(rated.group_by(Feedback.helpful))}
    summary.helpful, summary.unhelpful = counts.get(True, 0), counts.get(False, 0)


def _record(
    row: InboundMessage,
    conversation: Any,
    replies: Sequence[Reply],
    inspection: Mapping[str, Any],
    now: datetime,
    waited_ms: float,
    *,
    failed: bool,
) -> dict[str, Any]:
    kinds = [reply.kind for reply in replies]
    gravest = max((reply.tier for reply in replies if reply.tier), key=tier_rank, default=None)
    segment: Mapping[str, Any] = next(iter(inspection.get("segments") or ()), {})
    candidates = segment.get("candidates") or ()
    is_button = inspection.get("choice") is not None
    steps: Sequence[Mapping[str, Any]] = inspection.get("steps") or ({},)
    clarifies = [reply for reply in replies if reply.kind is Kind.CLARIFY]
    timings = dict(inspection.get("timings") or ())
    return dict(
        inbound_id=row.id,
        conversation_id=row.conversation_id,
        at=row.received_at,
        channel=conversation.channel,
        is_test=conversation.is_test,
        intent=str(inspection.get("intent") or "")[:80],
        label=str(candidates[0]["label"] if candidates else "")[:120],
        confidence=None if is_button else inspection.get("confidence"),
        known=segment.get("known"),
        decision=str(segment.get("decision", ""))[:10],
        kind=str(Kind.EMERGENCY if Kind.EMERGENCY in kinds else kinds[0] if kinds else "none"),
        tier=gravest,
        topics=list(dict.fromkeys(topic[:80] for reply in replies for topic in reply.topics)),
        rules=list(dict.fromkeys(rule for reply in replies for rule in reply.rules)),
        is_fallback=not failed and any(not reply.topics and not reply.buttons for reply in clarifies),
        is_clarify=any(bool(reply.buttons) for reply in clarifies),
        is_failed=failed,
        asked=str(inspection.get("asked") or "")[:60],
        answered=str(inspection.get("answered") or "")[:60],
        action=str(steps[0].get("action", ""))[:60],
        waiting_ms=round(waited_ms, 1),
        nlu_ms=timings.get("understanding"),
        actions_ms=timings.get("deciding and acting"),
        total_ms=round((now - row.received_at).total_seconds() * 1000, 1),
        model=str(inspection.get("model") or "")[:60],
        content=str(inspection.get("content") or "")[:20],
    )


def _summarise(connection: Connection, conversation: Any, record: Mapping[str, Any]) -> None:
    line: dict[str, Any] = dict.fromkeys(_COUNTED, 0) | {"lowest": None, "tier": None, "tier_rank": -1}
    if conversation.has_line:
        line = {name: getattr(conversation, name) for name in _COUNTED}
    line["turns"] += 1
    line["fallbacks"] += record["is_fallback"]
    line["clarifies"] += record["is_clarify"]
    line["failures"] += record["is_failed"]
    if record["confidence"] is not None:
        line["lowest"] = record["confidence"] if line["lowest"] is None else min(line["lowest"], record["confidence"])
    rank = tier_rank(record["tier"])
    if rank > line["tier_rank"]:
        line["tier"], line["tier_rank"] = record["tier"], rank
    if not conversation.has_line:
        same = {"conversation_id": conversation.id, "is_test": conversation.is_test, "channel": conversation.channel}
        unrated = {"helpful": 0, "unhelpful": 0, "flagged": False}
        began = {"started": conversation.created, "last": record["at"]}
        _INSERT_SUMMARY.run(connection, {**line, **same, **unrated, **began})
    else:
        new = {f"new_{name}": value for name, value in line.items()}
        found = {"conversation": conversation.id, "new_last": record["at"]}
        _UPDATE_LINE.run(connection, found | new)
