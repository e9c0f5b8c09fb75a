"""A conversation as plain text, for the visitor to keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.conversation.clinic import Clinic
from bot.storage.record import Entry


def transcript_text(clinic: Clinic, entries: Iterable[Entry]) -> str:
    """All entries with time and speaker."""
    parts = [f"Chat with the assistant of {clinic.name}. It is automated and not a clinician."]
    for entry in entries:
        speaker = "You" if entry.sender == "patient" else "Assistant"
        text = entry.content["text"] if entry.sender == "patient" else reply_text(entry.content["reply"])
        parts.append(f"{entry.at:%Y-%m-%d %H:%M} UTC  {speaker}:\n{text}")
    return "\n\n".join(parts) + "\n"


def reply_text(reply: dict[str, Any]) -> str:
    """A stored reply in plain words: everything a visitor saw of it, in the same order."""
    lines = [reply["consult_first"], reply["text"]]
    if reply["kind"] == "emergency":
        lines.reverse()
    lines += [f"Note: {note['text']} ({note['source']})" for note in reply.get("notes") or ()]
    lines += [f"- {button['title']}" for button in reply.get("buttons") or ()]
    sections = dict.fromkeys(source["section"] for source in reply.get("sources") or ())
    lines += [f"From the article: {section}" for section in sections]
    return "\n".join(line for line in lines if line)
