"""The chat itself: open it, send a message, read what was said, rate a reply, start over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversation.answering import notices
from bot.gateway import errors, requests
from bot.gateway.context import Gateway, gateway_of
from bot.gateway.delivery import now
from bot.observing import metrics
from bot.observing.stages import Counted
from bot.storage import choices, conversations, inbox, outbox, record
from bot.storage.conversations import Begun
from bot.storage.schema.conversation_tables import Conversation

CHANNEL = "web"


async def open_session(request: Request) -> Response:
    """Resume the visitor's conversation, or begin one with the opening message."""
    gateway = gateway_of(request)
    gateway.require_own_page(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    await requests.json_object(request)
    found = await gateway.find_conversation(request)
    if found is not None:
        conversation_id, started, at = found.id, found.created, now()
        await gateway.services.database.writing(lambda s: conversations.touch(s, conversation_id, at))
        key = gateway.cookies.key(request)
        assert key is not None
        return _session_response(gateway, key, started, is_resumed=True)
    return await _begin(request, gateway, previous=None)


async def start_over(request: Request) -> Response:
    """Close the conversation and begin a new one under a new key."""
    gateway = gateway_of(request)
    gateway.require_own_page(request)
    await requests.json_object(request)
    previous = await gateway.conversation(request)
    response = await _begin(request, gateway, previous)
    gateway.listeners.notify(previous.id)
    return response


async def _begin(request: Request, gateway: Gateway, previous: Conversation | None) -> Response:
    gateway.slow_down(gateway.limits.address_sessions, requests.address_of(request))
    opening, at = gateway.services.opening(), now()

    def begin(session: Session) -> Begun:
        if previous is not None:
            conversations.end(session, previous.id, at)
        visitor = previous.visitor if previous else None
        begun = conversations.begin(session, CHANNEL, at, visitor, gateway.consent.version)
        outbox.add_reply(session, begun.id, opening, None, at)
        return begun

    begun = await gateway.services.database.writing(begin, brief=True)
    request.scope["bot_conversation"] = begun.id
    return _session_response(gateway, begun.key, at, is_resumed=False)


def _session_response(gateway: Gateway, key: str, started: datetime, is_resumed: bool) -> Response:
    clinic = gateway.services.clinic
    response = JSONResponse(
        {
            "conversation": {"started": started.isoformat(timespec="seconds"), "resumed": is_resumed},
            "clinic": {"name": clinic.name, "phone": clinic.phone, "emergency_number": clinic.emergency_number},
            "notice": {"text": clinic.notice} if clinic.notice else None,
            "limits": {"text": errors.MAX_TEXT},
        }
    )
    gateway.cookies.give(response, key)
    return response


async def history(request: Request) -> Response:
    """What was said: the newest entries, or those that follow entry number `after`; never more than `SHOWN`."""
    gateway = gateway_of(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    conversation = await gateway.conversation(request)
    newest = max(0, conversation.last_entry - record.SHOWN)
    after = entry_number(request.query_params["after"]) if "after" in request.query_params else newest
    entries = await gateway.services.database.reading(
        lambda session: record.entries_after(session, conversation.id, after, record.SHOWN)
    )
    shown = [entry.to_dict() for entry in entries]
    started = conversation.created.isoformat(timespec="seconds")
    last = entries[-1].number if entries else after
    return JSONResponse({"conversation": {"started": started}, "messages": shown, "last_id": last})


def entry_number(text: str) -> int:
    """An entry's number as a client sent it; 0, which is before all entries, when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def send_message(request: Request) -> Response:
    """Store what the visitor said, and answer at once that it is stored; the reply comes as an event."""
    return await Counted("accepting", _accept(request))


async def _accept(request: Request) -> Response:
    gateway = gateway_of(request)
    gateway.require_own_page(request)
    gateway.slow_down(gateway.limits.address_messages, requests.address_of(request))
    key = gateway.slow_down_visitor(request)
    body = await requests.json_object(request)
    client_id = body.get("client_id")
    if not isinstance(client_id, str) or not requests.CLIENT_ID.fullmatch(client_id):
        raise errors.invalid("client_id", "8 to 64 letters, digits, _ or -, new for each message")
    if ("text" in body) == ("choice" in body):
        raise errors.invalid("text", "either `text` or `choice`")
    said = _typed(body, client_id) if "text" in body else None
    oldest, at = gateway.oldest_visit(), now()
    if said is not None:
        await gateway.delivery.expect(said)

    def accept(session: Session) -> tuple[str, inbox.Accepted]:
        entered = conversations.enter(session, key, oldest, at)
        if entered is None:
            raise errors.no_session()
        found, entry = entered
        words = said or _pressed(gateway, session, found, body["choice"], client_id)
        takes_up, most = gateway.delivery.takes_up, errors.MAX_WAITING
        return found, inbox.accept(session, found, words, at, entry=entry, takes_up=takes_up, most_waiting=most)

    try:
        conversation_id, accepted = await gateway.services.database.writing(accept, brief=True)
    except inbox.ClientIdReused as error:
        wanted = "a new `client_id` for new words"
        raise errors.Refused(409, "client_id_reused", "This id was used before.", f"Send {wanted}.") from error
    except inbox.TooManyWaiting as error:
        raise gateway.too_many(30) from error
    request.scope["bot_conversation"] = conversation_id
    if accepted.is_new:
        metrics.ACCEPTED.labels(CHANNEL).inc()
    gateway.listeners.notify(conversation_id, (accepted.shown,) if accepted.shown else ())
    gateway.delivery.take_up(accepted, conversation_id)
    content = {"id": accepted.entry, "client_id": client_id, "state": accepted.state, "duplicate": not accepted.is_new}
    return JSONResponse(content, 202)


def _typed(body: dict[str, Any], client_id: str) -> inbox.Said:
    if not isinstance(body["text"], str):
        raise errors.invalid("text", "words")
    text = requests.clean(body["text"])
    if not text:
        raise errors.invalid("text", "at least one word")
    if len(text) > errors.MAX_TEXT:
        message = f"That is longer than {errors.MAX_TEXT} characters."
        raise errors.Refused(422, "too_long", message, "Please say it shorter, or in two messages.")
    return inbox.Said(client_id, "text", text)


def _pressed(gateway: Gateway, session: Session, conversation_id: str, choice_id: object, client_id: str) -> inbox.Said:
    found = None
    if isinstance(choice_id, str) and requests.CLIENT_ID.fullmatch(choice_id):
        found = choices.find_choice(session, conversation_id, choice_id)
    if found is None:
        raise errors.invalid("choice", "the id of a button that this chat offered")
    # Sent again it has the reply it got the first time, however old its question is by now.
    is_new = not inbox.is_known(session, conversation_id, client_id)
    if is_new and choices.is_question(session, found) and choices.has_lapsed(session, found):
        raise gateway.said_as_refusal(409, "past_choice", gateway.services.notice(notices.PAST_CHOICE))
    return inbox.Said(client_id, "button", found.title, found.payload)


async def rate_reply(request: Request) -> Response:
    """Keep whether a reply helped."""
    gateway = gateway_of(request)
    gateway.require_own_page(request)
    conversation = await gateway.conversation(request)
    gateway.slow_down_visitor(request)
    body = await requests.json_object(request)
    entry, helpful = body.get("id"), body.get("helpful")
    if not isinstance(entry, int) or isinstance(entry, bool) or not 0 < entry < 2**31:
        raise errors.invalid("id", "the number of a reply")
    if not isinstance(helpful, bool):
        raise errors.invalid("helpful", "true or false")
    known, is_helpful, at = entry, helpful, now()
    if not await gateway.services.database.writing(lambda s: outbox.rate(s, conversation.id, known, is_helpful, at)):
        raise errors.invalid("id", "the number of a reply of this chat")
    return JSONResponse({"id": entry, "helpful": helpful})


ROUTES = [
    Route("/chat/session", open_session, methods=["POST"]),
    Route("/chat/reset", start_over, methods=["POST"]),
    Route("/chat/history", history, methods=["GET"]),
    Route("/chat/messages", send_message, methods=["POST"]),
    Route("/chat/feedback", rate_reply, methods=["POST"]),
]
