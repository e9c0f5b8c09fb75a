"""Danger signs in messages that Rasa has no answer to: read by a process that is there only while it is needed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from bot.conversation.reply import Reply
from bot.observing.logs import failure

# Its start, which takes some seconds, and its reading, which takes hundredths of one.
PATIENCE_SECONDS = 20.0
# It takes as much memory as the gateway itself; an outage has seldom ended sooner.
IDLE_SECONDS = 300.0
# What could not be started or has failed is left alone for a while: nobody shall wait for it in vain again and again.
AGAIN_SECONDS = 30.0

log = logging.getLogger(__name__)


class DangerReading:
    """Reads one message at a time; the process ends when nothing was read for a while, and with this one."""

    def __init__(self, command: Sequence[str], patience: float = PATIENCE_SECONDS, idle: float = IDLE_SECONDS) -> None:
        """Prepare; nothing runs yet.

        Args:
            command: What is run: `bot.gateway.danger_reader`, or what speaks as it does. Without one nothing is read.
            patience: Seconds that a message may take.
            idle: Seconds without a message after which the process ends.
        """
        self._command = tuple(command)
        self._patience = patience
        self._idle = idle
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._ending: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def read(self, text: str) -> Reply | None:
        """The alarm that a message calls for; None where it calls for none, or could not be read."""
        now = asyncio.get_running_loop().time
        if not self._command or now() < self._not_before:
            return None
        try:
            # One that has to wait for its turn does not wait longer for that.
            async with asyncio.timeout(self._patience), self._turn:
                return await self._read(text)
        except (OSError, TimeoutError, ValueError, KeyError, TypeError) as error:
            # The apology, which is said then, names the emergency number.
            failure(log, "danger_not_read", error)
            self._not_before = now() + AGAIN_SECONDS
            return None

    async def end(self) -> None:
        """Let the process end; one that is needed again is started anew."""
        if self._ending is not None and self._ending is not asyncio.current_task():
            self._ending.cancel()
        self._ending = None
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _read(self, text: str) -> Reply | None:
        if self._ending is not None:
            self._ending.cancel()
        try:
            found = await self._asked(text)
        except BaseException:
            # What it may still have to say would be taken for the answer to the next message.
            await self.end()
            raise
        self._ending = asyncio.create_task(self._end_when_idle())
        return found

    async def _asked(self, text: str) -> Reply | None:
        if self._process is None or self._process.returncode is not None:
            await self.end()
            self._process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"text": text}).encode() + b"\n")
        await self._process.stdin.drain()
        # An empty line is the end of the process, and no JSON.
        found = json.loads(await self._process.stdout.readline())
        return Reply.from_dict(found) if found is not None else None

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(self._idle)
        await self.end()
