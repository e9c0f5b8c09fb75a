"""An answer to the check's question in free words that hold no yes or no.

What tells of a thing that the question lists, and that the pain is the same as ever.
"""

from __future__ import annotations

import re

from bot.conversation.by_words.spoken import asks
from bot.conversation.suitability_check.pointed_at import naming
from bot.conversation.wish import Wish
from bot.safety.kin import ANYBODY
from bot.safety.written.letters import bare
from bot.suitability.prompt import Prompt

# What takes back that something is so, or tells of somebody else.
_DENIES = re.compile(
    r"\b(?:no|not|never|none|nothing|without|isnt|wasnt|dont|didnt|doesnt|havent|hasnt|fine|better|gone|if)\b|"
    rf"\b(?:my|a|our) (?:\w+ )?(?:{ANYBODY})\b"
)
_HARMLESS = re.compile(
    r"\b(?:nothing|not anything) (?:to worry about|bad|serious|much)\b|\bnot (?:a big deal|too bad)\b"
)
_NOTHING = re.compile(
    r"(?:(?:well|oh|um|no|so|honestly|touch wood|knock on wood|thank (?:god|goodness)|thankfully|luckily|"
    r"ive got|i have|i had|there(?:s| is| was)|its|it was) )*nothing\b(?! (?:helps?|helped|works?|worked|feels?|"
    r"tastes?|stays?|is|comes|moves|happens when|can|will|would|left|down there)\b)"
)
_BUT = re.compile(
    r"\b(?:but|except|apart|besides|other than|only|until|though|although|however|more than|unless|bar)\b"
)
_TELLS = re.compile(r"\b(?:i|im|ive|id|me|my|he|hes|she|shes|his|her|we|it|its|they|their)\b")
_COURSE = "pain_course"
_OLD = re.compile(
    r"\b(?:(?:\w+ )?(?:years|decades)|ages|for ever|forever|as long as i can remember|since (?:school|childhood|i was)|"
    r"same old|same as (?:ever|always|before|it was)|as ever|as always|unchanged|hasnt changed|never changed|"
    r"always (?:been|had|the same))\b"
)
_SAME = re.compile(
    r"\b(?:no|not|isnt|hasnt|havent|never|nothing|neither)(?: \w+){0,2}? (?:worse|new|different|changed?)\b"
)
_CHANGED = re.compile(
    r"\b(?:worse|worsen\w*|new|newer|changed|different|lately|recent\w*|but|now|days?|weeks?|months?|flare\w*|started)\b"
)


def of_the_list(prompt: Prompt | None, text: str) -> Wish | None:
    """What an answer wishes that tells of something listed in words of its own: "I pulled it lifting a box"; else None.

    Args:
        prompt: The question on screen.
        text: The message.
    """
    words = bare(text)
    if prompt is None or asks(text):
        return None
    for label, names in prompt.told_by:
        if (named := naming(names).search(words)) is None:
            continue
        beside = f"{words[: named.start()]} {words[named.end() :]}"
        if _DENIES.search(named[0]) or not _DENIES.search(_HARMLESS.sub(" ", beside)):
            choice = next((choice.id for choice in prompt.choices if choice.label == label), "")
            return Wish("pick", choice) if choice else Wish("listed", label)
    return None


def begins_with_nothing(text: str) -> bool:
    """Whether an answer says first that there is nothing, and goes on to tell nothing: "nothing dramatic, just age"."""
    words = bare(text)
    nothing = _NOTHING.match(words)
    return nothing is not None and not _BUT.search(words) and not _TELLS.search(words[nothing.end() :])


def is_the_same_as_ever(prompt: Prompt | None, text: str) -> bool:
    """Whether an answer to whether the pain is new or worse says that it is old: "the same ache for thirty years"."""
    if prompt is None or prompt.question != _COURSE or prompt.kind != "yes_no" or asks(text):
        return False
    words, same = _SAME.subn(" ", bare(text))
    return bool(same or _OLD.search(words)) and not _CHANGED.search(words)
