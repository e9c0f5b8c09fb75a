"""From the outbox to the messengers: in order per conversation, tried again with patience, given up visibly."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from sqlalchemy.orm import Session

from bot.conversation.reply import Kind, Reply
from bot.gateway.conversation_work import ConversationWork
from bot.gateway.delivery import now
from bot.gateway.messengers.base import Messenger, Payload, TryLater, Undeliverable
from bot.gateway.messengers.identity import Identities, Unreadable
from bot.observing import metrics
from bot.observing.logs import event, failure
from bot.storage import messengers
from bot.storage.database import Database
from bot.storage.messengers import Unsent
from bot.storage.schema.conversation_tables import OutboundMessage
from bot.storage.schema.messenger_tables import Delivered
from bot.storage.sealing.vault import SealBroken
from bot.storage.staff_side.undelivered import NOT_DELIVERED

# Seconds before each further attempt: a reply that comes half an hour late still reaches the person who asked.
BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0)
LONGEST_WAIT = 3600.0
AT_ONCE = 8

log = logging.getLogger(__name__)
Completed = Callable[[Reply, OutboundMessage], Reply]


@dataclass
class Progress:
    """How far one reply has come, as this process knows it: the database may not have been there to be told.

    Attributes:
        is_doubtful: The next message of it may have arrived already.
    """

    parts_sent: int
    attempts: int
    is_doubtful: bool


class Sending(ConversationWork):
    """Works off the outbox."""

    def __init__(
        self, database: Database, known: Mapping[str, Messenger], identities: Identities, completed: Completed
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            database: Where the outbox is.
            known: The messengers that are set up.
            identities: Opens the addresses.
            completed: Adds to a reply what only messengers need. The same each time for the same reply: by its words
                a platform is asked whether it has arrived.
        """
        super().__init__(database)
        self._completed = completed
        self._messengers = known
        self._identities = identities
        self._started = now()
        for name, state in product(known, NOT_DELIVERED):
            # Shown as none from the start: Prometheus does not see that the first one is one more.
            metrics.DELIVERED.labels(name, str(state))
        # A platform that hangs must not keep the others waiting.
        self._free = {name: asyncio.Semaphore(AT_ONCE) for name in known}
        # One at a time asks the database: replies may wait for their turn there, webhooks may not.
        self._asking = asyncio.Lock()
        # Until when a reply that failed is left alone, by conversation and reply; and what ends such a rest early.
        self._not_before: dict[str, dict[int, float]] = {}
        self._bells: dict[str, asyncio.Event] = {}
        # What is under way here, by conversation and reply.
        self._progress: dict[str, dict[int, Progress]] = {}

    def wake(self, conversation_id: str) -> None:
        """See to a conversation, also when a failed reply of it is being left alone: an emergency goes out first."""
        super().wake(conversation_id)
        if bell := self._bells.get(conversation_id):
            bell.set()

    def _leave(self, conversation_id: str) -> None:
        for known in (self._not_before, self._bells, self._progress):
            known.pop(conversation_id, None)

    def _waiting(self, session: Session) -> list[str]:
        return messengers.unsent_conversations(session)

    async def _step(self, conversation_id: str) -> bool:
        """Deliver the next reply; False when there is none, or when it has to wait for another one."""
        bell = self._bells.setdefault(conversation_id, asyncio.Event())
        bell.clear()
        async with self._asking:
            unsent = await self._database.reading(lambda s: messengers.next_unsent(s, conversation_id))
        messenger = self._messengers.get(unsent.contact.channel) if unsent else None
        if unsent is None or messenger is None:
            return False
        until = self._not_before.get(conversation_id, {}).get(unsent.outbound.id, 0.0)
        rest = until - asyncio.get_running_loop().time()
        if rest > 0:
            # Whatever wakes it, what goes out next is asked anew: a warning does not wait for the reply before it.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), rest)
            return True
        await self._deliver(unsent, messenger)
        return True

    async def _deliver(self, unsent: Unsent, messenger: Messenger) -> None:
        conversation_id, outbound_id = unsent.outbound.conversation_id, unsent.outbound.id
        # What an earlier process had in hand may have gone out just before it ended.
        is_doubtful = unsent.outbound.created < self._started or unsent.attempts > 0
        found = Progress(unsent.parts_sent, unsent.attempts, is_doubtful)
        progress = self._progress.setdefault(conversation_id, {}).setdefault(outbound_id, found)
        state: Delivered | None
        try:
            state, reason = _held_back(unsent, messenger)
            if state is None:
                address = self._identities.open(unsent.contact.visitor, unsent.contact.address)
                payloads = messenger.render(self._completed(reply_of(unsent.outbound), unsent.outbound))
        except Unreadable:
            state, reason = Delivered.FAILED, "address_unreadable"
        except SealBroken:
            state, reason = Delivered.FAILED, "unreadable"
        except Exception as error:
            # It would fail again as often as it is tried, and keep all that was said after it.
            failure(log, "reply_not_rendered", error, channel=messenger.name, outbound=unsent.outbound.id)
            state, reason = Delivered.FAILED, "not_rendered"
        if state is None:
            state, reason = await self._send_parts(unsent, messenger, address, payloads, progress)
        if state is None:
            return
        await self._note(unsent, state, progress, reason)
        self._progress.get(conversation_id, {}).pop(outbound_id, None)
        tell_what_became(messenger.name, conversation_id, outbound_id, state, reason, attempts=progress.attempts)

    async def _send_parts(
        self, unsent: Unsent, messenger: Messenger, address: str, payloads: list[Payload], progress: Progress
    ) -> tuple[Delivered | None, str | None]:
        """Send what is left of a reply; no state when it is to be tried again, from what the database then says."""
        while progress.parts_sent < len(payloads):
            part = progress.parts_sent
            key = self._identities.delivery(unsent.outbound.id, unsent.outbound.created, part)
            try:
                await self._send_part(messenger, address, payloads[part], key, progress)
            except TryLater as error:
                progress.attempts += 1
                wait = max(error.after, BACKOFF[min(progress.attempts, len(BACKOFF)) - 1])
                if progress.attempts > len(BACKOFF) or wait > LONGEST_WAIT:
                    return Delivered.FAILED, error.reason
                await self._note(unsent, Delivered.WAITING, progress, error.reason)
                resting = self._not_before.setdefault(unsent.outbound.conversation_id, {})
                resting[unsent.outbound.id] = asyncio.get_running_loop().time() + wait
                return None, None
            except Undeliverable as error:
                progress.attempts += 1
                # A warning that does not arrive is for staff to know, whatever the person wished.
                is_wish = error.is_wished and unsent.outbound.reply_json.get("kind") != Kind.EMERGENCY
                return Delivered.WITHHELD if is_wish else Delivered.FAILED, error.reason
            else:
                progress.parts_sent = part + 1
                if part + 1 < len(payloads):
                    await self._note(unsent, Delivered.WAITING, progress, None)
        return Delivered.SENT, None

    async def _send_part(
        self, messenger: Messenger, address: str, payload: Payload, key: str, progress: Progress
    ) -> None:
        """Send one message, and know afterwards whether it may have arrived.

        Raises:
            TryLater, Undeliverable: see `Messenger.send`.
        """
        was_doubtful, progress.is_doubtful = progress.is_doubtful, True
        try:
            async with self._free[messenger.name]:
                await messenger.send(address, payload, key, is_repeated=was_doubtful)
        except TryLater as error:
            # Only what has certainly not arrived is sent again without asking.
            progress.is_doubtful = was_doubtful or error.may_have_arrived
            raise
        except Undeliverable:
            raise
        except Exception as error:
            # An answer nobody foresaw: tried again with patience like any other, and given up where staff see it.
            failure(log, "reply_not_sent", error, channel=messenger.name)
            raise TryLater("unforeseen", may_have_arrived=True) from error
        progress.is_doubtful = False

    async def _note(self, unsent: Unsent, state: Delivered, progress: Progress, reason: str | None) -> None:
        done, tried, at = progress.parts_sent, progress.attempts, now()
        async with self._asking:
            await self._database.writing(
                lambda s: messengers.note_delivery(s, unsent, state, at, parts_sent=done, attempts=tried, reason=reason)
            )


