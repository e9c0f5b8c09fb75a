"""Rasa's memory of conversations in our database: it neither ends the process nor forgets silently."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import anyio.to_thread
import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.orm import Session, sessionmaker

from bot.storage.conversations import delete_tracker_rows
from bot.storage.database import Database

log = logging.getLogger(__name__)


class MemoryFailed(RuntimeError):
    """The conversation could not be read or stored. Not a ValueError: Rasa ends the process on those."""


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL store over our engine (`endpoints.yml`: `type` is this class, `url` the database)."""

    def __init__(
        self, domain: Domain | None = None, host: str = "", event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        """Open the database as the gateway does: WAL, waiting for each other, no words in errors."""
        self.database = Database(host)
        self.engine = self.database.engine.execution_options(bot_writes=True)
        self.Base.metadata.create_all(self.engine)
        self.sessionmaker = sessionmaker(bind=self.engine)
        # Not SQLTrackerStore's own: it would open a second engine without any of this.
        TrackerStore.__init__(self, domain, event_broker, **kwargs)

    @contextmanager
    def session_scope(self) -> Iterator[Session]:
        """A session; a ValueError in it is a failed message, not the end of the process as in Rasa's own."""
        session = self.sessionmaker()
        try:
            yield session
        except (ValueError, sa.exc.SQLAlchemyError) as error:
            session.rollback()
            raise MemoryFailed from error
        finally:
            session.close()

    async def erase(self, conversation_id: str) -> None:
        """Delete all events of a conversation. Call it under the conversation's lock."""

        def delete() -> None:
            with self.database.write() as session:
                delete_tracker_rows(session, conversation_id)

        await anyio.to_thread.run_sync(delete)


def refuse_to_forget(store: TrackerStore) -> None:
    """Make a database failure fail the message.

    Rasa would go on with an empty memory and answer as if nothing had been said before.
    """
    if isinstance(store, FailSafeTrackerStore):
        store._on_tracker_store_error = _fail


def _fail(error: Exception) -> NoReturn:
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
