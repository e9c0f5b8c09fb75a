"""What a patient reads when something fails: short, with the clinic's and the emergency number."""

from __future__ import annotations

from bot.conversation.content import Content
from bot.conversation.reply import Kind, Reply
from bot.conversation.wording.voice import Voice


def apology(content: Content, reason: str = "failed") -> Reply:
    """An apology.

    Args:
        content: The loaded content.
        reason: "failed" (this message), "unavailable" (the assistant) or "too_many" (messages at once).
    """
    voice = Voice(content)
    return voice.reply(Kind.APOLOGY, voice.phrase(f"apology_{reason}"))
