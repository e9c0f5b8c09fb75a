"""The one way into Rasa: a channel that only the gateway may use, and that never answers with silence."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.utils.endpoints import EndpointConfig
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.observing import metrics
from bot.observing.logs import event, failure
from bot.observing.tracing import span
from bot.processes.garbage import spare_what_was_exchanged
from bot.publication_watch import LOOK_SECONDS, PublicationWatch
from bot.rasa_server import actions_inside, form_tracker, plain_graph, rule_lookup, tracker_copy
from bot.rasa_server.answered import Overtaken
from bot.rasa_server.expected import Expected
from bot.rasa_server.guard import install_guard
from bot.rasa_server.inspection import warm_up
from bot.rasa_server.new_model import take_published_model
from bot.rasa_server.readiness import become_ready
from bot.rasa_server.tracker_store import MemoryFailed, erase_conversation, refuse_to_forget
from bot.rasa_server.turn_taking import StopWatch, take_turn
from bot.rasa_server.words import parse_data_of_choice, plain_text
from bot.served_content import take_published_content

CONVERSATION_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
# The gateway lets visitors write 2,000 characters; `[birthday]` in place of a detail may be longer than the detail.
MAX_TEXT = 6000
NAME = "guarded"

log = logging.getLogger(__name__)


class GuardedBlueprint(Blueprint):
    """Brings the guard along: registered with Rasa's server, it covers all of that server's addresses."""

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Register the routes, and put the guard in front of everything."""
        super().register(app, options)
        plain_graph.install()
        rule_lookup.install()
        tracker_copy.install()
        form_tracker.install()
        install_guard(app, self.ctx.secret, "rasa")
        app.ctx.expected = Expected()
        app.add_task(_keep_up(app, self.ctx.watch))


class GuardedChannel(InputChannel):
    """Takes one message as JSON and returns the replies to it."""

    def __init__(self, secret: str) -> None:
        """Keep the secret that the gateway shows."""
        self.secret = secret

    @classmethod
    def name(cls) -> str:
        """Names the route and the tracker's input channel."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GuardedChannel:
        """Built by Rasa from `credentials.yml`."""
        if not credentials or not credentials.get("secret"):
            cls.raise_missing_credentials_exception()
        return cls(str(credentials["secret"]))  # type: ignore[index]

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes. `on_new_message` is not used: it hides whether anything was answered."""
        blueprint = GuardedBlueprint("guarded_channel")
        blueprint.ctx.secret = self.secret
        blueprint.ctx.watch = PublicationWatch(Path.cwd(), "rasa")
        blueprint.add_route(_ready, "/ready", methods=["GET"])
        blueprint.add_route(_expect, "/expect", methods=["POST"])
        blueprint.add_route(_receive, "/messages", methods=["POST"])
        blueprint.add_route(_erase, "/erase", methods=["POST"])
        return blueprint


async def _ready(request: Request) -> HTTPResponse:
    if not _is_ready(request):
        return _refusal(503, "not_ready")
    if not await _can_connect(request.app.ctx.agent.action_endpoint):
        # It could understand a message and not answer it: where there are several, another one is asked.
        return _refusal(503, "no_actions")
    if not await become_ready(request.app):
        return _refusal(503, "warming_up")
    return json({"status": "ready"})


async def _keep_up(app: Sanic, watch: PublicationWatch) -> None:
    while not getattr(app.ctx, "is_warm", False):
        await asyncio.sleep(LOOK_SECONDS)

    async def take() -> str:
        model = await take_published_model(app.ctx.agent, Path.cwd())
        if actions_inside.is_inside(app.ctx.agent.action_endpoint):
            await take_published_content()
        await asyncio.to_thread(warm_up)
        await asyncio.to_thread(spare_what_was_exchanged)
        return model

    await watch.run(take)


async def _expect(request: Request) -> HTTPResponse:
    text = _body(request).get("text")
    if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT:
        return _refusal(422, "bad_text")
    if not _is_ready(request):
        return _refusal(503, "not_ready")
    request.app.ctx.expected.begin(request.app.ctx.agent, plain_text(text))
    return json({}, status=202)


