"""How running processes hear of newly published content, take it without stopping, and say that they have.

Whoever publishes writes the number of the publication into one small file. Each process looks at that file, loads the
new content beside the one it answers from, and changes over between two messages, so that no message is lost or waits
for a restart. What cannot be loaded is not taken: the process goes on with what it has.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from bot.observing.logs import event, failure

LOOK_SECONDS = 0.5
FOLDER = "var/published"
# A process says anew, so often, what it answers from. One that another machine or container runs, and that was not
# heard of for so long, is taken for ended; clocks may differ by what lies between.
AGAIN_SECONDS = 10.0
UNHEARD_SECONDS = 60.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What a process answers from.

    Attributes:
        process: "gateway", "worker", "actions" or "rasa".
        pid: Its process id.
        publication: The number of the publication it has taken; "" for the content it was started with.
        model: The archive's name, for Rasa.
        seconds: How long loading took.
        error: The type of the error that kept it from taking the newest; "" when it has.
        place: Where its process id means something (`this_place`).
    """

    process: str
    pid: int
    publication: str
    model: str = ""
    seconds: float = 0.0
    error: str = ""
    place: str = ""


class PublicationWatch:
    """Watches for publications in one process. Make it before the content is loaded, so that none is missed."""

    def __init__(self, project: Path, process: str) -> None:
        """Note what is published now."""
        self._folder = project / FOLDER
        self._process = process
        self._seen = published(project)
        self._place = this_place()
        self._said = Heard(process, os.getpid(), self._seen, place=self._place)
        self._said_at = 0.0
        self._is_reported = True

    async def run(self, take: Callable[[], Awaitable[str]]) -> None:
        """Look until cancelled.

        Args:
            take: Loads what is published and changes over to it; returns the model's name, or "".
        """
        self._say(self._said)
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if time.monotonic() - self._said_at >= AGAIN_SECONDS:
                self._say(self._said)
            newest = published(self._folder.parent.parent)
            if newest != self._seen:
                self._seen = newest
                await self._take(newest, take)

    async def _take(self, newest: str, take: Callable[[], Awaitable[str]]) -> None:
        began = time.perf_counter()
        try:
            model = await take()
        except Exception as error:
            # Whatever is wrong with the new content, patients are answered from the old.
            failure(log, "publication_not_taken", error, process=self._process, publication=newest)
            self._say(replace(self._said, publication=newest, model="", seconds=0.0, error=type(error).__name__))
            return
        seconds = round(time.perf_counter() - began, 2)
        event(log, "publication_taken", process=self._process, publication=newest, seconds=seconds)
        self._say(replace(self._said, publication=newest, model=model, seconds=seconds, error=""))

    def _say(self, heard: Heard) -> None:
        self._said, self._said_at = heard, time.monotonic()
        folder = self._folder / "heard"
        # Process ids are the same again in every container, and the folder may be shared.
        name = f"{heard.process}-{hashlib.sha256(heard.place.encode()).hexdigest()[:12]}-{heard.pid}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh = folder / f".{name}"
            fresh.write_text(json.dumps(asdict(heard)), "utf-8")
            fresh.replace(folder / f"{name}.json")
        except OSError as error:
            # A full disk keeps the console from knowing, and nobody from being answered.
            if self._is_reported:
                failure(log, "publication_not_reported", error, process=heard.process)
            self._is_reported = False
        else:
            self._is_reported = True


def published(project: Path) -> str:
    """The number of the newest publication; "" before the first."""
    try:
        return (project / FOLDER / "newest").read_text("ascii").strip()
    except OSError:
        return ""


def heard(project: Path) -> list[Heard]:
    """What the processes that run now answer from, by name; what was said by those that have ended is swept away.

    A process of this machine and container is known to have ended by its id, another by its silence.
    """
    found, here, now = [], this_place(), time.time()
    for path in sorted((project / FOLDER / "heard").glob("*.json")):
        try:
            said, age = Heard(**json.loads(path.read_text("utf-8"))), now - path.stat().st_mtime
        except (OSError, ValueError, TypeError):
            continue
        if is_running(said.pid) if said.place == here else age < UNHEARD_SECONDS:
            found.append(said)
        else:
            # Taken for ended by mistake, it says it again.
            path.unlink(missing_ok=True)
    return found


@cache
def this_place() -> str:
    """Names the set of process ids that this process sees: those of one start of a machine, or of one container."""
    try:
        return (
            f"{Path('/proc/sys/kernel/random/boot_id').read_text('ascii').strip()} {os.readlink('/proc/self/ns/pid')}"
        )
    except OSError:
        return socket.gethostname()


def is_running(pid: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
