"""Columns that hold words: sealed in the database, plain on the object.

    class Note(SealedRow, Base):
        conversation_id: Mapped[str] = ...
        sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
        text = Sealed[str]("sealed_text")

The object is opened when it is loaded, with the key of its conversation, and sealed when it is flushed. The class
attribute (`Note.text`) is no column: the database cannot compare or select words that it cannot read.
"""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar, cast, overload

from sqlalchemy import Connection, LargeBinary, String, bindparam, delete, event, select
from sqlalchemy.orm import Mapped, QueryContext, Session, mapped_column, object_session

from bot.storage.base import Base, insert_unless_there, table_of
from bot.storage.prepared import Prepared
from bot.storage.sealing.vault import ConversationKey, SealBroken, Vault

Plain = TypeVar("Plain")
# Stands in the column between an assignment and the flush; never stored.
_TO_BE_SEALED = b""


class ConversationKeyRow(Base):
    """The key of a conversation, sealed under a master key. Without this row its words are noise, in backups too.

    Not bound to `conversation`: Rasa may hear of a conversation first.
    """

    __tablename__ = "conversation_key"

    conversation_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    master: Mapped[str] = mapped_column(String(32), index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


# Every message asks for a key: the statements are made once.
_KEYS = select(*(table_of(ConversationKeyRow).c[name] for name in ("conversation_id", "master", "wrapped")))
_NEW_KEY = Prepared(insert_unless_there(table_of(ConversationKeyRow)))
_ONE_KEY = Prepared(_KEYS.where(ConversationKeyRow.conversation_id == bindparam("conversation")))


class Keyring:
    """The keys of the conversations that one session works with, each fetched once."""

    def __init__(self, vault: Vault) -> None:
        """Begin with none."""
        self.vault = vault
        self._keys: dict[str, ConversationKey] = {}

    def known(self, conversation_id: str) -> ConversationKey | None:
        """The key of a conversation when it was fetched before."""
        return self._keys.get(conversation_id)

    def key(self, connection: Connection, conversation_id: str) -> ConversationKey:
        """The key of a conversation.

        Raises:
            SealBroken: when it has none, as after an erasure, or when its master key is not there.
        """
        found = self._keys.get(conversation_id) or self._fetch(connection, [conversation_id]).get(conversation_id)
        if found is None:
            raise SealBroken("the conversation has no key: it was erased")
        return found

    def key_to_seal(self, connection: Connection, conversation_id: str) -> ConversationKey:
        """The key of a conversation, made when it has none yet."""
        found = self._keys.get(conversation_id) or self._fetch(connection, [conversation_id]).get(conversation_id)
        if found is None:
            master, wrapped = self.vault.wrap(conversation_id, self.vault.new_key())
            _NEW_KEY.run(connection, {"conversation_id": conversation_id, "master": master, "wrapped": wrapped})
            # Whoever was first decides: another process may have made one in the same moment.
            found = self._fetch(connection, [conversation_id])[conversation_id]
        return found

    def prefetch(self, connection: Connection, conversation_ids: list[str]) -> None:
        """Fetch the keys of many conversations at once, before their rows are loaded."""
        missing = [name for name in dict.fromkeys(conversation_ids) if name not in self._keys]
        for start in range(0, len(missing), 500):
            self._fetch(connection, missing[start : start + 500])

    def forget(self) -> None:
        """Forget all keys."""
        self._keys.clear()

    def _fetch(self, connection: Connection, conversation_ids: list[str]) -> dict[str, ConversationKey]:
        if len(conversation_ids) == 1:
            rows = _ONE_KEY.all(connection, {"conversation": conversation_ids[0]})
        else:
            rows = connection.execute(_KEYS.where(ConversationKeyRow.conversation_id.in_(conversation_ids))).all()
        for name, master, wrapped in rows:
            self._keys[name] = ConversationKey(name, self.vault.unwrap(name, master, wrapped))
        return self._keys


def keyring_of(session: Session) -> Keyring:
    """The keyring of a session that `Database` has made."""
    return cast(Keyring, session.info["keyring"])


def seal(session: Session, conversation_id: str, place: str, value: Any) -> bytes:
    """A value for a sealed column that is written without the ORM; `place_of` gives the place."""
    keyring = keyring_of(session)
    key = keyring.known(conversation_id) or keyring.key_to_seal(session.connection(), conversation_id)
    return key.seal(place, value)


def prefetch_keys(session: Session, conversation_ids: list[str]) -> None:
    """Fetch the keys of many conversations at once, before rows of theirs are loaded."""
    keyring_of(session).prefetch(session.connection(), conversation_ids)


def destroy_key(session: Session, conversation_id: str) -> None:
    """Make everything that was sealed for a conversation unreadable, wherever copies of it are."""
    session.execute(delete(ConversationKeyRow).where(ConversationKeyRow.conversation_id == conversation_id))
    if "keyring" in session.info:
        keyring_of(session).forget()


def readable(row: Any, name: str) -> Any:
    """A sealed value, None where it cannot be opened: the others of a list are not lost with it."""
    try:
        return getattr(row, name)
    except SealBroken:
        return None


_ATTRIBUTES: dict[type[Any], tuple[Sealed[Any], ...]] = {}


class Sealed(Generic[Plain]):
    """The plain value of a sealed column."""

    def __init__(self, column: str) -> None:
        """Name the attribute that is the column."""
        self.column = column
        self.name = ""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type[Any]) -> Sealed[Plain]: ...
    @overload
    def __get__(self, row: Any, owner: type[Any]) -> Plain: ...
    def __get__(self, row: Any, owner: type[Any]) -> Any:
        if row is None:
            return self
        found = _plain_values(row).get(self.name)
        if isinstance(found, SealBroken):
            raise found
        return found

    def __set__(self, row: Any, value: Plain) -> None:
        _plain_values(row)[self.name] = value
        setattr(row, self.column, None if value is None else _TO_BE_SEALED)


