"""Rasa's memory of conversations in our database: sealed, bounded, and never silently lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.observing.stages import spent_on
from bot.rasa_server import event_types
from bot.rasa_server.tracker_cache import TrackerCache
from bot.rasa_server.tracker_turns import TURNS_KEPT_IN_VIEW, Before, Beginning, content_of, events_of, shortened
from bot.storage import tracker_rows
from bot.storage.database import Database
from bot.storage.sealing.sealed import destroy_key
from bot.storage.sealing.vault import Vault
from bot.storage.tracker_rows import Position

Access = TypeVar("Access")
Result = TypeVar("Result")
_MARK = "_kept_by_conversation_store"


class MemoryFailed(RuntimeError):
    """The conversation could not be read or stored. Not a ValueError: Rasa ends the process on those."""


class MemoryMoved(MemoryFailed):
    """Another process has gone on with the conversation meanwhile: what was understood here no longer follows."""


@dataclass(frozen=True)
class _Mark:
    """What a tracker of ours is known to share with the database.

    Attributes:
        position: Where the memory ended when it was read; None when there was none.
        stored: How many of the tracker's events are in the database, or only set the scene.
        before: How the conversation stood then: what is written down where reading may begin.
        begun: Where each turn that the tracker has taken since it was read begins in it, and how it stood then.
    """

    position: Position | None
    stored: int
    before: Before
    begun: tuple[Beginning, ...] = ()


class ConversationStore(TrackerStore):
    """Our tracker store (`endpoints.yml`: `type` is this class, `url` the database, `secret_file` has its keys)."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str = "",
        event_broker: EventBroker | None = None,
        secret_file: str = "",
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        """Open the database as the gateway does: WAL, waiting for each other, no words in errors."""
        event_types.install()
        # A turn is on its way until its replies are in the outbox, in the same file. That commit takes this one along
        # to the disk; a power failure before it leaves the message in the inbox, to be answered as if for the first
        # time.
        self.database = Database(host, Vault.of_file(Path(secret_file)), waits_for_disk=False)
        self.database.migrate()
        self._cache: TrackerCache[DialogueStateTracker] = TrackerCache(clock)
        super().__init__(domain, event_broker, **kwargs)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's last turns, its slots and form as they stand; None when it is new.

        Raises:
            MemoryFailed: when the database cannot tell.
        """
        known = self._cache.pop(sender_id)
        if known is not None:
            last = await self._run(lambda c: tracker_rows.last_row(c, sender_id), self.database.look)
            mark: _Mark = getattr(known, _MARK)
            if mark.position is not None and last == mark.position.row:
                return known
        turns = await self._run(lambda s: tracker_rows.read_turns(s, sender_id, TURNS_KEPT_IN_VIEW), self.database.read)
        if turns is None:
            return None
        scene, told = events_of(turns.contents)
        tracker = DialogueStateTracker.from_events(sender_id, [*scene, *told], self.domain.slots)
        self._mark(tracker, turns.position)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write down what is new, whole or not at all.

        Raises:
            MemoryMoved: when another process has written meanwhile.
            MemoryFailed: when the database cannot take it.
        """
        await self.stream_events(tracker)
        mark: _Mark | None = getattr(tracker, _MARK, None)
        if mark is None:
            # Made by Rasa, not read from here: a new conversation, or the whole of a known one.
            turns = await self._run(lambda s: tracker_rows.read_turns(s, tracker.sender_id, 1), self.database.read)
            position = turns.position if turns else None
            mark = _Mark(position, position.events if position else 0, Before({}, None))
        new = list(tracker.events)[mark.stored :]
        if not new:
            return
        begins = mark.position is None or mark.position.turns >= TURNS_KEPT_IN_VIEW
        before = mark.before if begins and mark.position is not None else None
        content, position = content_of(new, before), mark.position

        def write(session: Session) -> Position:
            return tracker_rows.add_turn(session, tracker.sender_id, position, len(new), content, begins=begins)

        written = await self._change(write, brief=True)
        begun = (*mark.begun, Beginning(mark.stored, mark.before))
        if len(begun) > TURNS_KEPT_IN_VIEW:
            tracker, begun = shortened(tracker, begun[1:])
        self._mark(tracker, written, begun)
        self._cache.put(tracker.sender_id, tracker)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await self._run(tracker_rows.conversations_with_memory, self.database.read)

    async def erase(self, conversation_id: str) -> None:
        """Delete all of a conversation, its key first. Call it under the conversation's lock."""

        def delete(session: Session) -> None:
            destroy_key(session, conversation_id)
            tracker_rows.delete_turns(session, conversation_id)

        self._cache.pop(conversation_id)
        await self._change(delete)

    @staticmethod
    def _mark(tracker: DialogueStateTracker, position: Position, begun: tuple[Beginning, ...] = ()) -> None:
        setattr(tracker, _MARK, _Mark(position, len(tracker.events), Before.of(tracker), begun))

    async def _run(
        self, work: Callable[[Access], Result], scope: Callable[[], AbstractContextManager[Access]]
    ) -> Result:
        """Work on a thread, so that waiting for the database holds up nobody else."""

        def run() -> Result:
            with spent_on("database"), scope() as access:
                return work(access)

        with _told_as_failures():
            return await self.database.off_loop(run)

    async def _change(self, work: Callable[[Session], Result], *, brief: bool = False) -> Result:
        with _told_as_failures():
            return await self.database.writing(work, brief=brief)


@contextmanager
def _told_as_failures() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise MemoryMoved from error
    except (ValueError, SQLAlchemyError) as error:
        raise MemoryFailed from error


def refuse_to_forget(store: TrackerStore) -> None:
    """Make a database failure fail the message.

    Rasa would go on with an empty memory and answer as if nothing had been said before.
    """
    if isinstance(store, FailSafeTrackerStore):
        store._on_tracker_store_error = _fail


def _fail(error: Exception) -> NoReturn:
    if isinstance(error, MemoryFailed):
        raise error
    raise MemoryFailed from error


async def erase_conversation(store: TrackerStore, conversation_id: str) -> None:
    """Erase a conversation from whatever store Rasa was given.

    Raises:
        MemoryFailed: when that store cannot erase.
    """
    inner = getattr(store, "_tracker_store", store)
    if not isinstance(inner, ConversationStore):
        raise MemoryFailed("the tracker store in endpoints.yml is not bot.rasa_server.tracker_store.ConversationStore")
    await inner.erase(conversation_id)
