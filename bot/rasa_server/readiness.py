"""Getting ready to answer: once, however many ask whether it has happened, and however soon they hang up."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.observing.logs import failure
from bot.processes.garbage import spare_what_is_loaded
from bot.rasa_server import actions_inside
from bot.rasa_server.inspection import warm_up
from bot.rasa_server.new_model import WARMING, serves_published_model, take_published_model
from bot.rasa_server.reading import read

# Shorter than the patience of whoever asks.
WAIT_SECONDS = 1.0

log = logging.getLogger(__name__)


async def become_ready(app: Sanic) -> bool:
    """Whether a message would be answered as fast as later ones; sees to it when nobody has yet.

    What Sanic does for a caller ends when the caller hangs up, and a probe hangs up after seconds. On a busy machine
    each would begin anew what none of them waits for, so that Rasa were never ready: the work is nobody's request.
    """
    if getattr(app.ctx, "is_warm", False):
        return True
    warming: asyncio.Task[None] | None = getattr(app.ctx, "warming", None)
    if warming is None or warming.done():
        app.ctx.warming = warming = asyncio.create_task(_warm(app))
    await asyncio.wait([warming], timeout=WAIT_SECONDS)
    return bool(getattr(app.ctx, "is_warm", False))


async def _warm(app: Sanic) -> None:
    agent = app.ctx.agent
    try:
        if not serves_published_model(agent, Path.cwd()):
            # Started anew after a publication, with the model of the day the supervisor was started.
            await take_published_model(agent, Path.cwd())
        # The first parse loads and compiles what later ones reuse; no patient should wait for it.
        await read(agent, UserMessage(WARMING))
        await asyncio.to_thread(warm_up)
        if actions_inside.is_inside(agent.action_endpoint):
            await asyncio.to_thread(actions_inside.warm_up)
    except Exception as error:
        # Whoever asks next has it tried again.
        failure(log, "warming_failed", error)
        return
    spare_what_is_loaded()
    app.ctx.is_warm = True
