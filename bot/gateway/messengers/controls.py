"""The words by which a person steers the exchange itself: STOP, HELP, START, "summary", "delete my data"."""

from __future__ import annotations

import re
from collections.abc import Set
from enum import StrEnum


class Control(StrEnum):
    """What such words ask for."""

    STOP = "stop"
    HELP = "help"
    START = "start"
    SUMMARY = "summary"
    ERASE = "erase"


_STOP = frozenset({"stop", "stopall", "stop all", "unsubscribe", "optout", "opt out"})
# Consent to be texted may be withdrawn in any clear words (47 CFR 64.1200(a)(10)), which carriers do not look for.
_STOP_ASKED = re.compile(
    r"(?:please )?(?:stop|stop ?all|unsubscribe|opt[ -]?out|unsubscribe me|opt me out)(?: please)?"
    r"|(?:please )?(?:stop|quit) (?:texting|messaging|contacting|writing)(?: to)?(?: me| us| this number)?(?: please)?"
    r"|(?:please )?(?:stop|quit) sending(?: me)?(?: (?:these|any|more|your))*"
    r" (?:texts?|messages?|text messages)(?: please)?"
    r"|(?:please )?(?:do not|don['’]?t|never) (?:text|message|contact|write(?: to)?) me"
    r"(?: again| any ?more)?(?: please)?"
    r"|no more (?:texts|messages|text messages)(?: please)?"
    r"|(?:please )?(?:take|remove) me (?:off|from) (?:your|this|the) (?:text )?list(?: please)?"
)
_HELP = frozenset({"help", "info"})
_START = frozenset({"start", "unstop", "optin", "opt in", "subscribe"})
_ASKS = r"(?:please )?(?:(?:send|show|give|print) (?:me )?|can i (?:see|have|get|print) |i want )?"
_SUMMARY = re.compile(
    rf"{_ASKS}(?:(?:my |the )?(?:whole |full )?summary|(?:my |the )(?:whole |full )?results?(?: page)?)"
    r"(?: of (?:my|the) check)?(?: again)?(?: please)?"
)
_VERBS = r"delete|erase|remove|clear|wipe|forget"
_THINGS = r"data|information|info|chat|chats|conversation|messages|chat history|history|records|answers"
_ERASE = re.compile(
    rf"(?:please )?(?:can you |could you |i want (?:you )?to )?(?:{_VERBS}) (?:all )?(?:of )?(?:my|this|our) "
    rf"(?:own |personal )?(?:{_THINGS})(?: now)?(?: please)?"
    r"|(?:please )?(?:delete|erase) (?:everything|all)(?: you (?:have|know|keep) (?:on|about) me)?(?: please)?"
    r"|(?:please )?(?:forget|erase|delete) me(?: please)?"
)
_ERASE_COMMANDS = frozenset({"delete", "erase", "forgetme", "deletemydata"})
_LONGEST = 80
_EDGES = " \t\n.!?,;:\"'“”‘’()*_`"


def control_of(text: str, more_stop_words: Set[str] = frozenset(), *, is_stopped: bool = False) -> Control | None:
    """What a message asks for, when it is nothing but such words.

    Args:
        text: The message.
        more_stop_words: What else means STOP on this platform.
        is_stopped: Whether the person has said STOP before: then a plain "yes" means START, as in the rules of SMS.
    """
    if len(text) > _LONGEST:
        return None
    words = " ".join(text.casefold().strip(_EDGES).split())
    if words.startswith("/"):
        # A command of Telegram may name the bot and carry a word: `/start@clinic_bot summer`.
        words = words.removeprefix("/").partition(" ")[0].partition("@")[0]
        if words in _ERASE_COMMANDS:
            return Control.ERASE
    if words in _STOP or words in more_stop_words or _STOP_ASKED.fullmatch(words):
        return Control.STOP
    if words in _HELP:
        return Control.HELP
    if words in _START or (is_stopped and words == "yes"):
        return Control.START
    if _SUMMARY.fullmatch(words):
        return Control.SUMMARY
    return Control.ERASE if _ERASE.fullmatch(words) else None
