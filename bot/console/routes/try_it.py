"""Try it: a chat over the patients' own path, with an inspector beside each turn."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages, previews
from bot.console.access import Role, form_of, requires
from bot.console.context import console_of, member_of, note
from bot.console.trials import Line, TrialFault
from bot.gateway.errors import MAX_TEXT
from bot.storage.schema.conversation_tables import Conversation
from bot.storage.schema.turn_tables import ConversationSummary
from bot.storage.staff_side import transcript
from bot.storage.staff_side.transcript import Turn

KEPT = 30


def tester_of(request: Request) -> str:
    """Under what name this person's tests are kept."""
    return f"staff-{member_of(request).id}"


@requires(Role.TESTER)
async def page(request: Request) -> Response:
    """One's own tests, and the button that begins one."""
    tester = tester_of(request)

    def read(session: Session) -> list[Any]:
        query = (
            select(Conversation.id, Conversation.created, ConversationSummary)
            .outerjoin(ConversationSummary, ConversationSummary.conversation_id == Conversation.id)
            .where(Conversation.visitor == tester, Conversation.erase_requested.is_(None))
        )
        return list(session.execute(query.order_by(Conversation.created.desc()).limit(KEPT)))

    rows = await console_of(request).database.reading(read)
    return pages.render(request, "try_list.html", rows=rows)


@requires(Role.TESTER)
async def begin(request: Request) -> Response:
    """Begin a test; with a first message when one was typed."""
    console, text = console_of(request), form_of(request).text("text", MAX_TEXT)
    conversation_id = await console.trials.begin(tester_of(request), console.now())
    await console.database.writing(lambda s: note(s, request, "test_begun", "conversation", conversation_id))
    if text:
        return await _say(request, conversation_id, Line(text))
    return RedirectResponse(f"/try/{conversation_id}", 303)


@requires(Role.TESTER)
async def chat(request: Request) -> Response:
    """The chat with its inspector."""
    return await _shown(request, request.path_params["id"])


@requires(Role.TESTER)
async def say(request: Request) -> Response:
    """Say words, or press a button, and wait for what comes of it."""
    form, conversation_id = form_of(request), request.path_params["id"]
    pressed, text = form.text("pressed", 200), form.text("text", MAX_TEXT)
    if not await _is_own(request, conversation_id):
        return _gone(request)
    if not pressed and not text:
        return await _shown(request, conversation_id, fault="Type a message first.", status=422)
    return await _say(request, conversation_id, Line(pressed or text, is_pressed=bool(pressed)))


@requires(Role.TESTER)
async def back_up(request: Request) -> Response:
    """A new test with the turns before one of them said again, and another message in its place.

    The earlier test stays as it was. Saying the turns again, rather than cutting the conversation, keeps every
    conversation a true record, takes the one path there is, and shows what the assistant of now says to them.
    """
    console, form, conversation_id = console_of(request), form_of(request), request.path_params["id"]
    turns = await console.database.reading(lambda session: transcript.turns_of(session, conversation_id))
    entry = form.number("entry", 0) or 0
    if not turns or not await _is_test(request, conversation_id):
        return _gone(request)
    lines = [Line(turn.said, turn.is_pressed) for turn in turns if turn.said and turn.entry < entry]
    text = form.text("text", MAX_TEXT)
    try:
        fresh = await console.trials.replay(tester_of(request), lines + ([Line(text)] if text else []), console.now())
    except TrialFault as error:
        return await _shown(request, conversation_id, fault=str(error), status=503)
    await console.database.writing(
        lambda s: note(s, request, "test_replayed", "conversation", fresh, before=conversation_id, turns=len(lines))
    )
    return RedirectResponse(f"/try/{fresh}#last", 303)


async def _say(request: Request, conversation_id: str, line: Line) -> Response:
    try:
        await console_of(request).trials.say(conversation_id, line)
    except TrialFault as error:
        return await _shown(request, conversation_id, fault=str(error), status=503, draft=line.text)
    if pages.is_part(request):
        return await _shown(request, conversation_id)
    return RedirectResponse(f"/try/{conversation_id}#last", 303)


async def _shown(
    request: Request, conversation_id: str, fault: str = "", status: int = 200, draft: str = ""
) -> Response:
    if not await _is_own(request, conversation_id):
        return _gone(request)
    turns = await console_of(request).database.reading(lambda s: transcript.turns_of(s, conversation_id))
    channel = request.query_params.get("as", "")
    return pages.render(
        request,
        "try_part.html" if pages.is_part(request) else "try.html",
        200 if pages.is_part(request) else status,
        turns=turns,
        conversation_id=conversation_id,
        fault=fault,
        draft=draft,
        channel=channel,
        channels=previews.channels(),
        previews=previews_of(turns, channel),
    )


def previews_of(turns: list[Turn], channel: str) -> dict[int, previews.Preview]:
    """Every reply as a messenger shows it, by entry; {} for the website's own look."""
    found: dict[int, previews.Preview] = {}
    for told in (told for turn in turns for told in turn.told):
        made = previews.preview(told.as_reply(), channel) if channel else None
        if made is not None:
            found[told.entry] = made
    return found


async def _is_own(request: Request, conversation_id: str) -> bool:
    tester = tester_of(request)

    def look(session: Session) -> bool:
        row = session.get(Conversation, conversation_id)
        return row is not None and row.is_test and row.visitor == tester and row.erase_requested is None

    return await console_of(request).database.reading(look)


async def _is_test(request: Request, conversation_id: str) -> bool:
    query = select(Conversation.is_test).where(Conversation.id == conversation_id)
    return bool(await console_of(request).database.reading(lambda session: session.scalar(query)))


def _gone(request: Request) -> Response:
    return pages.fault(request, 404, "There is no such test of yours.", "Begin a new one under Try it.")


ROUTES = [
    Route("/try", page, methods=["GET"]),
    Route("/try", begin, methods=["POST"]),
    Route("/try/{id}", chat, methods=["GET"]),
    Route("/try/{id}", say, methods=["POST"]),
    Route("/try/{id}/back", back_up, methods=["POST"]),
]
