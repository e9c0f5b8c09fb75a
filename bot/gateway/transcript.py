"""A conversation as plain text, for the visitor to keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.answering.clinic import Clinic
from bot.storage.record import Entry


def transcript_text(clinic: Clinic, entries: Iterable[Entry], *, zone: ZoneInfo, public_url: str) -> str:
    """All entries with time and speaker.

    Args:
        clinic: Whose assistant it was.
        entries: In their order.
        zone: In which times are told: the clinic's.
        public_url: Where the clinic's own pages are: in a file their addresses have to be whole.
    """
    parts = [f"Chat with the assistant of {clinic.name}. It is automated and not a clinician."]
    page = clinic.privacy_link
    for entry in entries:
        if entry.sender == "patient":
            speaker, text = "You", entry.content["text"]
        else:
            speaker, text = "Assistant", reply_text(entry.content["reply"])
            text = text.replace(page, public_url + page) if page.startswith("/") else text
        parts.append(f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M %Z}  {speaker}:\n{text}")
    return "\n\n".join(parts) + "\n"


def reply_text(reply: dict[str, Any]) -> str:
    """A stored reply in plain words: everything a visitor saw of it, in the same order."""
    lines = [reply["consult_first"], reply["text"]]
    if reply["kind"] == "emergency":
        lines.reverse()
    said = "Reason" if reply["kind"] == "outcome" else "Note"
    lines += [f"{said}: {note['text']} ({note['source']})" for note in reply.get("notes") or ()]
    if titles := [button["title"] for button in reply.get("buttons") or ()]:
        # In one line: under a question with a list they would read like more of the list.
        lines.append(f"[To choose from: {' / '.join(titles)}]")
    sections = dict.fromkeys(source["section"] for source in reply.get("sources") or ())
    lines += [f"From the article: {section}" for section in sections]
    return "\n".join(line for line in lines if line)
