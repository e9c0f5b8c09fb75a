"""Several Rasas as if they were one: each conversation is pinned to one of those that are well."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from contextlib import suppress

from bot.gateway.rasa_client import Answer, Question, RasaClient, RasaFailed, RasaUnreachable
from bot.observing import metrics
from bot.observing.logs import event

LOOK_SECONDS = 0.5

log = logging.getLogger(__name__)


class RasaPool:
    """Speaks to the Rasa a conversation is pinned to, and to the next one while that is down.

    Pinning is by rendezvous hashing: the order in which a conversation prefers the Rasas follows from their addresses
    and its id alone, so that every gateway finds the same one, and one that fails or joins moves its own share only.
    A Rasa keeps a conversation's tracker in memory; pinning is what makes that worth while, and the database, which is
    asked whether the tracker is current, is what makes it right.
    """

    def __init__(self, clients: Sequence[RasaClient], look_seconds: float = LOOK_SECONDS) -> None:
        """Take at least one Rasa; nothing is opened yet."""
        self._clients = tuple(clients)
        self._look_seconds = look_seconds
        self._down: set[RasaClient] = set()
        self._looking: asyncio.Task[None] | None = None
        for number in range(len(self._clients)):
            metrics.RASA_UP.labels(number).set(1)

    def order(self, conversation_id: str) -> list[RasaClient]:
        """The Rasas that a conversation may be answered by, the preferred one first; all, when none is well."""
        ranked = sorted(self._clients, key=lambda client: _rank(client.url, conversation_id), reverse=True)
        return [client for client in ranked if client not in self._down] or ranked

    async def answer(self, question: Question) -> Answer:
        """What Rasa replies to one message; see `RasaClient.answer`.

        Raises:
            RasaUnreachable: when no Rasa could be reached.
            RasaFailed: when one was there and gave no usable answer.
        """
        unreachable = RasaUnreachable("none")
        for client in self.order(question.conversation_id):
            try:
                return await client.answer(question)
            except RasaUnreachable as error:
                self._lose(client)
                unreachable = error
        raise unreachable

    async def expect(self, text: str) -> None:
        """Let Rasa begin to read what is going to be asked about, where there is only one; see `RasaClient.expect`."""
        if len(self._clients) == 1:
            with suppress(RasaUnreachable, RasaFailed):
                await self._clients[0].expect(text)

    async def erase(self, conversation_id: str) -> None:
        """Let every Rasa forget a conversation: one deletes what is stored, each drops what it holds in memory.

        Raises:
            RasaUnreachable, RasaFailed: when some Rasa that is well may not have done so.
        """
        for number, client in enumerate(self.order(conversation_id)):
            try:
                await client.erase(conversation_id)
            except RasaUnreachable:
                self._lose(client)
                if number == 0:
                    raise

    async def is_ready(self) -> bool:
        """Whether some Rasa has its model loaded."""
        return any(await asyncio.gather(*(client.is_ready() for client in self._clients)))

    def health(self) -> dict[str, bool]:
        """Which Rasas were well when last asked, by address."""
        return {client.url: client not in self._down for client in self._clients}

    async def close(self) -> None:
        """Close all connections."""
        if self._looking is not None:
            self._looking.cancel()
        for client in self._clients:
            await client.close()

    def _lose(self, client: RasaClient) -> None:
        if client not in self._down:
            self._down.add(client)
            metrics.RASA_UP.labels(self._clients.index(client)).set(0)
            event(log, "rasa_lost", logging.WARNING, rasa=self._clients.index(client))
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_after_lost())

    async def _look_after_lost(self) -> None:
        while self._down:
            await asyncio.sleep(self._look_seconds)
            for client in list(self._down):
                if await client.is_ready():
                    self._down.discard(client)
                    metrics.RASA_UP.labels(self._clients.index(client)).set(1)
                    event(log, "rasa_back", rasa=self._clients.index(client))


def _rank(url: str, conversation_id: str) -> bytes:
    return hashlib.sha256(f"{url}\0{conversation_id}".encode()).digest()