def _plain_values(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = row.__dict__.setdefault("_plain_values", {})
    return found


class SealedRow:
    """A table with sealed columns. It has `conversation_id`, and may name what else its words are bound to.

    Attributes:
        __sealed_to__: Attributes known before the row is stored that never change, such as an entry's number.
    """

    __sealed_to__: ClassVar[tuple[str, ...]] = ()


def sealed_attributes(table: type[Any]) -> tuple[Sealed[Any], ...]:
    """The plain attributes of a mapped class."""
    known = _ATTRIBUTES.get(table)
    if known is None:
        found = {name: value for cls in reversed(table.__mro__) for name, value in vars(cls).items()}
        known = _ATTRIBUTES[table] = tuple(value for value in found.values() if isinstance(value, Sealed))
    return known


def place_of(table: str, column: str, *bound_to: object) -> str:
    """What a sealed value is bound to, beside its conversation."""
    return " ".join((f"{table}.{column}", *map(str, bound_to)))


def _place(row: Any, attribute: Sealed[Any]) -> str:
    return place_of(row.__tablename__, attribute.column, *(getattr(row, name) for name in row.__sealed_to__))


@event.listens_for(SealedRow, "load", propagate=True)
def _open(row: Any, context: QueryContext) -> None:
    _open_all(row, context.session, row.__dict__)


@event.listens_for(SealedRow, "refresh", propagate=True)
def _open_again(row: Any, context: QueryContext, _: Any) -> None:
    _open_all(row, context.session, row.__dict__)


def _open_all(row: Any, session: Session, loaded: dict[str, Any]) -> None:
    plain = _plain_values(row)
    key: ConversationKey | None = None
    for attribute in sealed_attributes(type(row)):
        sealed = loaded.get(attribute.column)
        if sealed is None:
            plain[attribute.name] = None
            continue
        try:
            key = key or keyring_of(session).key(session.connection(), row.conversation_id)
            plain[attribute.name] = key.open(_place(row, attribute), bytes(sealed))
        except SealBroken as error:
            # Told when the words are asked for: a list of rows is not lost to one that cannot be read.
            plain[attribute.name] = error


@event.listens_for(SealedRow, "before_insert", propagate=True)
@event.listens_for(SealedRow, "before_update", propagate=True)
def _seal(_: Any, connection: Connection, row: Any) -> None:
    session = object_session(row)
    assert session is not None
    for attribute in sealed_attributes(type(row)):
        if row.__dict__.get(attribute.column) != _TO_BE_SEALED:
            continue
        value = _plain_values(row).get(attribute.name)
        if value is None:
            raise SealBroken(f"{row.__tablename__}.{attribute.name} was copied without its words")
        key = keyring_of(session).key_to_seal(connection, row.conversation_id)
        setattr(row, attribute.column, key.seal(_place(row, attribute), value))
