"""The first message of a conversation."""

from __future__ import annotations

from bot.conversation.answering.small_replies import CHECK, starting_points
from bot.conversation.content import Content
from bot.conversation.reply import Kind, Reply
from bot.conversation.wording.voice import Voice


def opening(content: Content) -> Reply:
    """Automated, no clinician, what it can do, the emergency number, where the privacy page is."""
    voice = Voice(content)
    text = voice.phrase("opening", what=content.clinic.privacy_link)
    return voice.reply(Kind.CHITCHAT, text, buttons=[*starting_points(content), CHECK], consult_length="long")
