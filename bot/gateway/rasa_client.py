"""Talking to Rasa through the guarded channel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.conversation.reply import Reply
from bot.observing.tracing import headers
from bot.settings import SECRET_HEADER

CHANNEL_PATH = "/webhooks/guarded"
CONNECT_SECONDS = 2.0
# Rasa's server closes what was idle for 5 s; a message must not meet a connection that is just being closed.
IDLE_SECONDS = 4.0


class RasaUnreachable(Exception):
    """Rasa is down, still loading, or went away while it was answering: worth asking again."""


class RasaFailed(Exception):
    """Rasa was there and gave no usable answer, or none in time: asking again would hardly help."""


@dataclass(frozen=True)
class Question:
    """One message that Rasa is asked about.

    Attributes:
        conversation_id: Whose it is.
        message_id: Names it: asked again about the same message, Rasa gives the answer it has given before.
        text: What was written, or the title of the button that was pressed.
        payload: What that button means.
        metadata: Goes with Rasa's message.
    """

    conversation_id: str
    message_id: str
    text: str
    payload: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The replies to one message, and why they are so, for staff (`bot.rasa_server.inspection`)."""

    replies: list[Reply]
    inspection: Mapping[str, Any] = field(default_factory=dict)


class RasaClient:
    """One pool of connections to Rasa."""

    def __init__(self, url: str, secret: str, timeout: float) -> None:
        """Prepare the pool; nothing is opened yet."""
        self.url = url
        self._headers = {SECRET_HEADER: secret}
        # httpx takes four times the processor's time for the same request, and every message is one.
        self._timeout = aiohttp.ClientTimeout(total=timeout, sock_connect=CONNECT_SECONDS)
        self._session: aiohttp.ClientSession | None = None

    async def answer(self, question: Question) -> Answer:
        """What Rasa replies to one message; at least one reply.

        Raises:
            RasaUnreachable: when asking again may help.
            RasaFailed: when it would not.
        """
        content = await self._post("/messages", vars(question))
        try:
            replies = [Reply.from_dict(reply) for reply in content["replies"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RasaFailed("malformed") from error
        if not replies:
            raise RasaFailed("empty")
        inspection = content.get("inspection")
        return Answer(replies, inspection if isinstance(inspection, dict) else {})

    async def expect(self, text: str) -> None:
        """Let Rasa begin to read what is going to be asked about.

        Raises:
            RasaUnreachable, RasaFailed: when it does not; nothing is lost by that.
        """
        await self._post("/expect", {"text": text})

    async def erase(self, conversation_id: str) -> None:
        """Let Rasa forget a conversation.

        Raises:
            RasaUnreachable, RasaFailed: when it may not have done so.
        """
        await self._post("/erase", {"conversation_id": conversation_id})

    async def is_ready(self) -> bool:
        """Whether Rasa has its model loaded."""
        try:
            async with self._http().get(
                self.url + CHANNEL_PATH + "/ready", timeout=aiohttp.ClientTimeout(total=CONNECT_SECONDS)
            ) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    def _http(self) -> aiohttp.ClientSession:
        # Made when first needed: it belongs to the event loop that runs then.
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=self._headers,
                timeout=self._timeout,
                connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    async def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        try:
            async with self._http().post(self.url + CHANNEL_PATH + path, json=body, headers=headers()) as response:
                status, raw = response.status, await response.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise RasaUnreachable("connect_timeout") from error
        except TimeoutError as error:
            raise RasaFailed("timeout") from error
        except aiohttp.ClientError as error:
            raise RasaUnreachable(type(error).__name__) from error
        if status == 503:
            raise RasaUnreachable("not_ready")
        try:
            content = json.loads(raw)
        except ValueError as error:
            raise RasaFailed("malformed") from error
        if status not in (200, 202):
            is_empty = isinstance(content, dict) and content.get("error") == {"code": "empty"}
            raise RasaFailed("empty" if is_empty else f"status_{status}")
        return content
