"""What a message without a word says: emoji alone, and a number or an address left to be called or written to."""

from __future__ import annotations

import re
import unicodedata

from bot.conversation.content import Content
from bot.conversation.heard.remarks import Retort
from bot.conversation.state import State
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare

# So many digits are a number to be called; what may stand beside them says whose it is and when to call.
_PHONE = re.compile(r"(?<![\w.])\+?(?:\(?\d+\)?[ .\-/]{0,2}){2,6}(?![\w])")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_BESIDE_A_NUMBER = frozenset(
    "my number is the this its on at call me text ring phone cell mobile please pls thanks thank you hi hello and or "
    "after before until any anytime time best reach can here heres im name am pm ok evening evenings morning mornings "
    "afternoon weekdays daytime try only tel home work it".split()
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
_MOST_WORDS_BESIDE_MAIL = 8
_CLOCK = re.compile(r"\d{1,2}(?:am|pm)?")
_AGREES, _DISAGREES = "acknowledge", "insult"


def said_without_words(content: Content, state: State, text: str) -> Wish | None:
    """What emoji alone say where they are sent, and a number left to be called; None for a message of words.

    An emoji answers an offer, and no question about one's health: a thumb may mean that it was read.
    """
    if _is_left_to_be_called(text):
        return Wish("remark", "no_callback") if _at_leisure(state) else None
    retort = None if bare(text) else content.remarks.shown(text) or _unlisted(content, text)
    if retort is None:
        return None
    waits = (state.asked or {}).get("kind")
    if waits == "danger":
        return Wish("repeat")
    if state.check is not None:
        return Wish("remark", retort.in_check) if retort.in_check else Wish("repeat", "agreed")
    if waits == "peg":
        return Wish("miss")
    if waits == "alarmed":
        return Wish("talk", retort.say if retort.say == "thanks" else _AGREES)
    if waits == "check" and retort.say in (_AGREES, _DISAGREES):
        return Wish("control", "affirm" if retort.say == _AGREES else "deny")
    return Wish("remark", retort.say)


def _at_leisure(state: State) -> bool:
    return state.check is None and (state.asked or {}).get("kind") in (None, "check")


def _unlisted(content: Content, text: str) -> Retort | None:
    shows = any(unicodedata.category(character) == "So" for character in text)
    return content.remarks.emoji_unlisted if shows else None


def _is_left_to_be_called(text: str) -> bool:
    if (mail := _MAIL.search(text)) and "?" not in text:
        return len(bare(text.replace(mail[0], " ")).split()) <= _MOST_WORDS_BESIDE_MAIL
    number = _PHONE.search(text)
    if number is None or not _FEWEST_DIGITS <= sum(map(str.isdigit, number[0])) <= _MOST_DIGITS:
        return False
    beside = bare(text[: number.start()] + " " + text[number.end() :]).split()
    return "?" not in text and all(word in _BESIDE_A_NUMBER or _CLOCK.fullmatch(word) for word in beside)
