"""Finding what was said by its words, though the words are sealed: an index of keyed hashes of word stems.

A word's hash tells nobody the word who lacks the key; equal words have equal hashes (decision 0012).
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, tuple_
from sqlalchemy.orm import Session, aliased

from bot.privacy.stems import stems
from bot.storage.base import insert_unless_there, table_of
from bot.storage.prepared import Prepared
from bot.storage.schema.conversation_tables import Conversation, InboundMessage, OutboundMessage
from bot.storage.schema.word_tables import WordsToIndex, WordToken
from bot.storage.sealing.sealed import keyring_of, prefetch_keys, readable

_HASH_BYTES = 8
# Where more messages than these hold a word, it does not help to know how many more; and of several words that are all
# so common, the newest messages with the rarest of them are looked through, or the database would join them all.
_MANY = 5000
BATCH = 200
FORGOTTEN_AT_ONCE = 5000
# Entries, of some ten words each: more would keep other writers of SQLite waiting.
INDEXED_AT_ONCE = 50
# More than there are different replies, the checks with their many answers left out.
REPLIES_KNOWN = 1000
_of_replies: dict[bytes, bytes] = {}


_INSERT = Prepared(insert(table_of(WordsToIndex)))
_INDEX = Prepared(insert_unless_there(table_of(WordToken)))


@dataclass(frozen=True)
class Hit:
    """A message or reply that holds all the words."""

    conversation_id: str
    entry: int
    at: datetime


def index_words(
    session: Session, conversation_id: str, texts: Mapping[int, str], at: datetime, *, are_ours: bool = False
) -> None:
    """Let entries be found by their words. Does nothing where the index is switched off (`BOT_SEARCH_INDEX`).

    The words lie all over the index, which costs more than all else that is stored of a message: they are noted in one
    place, and `index_waiting` takes those of many entries into the index together.

    Args:
        session: A write session.
        conversation_id: Whose entries they are.
        texts: What each says, by its number.
        at: When they were made.
        are_ours: Whether they are replies, which are said again and again.
    """
    if not session.info.get("indexes_words", False):
        return
    when = round(at.timestamp() * 1000)
    key = keyring_of(session).vault.index_key
    packed = _packed_of_reply if are_ours else _packed_of
    found = {entry: packed(key, text) for entry, text in texts.items()}
    rows = [
        {"conversation_id": conversation_id, "entry": entry, "at": when, "tokens": some}
        for entry, some in found.items()
        if some
    ]
    if rows:
        _INSERT.run(session.connection(), *rows)


def index_waiting(session: Session, most: int = INDEXED_AT_ONCE) -> bool:
    """Take the words of some entries that wait for it into the index; whether there may be more."""
    waiting = select(*table_of(WordsToIndex).columns).limit(most).with_for_update(skip_locked=True)
    some = session.execute(waiting).all()
    if not some:
        return False
    rows = [
        {"token": token, "at": row.at, "conversation_id": row.conversation_id, "entry": row.entry}
        for row in some
        for token in _unpacked(row.tokens)
    ]
    # In the order of the index, so that neighbours are written together.
    _INDEX.run(session.connection(), *sorted(rows, key=lambda row: (row["token"], row["at"])))
    entries = [(row.conversation_id, row.entry) for row in some]
    key = tuple_(WordsToIndex.conversation_id, WordsToIndex.entry)
    session.connection().execute(delete(WordsToIndex).where(key.in_(entries)))
    return len(some) == most


def tokens(key: bytes, text: str) -> list[int]:
    """The keyed hashes of a text's words."""
    return sorted({_token(key, stem) for stem in stems(text)})


def _packed_of(key: bytes, text: str) -> bytes:
    some = tokens(key, text)
    return struct.pack(f">{len(some)}q", *some)


def _packed_of_reply(key: bytes, text: str) -> bytes:
    """The same, worked out once for every reply. Neither its words are kept in memory nor what would give them away."""
    name = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=16).digest()
    packed = _of_replies.get(name)
    if packed is None:
        if len(_of_replies) >= REPLIES_KNOWN:
            _of_replies.clear()
        packed = _of_replies[name] = _packed_of(key, text)
    return packed


