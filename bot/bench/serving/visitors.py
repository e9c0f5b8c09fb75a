"""A visitor of each server: says one message and waits for what is shown for it."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from typing import Any, Protocol

import aiohttp

# Nobody waits longer: the message counts as lost.
PATIENCE_SECONDS = 60.0


class Visitor(Protocol):
    """Talks to one server in one conversation."""

    async def arrive(self) -> None:
        """Begin a conversation."""

    async def say(self, text: str) -> float | None:
        """Seconds from sending to the first reply, or None when there was none."""

    async def leave(self) -> None:
        """Close the connections."""


class GatewayVisitor:
    """The widget's way through the gateway: a cookie, one stream of events, a POST for each message."""

    def __init__(self, url: str, number: int) -> None:
        """Prepare; `number` gives the visitor an address of its own behind the trusted proxy."""
        self._url = url
        headers = {"Origin": url, "X-Forwarded-For": f"203.0.113.{number % 250 + 1}"}
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)
        self._waits: dict[int, asyncio.Event] = {}
        self._early: set[int] = set()
        self._stream: asyncio.Task[None] | None = None

    async def arrive(self) -> None:
        """Open a session and listen to its events.

        Raises:
            aiohttp.ClientError: when the gateway refuses.
        """
        async with self._http.post(f"{self._url}/chat/session", json={}) as response:
            response.raise_for_status()
        listening = asyncio.Event()
        self._stream = asyncio.create_task(self._listen(listening))
        await asyncio.wait_for(listening.wait(), PATIENCE_SECONDS)

    async def say(self, text: str) -> float | None:
        """Send, and wait for the event of the first reply to this very message."""
        began = time.perf_counter()
        body = {"client_id": uuid.uuid4().hex, "text": text}
        try:
            async with self._http.post(f"{self._url}/chat/messages", json=body) as response:
                if response.status != 202:
                    return None
                entry = (await response.json())["id"]
        except (TimeoutError, aiohttp.ClientError):
            return None
        answered = self._waits[entry] = asyncio.Event()
        if entry in self._early:
            answered.set()
        try:
            await asyncio.wait_for(answered.wait(), PATIENCE_SECONDS)
        except TimeoutError:
            return None
        finally:
            del self._waits[entry]
        return time.perf_counter() - began

    async def leave(self) -> None:
        """Stop listening."""
        if self._stream is not None:
            self._stream.cancel()
            await asyncio.wait([self._stream])
        await self._http.close()

    async def _listen(self, listening: asyncio.Event) -> None:
        timeout = aiohttp.ClientTimeout(total=None, sock_read=None)
        async with self._http.get(f"{self._url}/chat/events", timeout=timeout) as response:
            response.raise_for_status()
            name = ""
            async for raw in response.content:
                line = raw.decode().rstrip("\n")
                listening.set()
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: ") and name == "reply":
                    self._hear(json.loads(line.removeprefix("data: ")))

    def _hear(self, entry: dict[str, Any]) -> None:
        answered = entry.get("in_reply_to")
        if answered in self._waits:
            self._waits[answered].set()
        elif answered is not None:
            # The reply may overtake the answer to the POST that asked for it.
            self._early.add(answered)


class RestVisitor:
    """Rasa's own REST channel, with nothing in front of it."""

    def __init__(self, url: str, number: int) -> None:
        """Prepare; the visitor chooses its own name, as that channel lets anybody."""
        self._url = f"{url}/webhooks/rest/webhook"
        self._sender = f"visitor-{number}-{uuid.uuid4().hex}"
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS))

    async def arrive(self) -> None:
        """Nothing to do: a conversation begins with its first message."""

    async def say(self, text: str) -> float | None:
        """Send and read the replies that come back."""
        began = time.perf_counter()
        try:
            async with self._http.post(self._url, json={"sender": self._sender, "message": text}) as response:
                replies = await response.json() if response.status == 200 else []
        except (TimeoutError, aiohttp.ClientError):
            return None
        return time.perf_counter() - began if replies else None

    async def leave(self) -> None:
        """Close the connection."""
        await self._http.close()