def reply_of(outbound: OutboundMessage) -> Reply:
    """The stored reply; its buttons carry the ids of their choices."""
    content = dict(outbound.reply_json)
    content["buttons"] = [{"title": b["title"], "payload": b["id"]} for b in content.get("buttons", ())]
    return Reply.from_dict(content)


def _held_back(unsent: Unsent, messenger: Messenger) -> tuple[Delivered | None, str | None]:
    """Why a reply must not go out, if there is a reason.

    Whoever said STOP hears nothing more but what the gateway says to STOP and HELP; only danger breaks that silence.
    """
    is_emergency = unsent.outbound.reply_json.get("kind") == Kind.EMERGENCY
    is_answer = unsent.outbound.in_reply_to is not None
    if unsent.contact.stopped is not None and is_answer and not is_emergency:
        return Delivered.WITHHELD, "stopped"
    if messenger.window is not None and now() - unsent.contact.last_heard > messenger.window:
        return Delivered.TOO_LATE, "outside_window"
    return None, None


def tell_what_became(
    channel: str, conversation_id: str, outbound_id: int, state: Delivered, reason: str | None, **more: int
) -> None:
    """Count what became of a reply and write it to the log, as an error when the person did not get it."""
    metrics.DELIVERED.labels(channel, str(state)).inc()
    is_lost = state in NOT_DELIVERED
    event(
        log,
        "reply_not_delivered" if is_lost else "reply_delivered",
        logging.ERROR if is_lost else logging.INFO,
        conversation=conversation_id,
        outbound=outbound_id,
        channel=channel,
        state=str(state),
        reason=reason,
        **more,
    )