async def _receive(request: Request) -> HTTPResponse:
    body = _body(request)
    conversation_id, message_id = body.get("conversation_id"), body.get("message_id")
    text, payload = body.get("text"), body.get("payload")
    if not _matches(CONVERSATION_ID, conversation_id) or not _matches(MESSAGE_ID, message_id):
        return _refusal(422, "bad_id")
    if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT:
        return _refusal(422, "bad_text")
    if payload is not None and (not isinstance(payload, str) or not 0 < len(payload) <= MAX_TEXT):
        return _refusal(422, "bad_payload")
    if not _is_ready(request):
        return _refusal(503, "not_ready")
    metadata = body.get("metadata")
    message = UserMessage(
        text=plain_text(text),
        output_channel=CollectingOutputChannel(),
        sender_id=conversation_id,
        input_channel=NAME,
        message_id=message_id,
        parse_data=parse_data_of_choice(text, payload) if payload is not None else None,
        metadata=metadata if isinstance(metadata, dict) else {},
    )
    with span("rasa_turn", conversation=message.sender_id, message=message.message_id):
        return await _answer(request, message)


async def _answer(request: Request, message: UserMessage) -> HTTPResponse:
    agent, began = request.app.ctx.agent, time.perf_counter()
    refuse_to_forget(agent.tracker_store)
    watch = StopWatch()
    try:
        # It needs no turn of the conversation, and goes on while the turn is waited for.
        reading = request.app.ctx.expected.take(agent, message) if message.parse_data is None else None
        async with agent.lock_store.lock(message.sender_id):
            answered = await take_turn(agent, message, reading, watch)
    except Overtaken:
        # Asked by a process that was away for a while; another has had this message answered, and later ones too.
        return _refusal(409, "overtaken")
    except MemoryFailed as error:
        # Nothing was answered and nothing was kept: the gateway asks again, for as long as it has patience.
        failure(log, "memory_failed", error, conversation=message.sender_id, message=message.message_id)
        metrics.TURNS.labels("no_memory").inc()
        return _refusal(503, "no_memory")
    except Exception as error:
        # Whatever failed in there, the gateway must hear that there is no answer, and nobody what was said.
        failure(log, "message_failed", error, conversation=message.sender_id, message=message.message_id)
        metrics.TURNS.labels("failed").inc()
        return _refusal(500, "failed")
    metrics.TURNS.labels("known" if answered.was_known else "answered" if answered.replies else "empty").inc()
    metrics.TURN_SECONDS.observe(time.perf_counter() - began)
    event(
        log,
        "message_answered",
        conversation=message.sender_id,
        message=message.message_id,
        replies=len(answered.replies),
        known=answered.was_known,
    )
    if not answered.replies:
        can_be_retried = not await _can_connect(agent.action_endpoint)
        return _refusal(503, "no_actions") if can_be_retried else _refusal(500, "empty")
    return json({"replies": answered.replies, "known": answered.was_known, "inspection": answered.inspection})


async def _can_connect(endpoint: EndpointConfig | None) -> bool:
    if actions_inside.is_inside(endpoint):
        return True
    parts = urlsplit(endpoint.url if endpoint and endpoint.url else "")
    try:
        async with asyncio.timeout(1):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


async def _erase(request: Request) -> HTTPResponse:
    conversation_id = _body(request).get("conversation_id")
    if not isinstance(conversation_id, str) or not _matches(CONVERSATION_ID, conversation_id):
        return _refusal(422, "bad_id")
    if not _is_ready(request):
        return _refusal(503, "not_ready")
    agent = request.app.ctx.agent
    try:
        # Under the lock a message in flight is waited for; without it, it would write the conversation back.
        async with agent.lock_store.lock(conversation_id):
            await erase_conversation(agent.tracker_store, conversation_id)
    except Exception as error:
        failure(log, "erase_failed", error, conversation=conversation_id)
        return _refusal(500, "failed")
    return json({"erased": True})


def _body(request: Request) -> dict[str, Any]:
    content = request.json
    return content if isinstance(content, dict) else {}


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_ready(request: Request) -> bool:
    agent = getattr(request.app.ctx, "agent", None)
    return agent is not None and bool(agent.is_ready())


def _refusal(status: int, code: str) -> HTTPResponse:
    return json({"error": {"code": code}}, status=status)
