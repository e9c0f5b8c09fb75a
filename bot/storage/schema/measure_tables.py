"""Counts by day: they outlast the conversations they were counted from, and hold nobody's words."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class MeasureDay(Base):
    """One count of one day and channel.

    Attributes:
        day: In the clinic's time zone.
        channel, is_test: Whose conversations were counted.
        name: What was counted, such as "topic".
        key: Which of them, such as the topic's id; "" where there is one alone.
        count: How many.
        final: Whether the day was over when it was counted; it is not counted again then, because conversations are
            erased in time.
    """

    __tablename__ = "measure_day"
    __table_args__ = (Index(None, "is_test", "day"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    is_test: Mapped[bool] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int]
    final: Mapped[bool]
