"""The messengers of this installation, put together: taking events in, answering, forgetting."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from bot.bootstrap import Services
from bot.conversation.answering import notices
from bot.conversation.reply import Kind, Reply
from bot.gateway.context import Gateway
from bot.gateway.delivery import now
from bot.gateway.messengers import registry
from bot.gateway.messengers.base import Incoming, Messenger, TryLater, Undeliverable
from bot.gateway.messengers.handling import Handling
from bot.gateway.messengers.identity import Identities
from bot.gateway.messengers.intake import EVENTS_KEPT, Intake
from bot.gateway.messengers.person import Words
from bot.gateway.messengers.sending import Sending, tell_what_became
from bot.gateway.messengers.storing import Pace, Taken
from bot.gateway.rate_limits import Buckets, Rate
from bot.observing.logs import event, failure
from bot.storage import messengers
from bot.storage.schema.conversation_tables import OutboundMessage
from bot.storage.schema.messenger_tables import Delivered

TIDY_SECONDS = 600.0
FAREWELL_WAITS = (0.0, 2.0, 10.0)
MOST_ACKNOWLEDGEMENTS = 4

log = logging.getLogger(__name__)


class Messengers:
    """All messengers that are set up; none, when none is."""

    def __init__(self, gateway: Gateway, *, is_done_elsewhere: bool = False) -> None:
        """Build them from the settings.

        Args:
            gateway: Its parts.
            is_done_elsewhere: Events are taken in here, and handled by a worker (`bot.gateway.messenger_duty`).

        Raises:
            SettingsError: when one is set up in part.
        """
        services = gateway.services
        self._gateway = gateway
        self._is_done_elsewhere = is_done_elsewhere
        self._database = services.database
        self.known: dict[str, Messenger] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._told = Buckets(Rate(1, 1))
        if not any(registry.is_wanted(kind, services.settings.messengers) for kind in registry.kinds()):
            return
        identities = Identities(services.secrets.messengers)
        self.known = registry.build(services.settings.messengers, identities.derive)
        words = Words(_opening(services), services.notice, services.apology, self._summary, gateway.consent.version)
        idle = timedelta(hours=services.settings.session_hours)
        self._intake = Intake(self._database, identities)
        self._handling = Handling(self._database, self.known, identities, words, idle, self._pace, self._see_to)
        self._sending = Sending(self._database, self.known, identities, self._with_link)
        self._farewell = services.notice
        if not is_done_elsewhere:
            gateway.listeners.watchers.append(self._sending.wake)

    async def start(self) -> None:
        """Deliver what an earlier process did not, and tidy up from time to time."""
        if self.known and not self._is_done_elsewhere:
            await self._sending.resume()
            self.handle()
            self._begin(self._tidy())

    async def stop(self) -> None:
        """Stop everything; what is not done yet stays in the database."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.known:
            if not self._is_done_elsewhere:
                self._gateway.listeners.watchers.remove(self._sending.wake)
            await self._handling.stop()
            await self._sending.stop()
        for messenger in self.known.values():
            await messenger.close()

    def url_of(self, request: Request) -> str:
        """The public address a request was sent to: what a proxy made of it is not what a platform has signed."""
        query = f"?{request.url.query}" if request.url.query else ""
        return f"{self._gateway.services.settings.public_url}{request.url.path}{query}"

    async def take(self, messenger: Messenger, events: list[Incoming]) -> None:
        """Store the events of one webhook; they are seen to when the platform has its answer."""
        if events:
            await self._intake.put(messenger, events, now())
            self.handle()

    def handle(self) -> None:
        """See to the events that are stored."""
        if self.known and not self._is_done_elsewhere:
            self._handling.wake()

    def _see_to(self, messenger: Messenger, taken: Taken) -> None:
        for conversation_id in taken.deliver:
            self._sending.wake(conversation_id)
        for conversation_id in taken.answer:
            self._gateway.delivery.wake(conversation_id)
        for conversations, sender in taken.erased:
            self._begin(self._forget(messenger, conversations, sender))
        for conversation_id, outbound_id, reason in taken.lost:
            tell_what_became(messenger.name, conversation_id, outbound_id, Delivered.FAILED, reason)
        for heard in taken.heard:
            if len(self._tasks) < MOST_ACKNOWLEDGEMENTS:
                self._begin(self._acknowledge(messenger, heard))

    def _pace(self, visitor: str) -> Pace:
        if not self._gateway.limits.visitor_messages.wait(visitor):
            return Pace.FINE
        return Pace.TOLD if self._told.wait(visitor) else Pace.TOO_FAST

    def _summary(self, conversation_id: str, at: datetime) -> Reply:
        return self._gateway.services.summaries.sent(self._gateway.summary_tickets.link(conversation_id, at))

    def _with_link(self, reply: Reply, outbound: OutboundMessage) -> Reply:
        if reply.kind is not Kind.OUTCOME:
            return reply
        link = self._gateway.summary_tickets.link(outbound.conversation_id, outbound.created)
        return self._gateway.services.summaries.with_link(reply, link)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _acknowledge(self, messenger: Messenger, heard: Incoming) -> None:
        try:
            await messenger.acknowledge(heard)
        except (TryLater, Undeliverable):
            return  # The answer itself is what counts.

    async def _forget(self, messenger: Messenger, conversations: list[str], sender: str) -> None:
        """Finish an erasure that is in the database already, and say so."""
        for conversation_id in conversations:
            await self._gateway.delivery.drop(conversation_id)
            await self._sending.drop(conversation_id)
            self._gateway.listeners.notify(conversation_id)
        try:
            done = await self._gateway.erasure.finish()
            event(log, "messenger_data_erased", channel=messenger.name, count=len(conversations), complete=done)
        except SQLAlchemyError as error:
            failure(log, "database_failed", error)  # `Erasure.keep_on` comes back to it
        # The address is known to this call alone now, so there is nobody to leave the words with.
        await self._say_farewell(messenger, sender)

    async def _say_farewell(self, messenger: Messenger, sender: str) -> None:
        for payload in messenger.render(self._farewell(notices.ERASED)):
            for wait in FAREWELL_WAITS:
                await asyncio.sleep(wait)
                try:
                    await messenger.send(sender, payload, "farewell", is_repeated=False)
                    break
                except TryLater:
                    continue
                except Undeliverable:
                    return

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            try:
                await self._database.writing(lambda s: messengers.forget_events(s, now() - EVENTS_KEPT))
                await self._sending.resume()
            except SQLAlchemyError as error:
                failure(log, "database_failed", error)


def _opening(services: Services) -> Callable[[], Reply]:
    def opening() -> Reply:
        # The website's own pages are named by their path; from a messenger they need their whole address.
        link = services.clinic.privacy_link
        reply = services.opening()
        if not link.startswith("/"):
            return reply
        return replace(reply, text=reply.text.replace(link, services.settings.public_url + link))

    return opening
