"""The buttons that were offered: where they count, and for how long."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.storage.inbox import WAITING, State
from bot.storage.schema.conversation_tables import Choice, InboundMessage, OutboundMessage


def find_choice(session: Session, conversation_id: str, choice_id: str) -> Choice | None:
    """A choice, if it was offered in this very conversation."""
    return session.scalar(select(Choice).where(Choice.id == choice_id, Choice.conversation_id == conversation_id))


def is_question(session: Session, choice: Choice) -> bool:
    """Whether a choice answers a question: "yes" means something under it alone, a topic's button at any time."""
    return session.get_one(OutboundMessage, choice.outbound_id).reply_json.get("kind") == "question"


def is_past(session: Session, choice: Choice) -> bool:
    """Whether the dialogue has gone on since a choice was offered."""
    asked = session.get_one(OutboundMessage, choice.outbound_id)
    later = select(OutboundMessage).where(
        OutboundMessage.conversation_id == asked.conversation_id,
        OutboundMessage.entry > asked.entry,
        OutboundMessage.in_reply_to.is_not(None),
    )
    # After an apology the dialogue stands where it stood.
    return any(reply.reply_json.get("kind") != "apology" for reply in session.scalars(later))


def has_lapsed(session: Session, choice: Choice) -> bool:
    """Whether the dialogue has gone on, or is about to: something said after the choice waits for its reply."""
    asked = session.get_one(OutboundMessage, choice.outbound_id)
    waiting = select(func.count()).where(
        InboundMessage.conversation_id == asked.conversation_id,
        InboundMessage.entry > asked.entry,
        InboundMessage.state.in_(WAITING),
    )
    return bool(session.scalar(waiting)) or is_past(session, choice)


def answer_id(session: Session, choice: Choice) -> str:
    """The message id of a pressed button: its question's, so that the buttons of a question count once in all.

    What could not be answered does not count.
    """
    found = f"answer-{choice.outbound_id}"
    failed = select(func.count()).where(
        InboundMessage.conversation_id == choice.conversation_id,
        or_(InboundMessage.client_message_id == found, InboundMessage.client_message_id.startswith(f"{found}-")),
        InboundMessage.state == State.FAILED,
    )
    times = session.scalar(failed) or 0
    return f"{found}-{times}" if times else found
