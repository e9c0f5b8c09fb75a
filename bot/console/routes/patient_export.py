"""What is kept about a conversation, as a file for the patient who asks the clinic for it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, requires
from bot.console.context import console_of, note_seen
from bot.console.routes.review import may_read, missing
from bot.storage.export import export_conversation
from bot.storage.tables import Conversation
from bot.storage.vault import SealBroken


@requires(Role.EDITOR)
async def export(request: Request) -> Response:
    """All that is kept about one conversation, as a file for the patient who asks for it."""
    conversation_id = request.path_params["id"]

    def read(session: Session) -> dict[str, Any] | None:
        is_theirs = may_read(request, session.get(Conversation, conversation_id))
        return export_conversation(session, conversation_id) if is_theirs else None

    try:
        found = await console_of(request).database.reading(read)
    except SealBroken:
        return pages.fault(request, 409, "Some of it cannot be read.", "`bot keys check` may say why.")
    if found is None:
        return missing(request)
    await note_seen(request, "conversation_exported", "conversation", conversation_id)
    name = f"conversation-{found['conversation']['created'][:10]}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(json.dumps(found, indent=2, ensure_ascii=False), headers=headers, media_type="application/json")


ROUTES = [Route("/review/{id}/export", export, methods=["GET"])]
