"""The index of words by keyed hashes, and the words of new entries that wait to be taken into it."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class WordToken(Base):
    """That an entry of a conversation holds a word. The primary key is the order in which words are searched.

    Attributes:
        token: A keyed hash of the word's stem.
        at: Milliseconds since 1970: newest first is how staff read.
        entry: The number of the message or reply within its conversation.
    """

    __tablename__ = "word_token"
    __table_args__ = ({"sqlite_with_rowid": False},)

    token: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    conversation_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    entry: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class WordsToIndex(Base):
    """The words of an entry that was just stored; soon they are in the index, and this row is gone.

    Attributes:
        entry, at: As in the index.
        tokens: The tokens, eight bytes each.
    """

    __tablename__ = "words_to_index"
    __table_args__ = ({"sqlite_with_rowid": False},)

    conversation_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    entry: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    tokens: Mapped[bytes] = mapped_column(LargeBinary)
