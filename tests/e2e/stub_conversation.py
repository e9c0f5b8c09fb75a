"""What the gateway for browser tests remembers of one chat."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass
class Conversation:
    """One log, as both sides should see it in the end."""

    key: str
    started: str
    entries: list[dict[str, Any]] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)
    is_open: bool = True
    typing: int = 0

    def accept(self, client_id: str, text: str) -> tuple[int, bool]:
        """Store a message once; its number, and whether it had been stored before."""
        for entry in self.entries:
            if entry.get("client_id") == client_id:
                return entry["id"], True
        return self._add({"from": "patient", "client_id": client_id, "text": text}), False

    def tell(self, made: dict[str, Any], in_reply_to: int | None) -> int:
        """Store a reply, its buttons under opaque ids."""
        buttons = [{"id": secrets.token_urlsafe(12), "title": title} for title in made["buttons"]]
        self.choices |= {button["id"]: button["title"] for button in buttons}
        shown = {"topic": None, "topics": [], "sources": [], "tier": None, "notes": [], "progress": None}
        content = {**shown, **made, "buttons": buttons}
        return self._add({"from": "bot", "in_reply_to": in_reply_to, "helpful": None, "reply": content})

    def _add(self, content: dict[str, Any]) -> int:
        number = len(self.entries) + 1
        self.entries.append({"id": number, "at": datetime.now(UTC).isoformat(timespec="seconds"), **content})
        return number

    def said(self, before: int = sys.maxsize) -> list[str]:
        """The patient's words, in order."""
        return [entry["text"] for entry in self.entries if entry["from"] == "patient" and entry["id"] < before]
