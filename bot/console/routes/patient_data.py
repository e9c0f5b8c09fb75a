"""For the patient who asks the clinic: what is kept about a conversation as a file, and its erasure."""

from __future__ import annotations

import json
from typing import Any

import anyio.to_thread
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.context import console_of, note, note_seen
from bot.console.routes.review import may_read, missing
from bot.storage import conversations
from bot.storage.export import export_conversation
from bot.storage.schema.conversation_tables import Conversation


@requires(Role.EDITOR)
async def export(request: Request) -> Response:
    """All that is kept about one conversation, as a file for the patient who asks for it."""
    conversation_id = request.path_params["id"]

    def read(session: Session) -> dict[str, Any] | None:
        is_theirs = may_read(request, session.get(Conversation, conversation_id))
        return export_conversation(session, conversation_id) if is_theirs else None

    found = await console_of(request).database.reading(read)
    if found is None:
        return missing(request)
    await note_seen(request, "conversation_exported", "conversation", conversation_id)
    name = f"conversation-{found['conversation']['created'][:10]}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(json.dumps(found, indent=2, ensure_ascii=False), headers=headers, media_type="application/json")


@requires(Role.ADMIN)
async def erase(request: Request) -> Response:
    """Erase a conversation, or all of the same person; the gateway lets Rasa forget its part within a minute."""
    console, form, conversation_id = console_of(request), form_of(request), request.path_params["id"]
    if not form.is_on("sure"):
        remedy = "Go back, and tick the box that says so. It cannot be undone."
        return pages.fault(request, 422, "Nothing was erased: say that it is wanted.", remedy)

    def work(session: Session) -> int:
        row = session.get(Conversation, conversation_id)
        if row is None or row.erase_requested is not None:
            return 0
        found = conversations.conversations_of(session, row.visitor) if form.is_on("all") else [conversation_id]
        for name in found:
            conversations.request_erasure(session, name, console.now())
            note(session, request, "conversation_erased", "conversation", name)
        return len(found)

    number = await console.database.writing(work)
    if not number:
        return missing(request)
    await anyio.to_thread.run_sync(console.database.tidy)
    return pages.render(request, "erased.html", number=number)


ROUTES = [
    Route("/review/{id}/export", export, methods=["GET"]),
    Route("/review/{id}/erase", erase, methods=["POST"]),
]
