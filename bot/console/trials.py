"""Test conversations: over the patients' own path, from the gateway's door to the outbox, marked as tests.

Only their beginning is ours: the row is made here, so that no stranger can call a conversation a test. From then on
the console is a visitor like any other, with a signed cookie, over HTTP.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.bootstrap import Services
from bot.gateway.visitors import Cookies
from bot.settings_reading import origin_of
from bot.storage import conversations, outbox
from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.staff_side import transcript

CHANNEL = "console"
LOOK_SECONDS = 0.04
# More than a patient's longest check.
MOST_TURNS = 60


class TrialFault(Exception):
    """A test message was not taken or not answered; the text says why and what to do."""


@dataclass(frozen=True)
class Line:
    """What is said in a test: words, or the title of a button that was offered just before."""

    text: str
    is_pressed: bool = False


class Trials:
    """Speaks to the gateway as a visitor does."""

    def __init__(self, services: Services) -> None:
        """Prepare; nothing is opened yet."""
        settings = services.settings
        self._services = services
        self._cookies = Cookies(services.secrets.cookie_keys, settings)
        self._patience = settings.reply_timeout + settings.outage_patience + 10
        self._http = httpx.AsyncClient(
            base_url=settings.gateway_url,
            headers={"Origin": origin_of(settings.public_url)},
            timeout=settings.reply_timeout,
            trust_env=False,
        )

    async def begin(self, tester: str, now: datetime) -> str:
        """Begin a test; returns the conversation's id. It opens with the words a patient reads first."""
        opening = self._services.opening()

        def work(session: Session) -> str:
            begun = conversations.begin(session, CHANNEL, now, tester)
            row = session.get_one(Conversation, begun.id)
            row.is_test = True
            row.key_hash = conversations.hash_key(self._key(begun.id))
            outbox.add_reply(session, begun.id, opening, None, now)
            return begun.id

        return await self._services.database.writing(work)

    async def say(self, conversation_id: str, line: Line) -> int:
        """Say something and wait for the replies; returns the message's id.

        Raises:
            TrialFault: when the gateway does not take it, or nothing answers.
        """
        body: dict[str, Any] = {"client_id": f"try-{secrets.token_hex(12)}", "text": line.text}
        if line.is_pressed:
            choice = await self._services.database.reading(
                lambda session: transcript.offered_choice(session, conversation_id, line.text)
            )
            if choice is not None:
                # Offered again by the assistant as it is now; if it is not, the title is typed, as a patient may.
                body = {"client_id": body["client_id"], "choice": choice}
        entry = await self._post(conversation_id, body)
        return await self._wait(conversation_id, entry)

    async def replay(self, tester: str, lines: list[Line], now: datetime) -> str:
        """A new test in which these lines are said one after another; returns its id.

        Raises:
            TrialFault: when one of them is not answered.
        """
        conversation_id = await self.begin(tester, now)
        for line in lines[:MOST_TURNS]:
            await self.say(conversation_id, line)
        return conversation_id

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    def _key(self, conversation_id: str) -> str:
        # It follows from the id, so it need not be kept: whoever has the secrets could make any cookie anyway.
        secret = self._services.secrets.cookie_keys[0].encode()
        digest = hmac.new(secret, f"console trial {conversation_id}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[: conversations.KEY_BYTES]).decode()

    async def _post(self, conversation_id: str, body: dict[str, Any]) -> int:
        cookie = f"{self._cookies.name}={self._cookies.signed(self._key(conversation_id))}"
        until = time.monotonic() + self._patience
        while True:
            try:
                response = await self._http.post("/chat/messages", json=body, headers={"Cookie": cookie})
            except httpx.HTTPError as error:
                raise TrialFault("The gateway cannot be reached. Is `bot serve` running?") from error
            wait = response.headers.get("retry-after", "")
            if response.status_code == 429 and wait.isdigit() and time.monotonic() + int(wait) < until:
                # The patients' own limit: a replay of many turns is slowed down as they would be.
                await asyncio.sleep(int(wait))
                continue
            break
        content = response.json()
        if response.status_code == 401:
            raise TrialFault("This test is too old to go on with. Back up to a turn, or begin a new one.")
        if response.status_code != 202:
            refused = content.get("error", {})
            raise TrialFault(f"{refused.get('message', 'It was not taken.')} {refused.get('remedy', '')}".strip())
        return int(content["id"])

    async def _wait(self, conversation_id: str, entry: int) -> int:
        until = time.monotonic() + self._patience
        query = select(InboundMessage.id, InboundMessage.handled_at).where(
            InboundMessage.conversation_id == conversation_id, InboundMessage.entry == entry
        )
        while time.monotonic() < until:
            found = await self._services.database.reading(lambda session: session.execute(query).first())
            if found is not None and found.handled_at is not None:
                return int(found.id)
            await asyncio.sleep(LOOK_SECONDS)
        raise TrialFault("No answer came in time. The message is kept; reload the page in a moment.")
