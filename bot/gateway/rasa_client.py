"""Talking to Rasa through the guarded channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.conversation.reply import Reply
from bot.settings import SECRET_HEADER
from bot.tracing import headers

CHANNEL_PATH = "/webhooks/guarded"


class RasaUnreachable(Exception):
    """Rasa is down, still loading, or went away while it was answering: worth asking again."""


class RasaFailed(Exception):
    """Rasa was there and gave no usable answer, or none in time: asking again would hardly help."""


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
        self._http = httpx.AsyncClient(
            base_url=url + CHANNEL_PATH,
            headers={SECRET_HEADER: secret},
            timeout=httpx.Timeout(timeout, connect=2),
            trust_env=False,
        )

    async def answer(
        self,
        conversation_id: str,
        message_id: str,
        text: str,
        payload: str | None,
        metadata: Mapping[str, Any],
    ) -> Answer:
        """What Rasa replies to one message; at least one reply.

        `payload` is what a pressed button means, `text` then its title.
        Asked again about the same message, Rasa gives the answer it has given before.

        Raises:
            RasaUnreachable: when asking again may help.
            RasaFailed: when it would not.
        """
        body = {
            "conversation_id": conversation_id,
            "message_id": message_id,
            "text": text,
            "payload": payload,
            "metadata": dict(metadata),
        }
        content = await self._post("/messages", body)
        try:
            replies = [Reply.from_dict(reply) for reply in content["replies"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RasaFailed("malformed") from error
        if not replies:
            raise RasaFailed("empty")
        inspection = content.get("inspection")
        return Answer(replies, inspection if isinstance(inspection, dict) else {})

    async def erase(self, conversation_id: str) -> None:
        """Let Rasa forget a conversation.

        Raises:
            RasaUnreachable, RasaFailed: when it may not have done so.
        """
        await self._post("/erase", {"conversation_id": conversation_id})

    async def is_ready(self) -> bool:
        """Whether Rasa has its model loaded."""
        try:
            return (await self._http.get("/ready", timeout=2)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        try:
            response = await self._http.post(path, json=body, headers=headers())
        except httpx.TimeoutException as error:
            if isinstance(error, httpx.ConnectTimeout):
                raise RasaUnreachable("connect_timeout") from error
            raise RasaFailed("timeout") from error
        except httpx.HTTPError as error:
            raise RasaUnreachable(type(error).__name__) from error
        if response.status_code == 503:
            raise RasaUnreachable("not_ready")
        try:
            content = response.json()
        except ValueError as error:
            raise RasaFailed("malformed") from error
        if response.status_code != 200:
            is_empty = isinstance(content, dict) and content.get("error") == {"code": "empty"}
            raise RasaFailed("empty" if is_empty else f"status_{response.status_code}")
        return content