def _unpacked(some: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(some) // _HASH_BYTES}q", some)


def _token(key: bytes, stem: str) -> int:
    digest = hmac.digest(key, stem.encode("utf-8", "surrogatepass"), "sha256")
    return int.from_bytes(digest[:_HASH_BYTES], "big", signed=True)


def find(session: Session, words: str, most: int = 50) -> list[Hit]:
    """The newest entries that hold all the words, in any order; a phrase is searched as its words.

    Of words that each stand in thousands of entries, the newest thousands are looked through. Words too common to be
    indexed are left out; with none left nothing is found.

    Args:
        session: A read session.
        words: What staff typed.
        most: How many to return.
    """
    wanted = tokens(keyring_of(session).vault.index_key, words)
    if not wanted:
        return []
    wanted.sort(key=lambda token: _how_many(session, token))
    first, *others = wanted
    with_it = select(WordToken.conversation_id, WordToken.entry, WordToken.at).where(WordToken.token == first)
    newest = with_it.order_by(WordToken.at.desc()).limit(_MANY).subquery()
    query = select(newest.c.conversation_id, newest.c.entry, newest.c.at)
    for token in others:
        other = aliased(WordToken)
        query = query.where(
            exists().where(
                other.token == token,
                other.at == newest.c.at,
                other.conversation_id == newest.c.conversation_id,
                other.entry == newest.c.entry,
            )
        )
    rows = [*session.execute(query.order_by(newest.c.at.desc()).limit(most)), *_waiting_with(session, set(wanted))]
    rows.sort(key=lambda row: row.at, reverse=True)
    return [Hit(row.conversation_id, row.entry, datetime.fromtimestamp(row.at / 1000, UTC)) for row in rows[:most]]


def _waiting_with(session: Session, wanted: set[int]) -> list[Any]:
    """The entries with all the words that are not yet in the index: those of the last moments."""
    rows = session.execute(select(*table_of(WordsToIndex).columns))
    return [row for row in rows if wanted.issubset(_unpacked(row.tokens))]


def _how_many(session: Session, token: int) -> int:
    some = select(WordToken.entry).where(WordToken.token == token).limit(_MANY).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def forget_some(session: Session, conversation_id: str, most: int = FORGOTTEN_AT_ONCE) -> bool:
    """Take some of a conversation's words out of the index; whether there may be more.

    Its words lie all over the index: taken out at once, those of a chat of thousands of messages hold up every writer
    of SQLite for seconds.
    """
    session.execute(delete(WordsToIndex).where(WordsToIndex.conversation_id == conversation_id))
    key = (WordToken.token, WordToken.at, WordToken.conversation_id, WordToken.entry)
    some = select(*key).where(WordToken.conversation_id == conversation_id).limit(most)
    done = session.connection().execute(delete(WordToken).where(tuple_(*key).in_(some)))
    return done.rowcount == most


def forget_all(session: Session) -> None:
    """Empty the index."""
    for table in (WordsToIndex, WordToken):
        session.execute(delete(table))


def index_anew(session: Session, conversation_ids: list[str]) -> int:
    """Index some conversations from what can be read of them; how many entries that were."""
    prefetch_keys(session, conversation_ids)
    for table in (WordsToIndex, WordToken):
        session.execute(delete(table).where(table.conversation_id.in_(conversation_ids)))
    said = session.scalars(select(InboundMessage).where(InboundMessage.conversation_id.in_(conversation_ids)))
    told = session.scalars(select(OutboundMessage).where(OutboundMessage.conversation_id.in_(conversation_ids)))
    entries = [(row.conversation_id, {row.entry: readable(row, "text") or ""}, row.received_at) for row in said]
    entries += [
        (row.conversation_id, {row.entry: words_of_reply(readable(row, "reply_json") or {})}, row.created)
        for row in told
    ]
    for entry in entries:
        index_words(session, *entry)
    while index_waiting(session):
        pass
    return len(entries)


def words_of_reply(reply: dict[str, object]) -> str:
    """What a reply is found by: its text. The consult-first line is in every one."""
    return str(reply.get("text") or "")


def all_conversations(session: Session) -> list[str]:
    """The ids of all conversations that are not being erased."""
    return list(session.scalars(select(Conversation.id).where(Conversation.erase_requested.is_(None))))
