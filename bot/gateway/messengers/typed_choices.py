"""Choices that are typed, as far as only the gateway knows them: of its own replies, and by the numbers it printed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.conversation.choices import chosen, numbered
from bot.gateway.messengers.base import Messenger
from bot.gateway.messengers.sending import reply_of
from bot.storage import messengers
from bot.storage.schema.conversation_tables import Choice


def choice_typed(session: Session, messenger: Messenger, conversation_id: str, text: str) -> Choice | None:
    """The choice that words name; None where they name none, or where the dialogue knows it better."""
    own = messengers.offered_by_gateway(session, conversation_id)
    if own:
        named = chosen(text, [(choice.title, choice.id) for choice in own])
        return next((choice for choice in own if choice.id == named), None)
    asked = messengers.question_shown(session, conversation_id)
    if asked is None or not messenger.numbers_choices(reply_of(asked)):
        return None
    offered = messengers.choices_of(session, asked)
    index = numbered(text, len(offered))
    return None if index is None else offered[index]
