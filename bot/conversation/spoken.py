"""Bare answers as people type them: yes, no, not sure, a number – read by words alone, in the state they are said in."""

from __future__ import annotations

import re

from bot.conversation.follow_ups import bare

_YES = r"(?:yes|yeah|yep|yup|ya|yea|yess+|y|si|sure|correct|right|true|affirmative|i do|i am|i have|it is|it does|ok|okay|please do|definitely|absolutely|of course)"
_NO = (
    r"(?:no|nope|nah|noo+|n|none|nothing|never|negative|not really|not at all|not that i know of|neither|nil|"
    r"i dont|i do not|i havent|i have not|im not|i am not|it isnt|it doesnt|dont have|no thanks|false)"
)
_UNSURE = (
    r"(?:not sure|not certain|unsure|maybe|perhaps|possibly|i dont know|dont know|do not know|i do not know|idk|dunno|"
    r"no idea|hard to say|cant tell|can not tell|i think so|i guess|kind of|sort of|sometimes|a bit|a little|im not sure|"
    r"i am not sure|not really sure|could be|might be|i suppose|who knows)"
)
_FILLER = r"(?:um |uh |er |well |oh |so |ok |okay |actually |honestly |sorry |hmm )*"
_READ = tuple(
    (answer, re.compile(rf"^{_FILLER}{words}\b"))
    for answer, words in (("not_sure", _UNSURE), ("deny", _NO), ("affirm", _YES))
)
_NUMBER = re.compile(r"\b(10|\d)\b")


def leading_answer(text: str) -> str | None:
    """ "affirm", "deny" or "not_sure" when the message begins with such an answer; else None.

    Only to be used where a question waits: elsewhere "no pain, no gain" is no answer.
    """
    words = bare(text)
    return next((answer for answer, pattern in _READ if pattern.match(words)), None)


def is_bare_answer(text: str) -> bool:
    """Whether the message is an answer and next to nothing else."""
    return leading_answer(text) is not None and len(bare(text).split()) <= 5


def number_in(text: str) -> str | None:
    """The score written in a message, 0 to 10; None when there is none."""
    match = _NUMBER.search(text)
    return match[1] if match else None
