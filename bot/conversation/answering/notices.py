"""What the messengers' gateway itself says: to STOP, HELP, a photo, a button of long ago. Replies like all others."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.answering.opening import opening
from bot.conversation.content import Content
from bot.conversation.reply import Kind, Reply
from bot.conversation.wording.voice import Voice

STOPPED = "messenger_stopped"
HELP = "messenger_help"
TEXT_ONLY = "messenger_text_only"
TOO_LONG = "messenger_too_long"
PAST_CHOICE = "messenger_past_choice"
ERASED = "messenger_erased"
KEYS = (STOPPED, HELP, TEXT_ONLY, TOO_LONG, PAST_CHOICE, ERASED)


def with_link(content: Content, outcome: Reply, link: str) -> Reply:
    """The outcome of a check with the address of its page to print, for where there is no button for it."""
    return replace(outcome, text=f"{outcome.text}\n\n{Voice(content).phrase('messenger_outcome_link')} {link}")


def summary(content: Content, link: str) -> Reply:
    """The address of the page of the latest finished check, for whoever asks for it."""
    voice = Voice(content)
    return voice.reply(Kind.CHITCHAT, f"{voice.phrase('messenger_summary')} {link}")


def notice(content: Content, key: str) -> Reply:
    """One of `KEYS` as a reply; HELP offers the same ways in as the opening message."""
    voice = Voice(content)
    reply = voice.reply(Kind.CHITCHAT, voice.phrase(key))
    return replace(reply, buttons=opening(content).buttons) if key == HELP else reply
