"""The dialogue's memory as Rasa's tracker store keeps it: a row for each turn, sealed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base

# SQLite numbers rows by itself only when the column is INTEGER; PostgreSQL's would end after two thousand million.
Number = BigInteger().with_variant(Integer, "sqlite")


class TrackerTurn(Base):
    """The events of one turn, sealed (`bot.rasa_server.tracker_turns`).

    Not bound to `conversation`: `rasa shell` talks without one.

    Attributes:
        number: How many events came before. Two processes that write the same turn cannot both succeed.
        count: How many events it holds.
        begins: Whether it also tells how the conversation stood before, so that reading may begin here.
    """

    __tablename__ = "tracker_turn"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(String(255))
    number: Mapped[int]
    count: Mapped[int]
    begins: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
