"""What the pages of correction, tests, models and content work with: the working copy and what comes of it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

import anyio.to_thread
from starlette.requests import Request

from bot.console.context import console_of, member_of
from bot.curation.jobs import Jobs
from bot.curation.meanings import Meanings
from bot.curation.publication import Publisher
from bot.curation.working_copy import WorkingCopy
from bot.nlu.training_data import read_examples

Result = TypeVar("Result")
# Patients' answers come first on a machine that does both.
_NICENESS = 15
_AFTER_SECONDS = 30


@dataclass(frozen=True)
class Workshop:
    """The tools of one project folder."""

    project: Path
    copy: WorkingCopy
    publisher: Publisher
    jobs: Jobs
    meanings: Meanings


@cache
def _workshop(project: Path) -> Workshop:
    return Workshop(project, WorkingCopy(project), Publisher(project), Jobs(project), Meanings(project))


def workshop_of(request: Request) -> Workshop:
    """The workshop of the console that serves this request."""
    return _workshop(console_of(request).services.settings.base_dir)


def who(request: Request) -> str:
    """The name of whoever is logged in."""
    return member_of(request).name


def now_of(request: Request) -> datetime:
    """The time by the console's clock."""
    return console_of(request).now()


async def on_thread(work: Callable[[], Result]) -> Result:
    """Run work on files beside the event loop."""
    return await anyio.to_thread.run_sync(work)


def learn_meanings(project: Path) -> threading.Thread:
    """Begin to learn what every example means, at low priority, so that neighbours are found among all of them."""

    def learn() -> None:
        # Rasa is starting too, and patients wait for it; nobody waits for this.
        time.sleep(_AFTER_SECONDS)
        if sys.platform == "linux":  # where a thread has a priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        shop = _workshop(project)
        if shop.meanings.are_current:
            return
        shop.meanings.learn_all([example.text for example in read_examples(project / "data" / "nlu")])

    thread = threading.Thread(target=learn, daemon=True, name="meanings")
    thread.start()
    return thread
