"""How running processes hear of newly published content, take it without stopping, and say that they have.

Whoever publishes writes the number of the publication into one small file. Each process looks at that file, loads the
new content beside the one it answers from, and changes over between two messages, so that no message is lost or waits
for a restart. What cannot be loaded is not taken: the process goes on with what it has.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.observing.logs import event, failure

LOOK_SECONDS = 0.5
FOLDER = "var/published"

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
    """

    process: str
    pid: int
    publication: str
    model: str = ""
    seconds: float = 0.0
    error: str = ""


class PublicationWatch:
    """Watches for publications in one process. Make it before the content is loaded, so that none is missed."""

    def __init__(self, project: Path, process: str) -> None:
        """Note what is published now."""
        self._folder = project / FOLDER
        self._process = process
        self._seen = published(project)

    async def run(self, take: Callable[[], Awaitable[str]]) -> None:
        """Look until cancelled.

        Args:
            take: Loads what is published and changes over to it; returns the model's name, or "".
        """
        self._say(Heard(self._process, os.getpid(), self._seen))
        while True:
            await asyncio.sleep(LOOK_SECONDS)
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
            self._say(Heard(self._process, os.getpid(), newest, error=type(error).__name__))
            return
        seconds = round(time.perf_counter() - began, 2)
        event(log, "publication_taken", process=self._process, publication=newest, seconds=seconds)
        self._say(Heard(self._process, os.getpid(), newest, model, seconds))

    def _say(self, heard: Heard) -> None:
        folder = self._folder / "heard"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh = folder / f".{heard.process}-{heard.pid}"
            fresh.write_text(json.dumps(asdict(heard)), "utf-8")
            fresh.replace(folder / f"{heard.process}-{heard.pid}.json")
        except OSError as error:
            # A full disk keeps the console from knowing, and nobody from being answered.
            failure(log, "publication_not_reported", error, process=heard.process)


def published(project: Path) -> str:
    """The number of the newest publication; "" before the first."""
    try:
        return (project / FOLDER / "newest").read_text("ascii").strip()
    except OSError:
        return ""


def heard(project: Path) -> list[Heard]:
    """What the processes that run now answer from, by name; what was said by those that have ended is swept away."""
    found = []
    for path in sorted((project / FOLDER / "heard").glob("*.json")):
        try:
            said = Heard(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            continue
        if is_running(said.pid):
            found.append(said)
        else:
            path.unlink(missing_ok=True)
    return found


def is_running(pid: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
