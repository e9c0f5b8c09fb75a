"""`python -m bot.gateway.worker`: answers, forgets and delivers for all gateways, where several machines share work."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.bootstrap import CANNOT_SERVE, Services, build_services, read_settings, take_published
from bot.gateway.announcements import hear
from bot.gateway.app import build_gateway
from bot.gateway.backlog import watch_backlog
from bot.gateway.messenger_duty import MessengerDuty
from bot.gateway.messengers import registry
from bot.gateway.messengers.service import Messengers
from bot.gateway.work_queue import WorkQueue
from bot.observing import logs, metrics
from bot.observing.event_loop_watch import watch
from bot.observing.observation import observe
from bot.processes.garbage import spare_what_is_loaded
from bot.project import PROJECT
from bot.publication_watch import PublicationWatch
from bot.settings import SettingsError
from bot.storage import conversations, shared_work

ALIVE_SECONDS = 1.0


async def serve(services: Services) -> None:
    """Work until told to stop; what is in flight then is finished first."""
    gateway = build_gateway(services, is_worker=True)

    async def forget(conversation_id: str) -> None:
        await gateway.rasa.erase(conversation_id)
        await services.database.writing(lambda session: conversations.finish_erasure(session, conversation_id))

    published = PublicationWatch(PROJECT, "worker")
    url = services.database.url
    queue = WorkQueue(services.database, gateway.delivery.work_off, forget)
    duty = MessengerDuty(url, lambda: Messengers(gateway))
    told: dict[str, Callable[[str], None]] = {
        shared_work.ENTRIES: gateway.listeners.notify,
        shared_work.EVENTS: duty.hear,
    }
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    logs.hide_text()
    alive = services.settings.alive_file
    work: list[Coroutine[Any, Any, None]] = [
        queue.work(),
        duty.take_turns(),
        hear(url, told, duty.hear),
        watch("worker", metrics.LOOP_LATE_SECONDS.observe),
        watch_backlog(services.database),
        published.run(lambda: take_published(services)),
        _show_life(queue, alive),
    ]
    tasks = [asyncio.create_task(one) for one in work]
    stopping = asyncio.create_task(stop.wait())
    # One that ends by itself has failed in a way nobody foresaw: all end, and the process is started anew.
    await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    await gateway.delivery.stop()
    await gateway.rasa.close()
    alive.unlink(missing_ok=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _show_life(queue: WorkQueue, alive: Path) -> None:
    """Touch a file while there is work done: it has no port that a probe could ask."""
    while True:
        # A full disk makes it look dead to a probe; it must not make it so.
        with contextlib.suppress(OSError):
            if queue.is_working:
                alive.parent.mkdir(parents=True, exist_ok=True)
                alive.touch()
        await asyncio.sleep(ALIVE_SECONDS)


def main() -> int:
    """Work until told to stop."""
    logs.configure()
    try:
        settings = read_settings()
        if not settings.shares_work:
            raise SettingsError(["A worker is for several machines: set BOT_SHARES_WORK=on (docs/deployment.md)."])
        registry.wanted(settings.messengers)
        observe("worker", settings)
        services = build_services(settings)
    except CANNOT_SERVE as error:
        sys.stderr.write(f"{error}\n")
        return 2
    spare_what_is_loaded()
    asyncio.run(serve(services))
    return 0


if __name__ == "__main__":
    sys.exit(main())
