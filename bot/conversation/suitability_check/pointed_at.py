"""What is listed, named by its plain name: "bladder", "just the chest thing", in answer to which of these are so."""

from __future__ import annotations

import re

from bot.conversation.follow_ups import bare
from bot.suitability.interview import Prompt

# By the question that lists them. What points at one of its signs alone stands here: an ordinary sore back has a "leg"
# and a "back", too.
_NAMES = {
    "nerves": (
        r"(?:the )?(?:bladder|urine|pee|peeing|weeing|waterworks|bowels?|poop|pooping|bottom|bum|butt|privates|"
        r"private (?:parts?|area)|crotch|saddle|sex|legs|both legs|(?:very )?weak (?:legs?|foot)|numbness|"
        r"numb (?:feeling|area|skin|bottom))"
    ),
    "sudden": (
        r"(?:the |a |an |my )?(?:bad |hard |sudden )?(?:accident|fall|blow|crash|chest|breathing|breath|bleeding|"
        r"confused|confusion|passing out|fainting|slurred speech|tearing(?: pain)?)"
    ),
}
_BEFORE = r"(?:(?:yes|yeah|yep|yup|well|um|uh|so|just|only|mostly|i think|its|it is|i have|that would be|the|my) )*"
_AFTER = (
    r"(?: (?:one|ones|thing|things|part|bit|stuff|trouble|troubles|problem|problems|issue|issues|yes|yeah|tho|though|"
    r"i think|really|only|is new|are new|new|too))*"
)
_POINTS = {
    question: re.compile(rf"{_BEFORE}{names}(?: (?:and|or|plus) (?:the |my )?{names})*{_AFTER}")
    for question, names in _NAMES.items()
}


def names_a_listed(prompt: Prompt | None, text: str) -> bool:
    """Whether an answer names a sign that the question on screen lists, and says no more than that.

    Whoever asks back ("bladder?") has answered nothing.
    """
    if prompt is None or prompt.kind != "yes_no" or prompt.question not in _POINTS or "?" in text:
        return False
    return bool(_POINTS[prompt.question].fullmatch(bare(text)))
