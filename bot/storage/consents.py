"""The texts visitors were shown about what is kept, each version once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.storage.base import Base, Moment, insert_unless_there, table_of
from bot.storage.schema.conversation_tables import Conversation


class ConsentText(Base):
    """One version of the text. It outlives the conversations that began under it: it says nothing about anybody."""

    __tablename__ = "consent_text"

    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    first_shown: Mapped[datetime] = mapped_column(Moment)


def keep_text(session: Session, version: str, text: str, now: datetime) -> None:
    """Keep a version of the text, unless it is known."""
    row = {"version": version, "text": text, "first_shown": now}
    session.execute(insert_unless_there(table_of(ConsentText)), row)


def text_shown(session: Session, conversation_id: str) -> ConsentText | None:
    """What the visitor of a conversation was shown; None for conversations of versions that did not note it."""
    return session.scalar(
        select(ConsentText)
        .join(Conversation, Conversation.consent_version == ConsentText.version)
        .where(Conversation.id == conversation_id)
    )
