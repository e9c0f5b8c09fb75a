"""A danger sign of a list already denied, named while a later question is on screen: "no, only the bladder one".

Whoever looks back so answers neither the question on screen nor says anything of another illness.
"""

from __future__ import annotations

import re
from functools import cache

from bot.conversation.by_words.spoken import asks
from bot.conversation.by_words.yes_and_no import FILLER
from bot.conversation.check_state import running_interview
from bot.conversation.content import Content
from bot.conversation.state import State
from bot.conversation.suitability_check.gone_through import listed_in
from bot.conversation.suitability_check.meanings import asks_for_a_word
from bot.conversation.suitability_check.pointed_at import naming
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare
from bot.suitability.interview import current

_AFFIRMS = (
    r"(?:yes|yeah|yep|yup|only|just|but|except|apart from|other than|besides|bar|actually|i do have|i have|ive got|"
    r"there(?:s| is)|it is|its)"
)
_NONE = (
    r"(?:no|nope|nah|none|nothing|not (?:these|those|them|this|that|any)|not really)"
    r"(?: of (?:them|these|those|that|it))?(?: here| this time)?"
)
_WAIT = r"(?:(?:wait|hang on|hold on|sorry|oh|and|i forgot|forgot|i meant) )*"
_LED_IN = (
    r"(?:(?:the|a|an|my|some|maybe|perhaps|for|to|in|with|about|one|thing|bit|part|that|this|first|other|little) )*"
)
_AFTER = (
    r"(?: (?:one|ones|thing|things|part|bit|stuff|trouble|troubles|problem|problems|issue|issues|question|from|before|"
    r"earlier|above|in|on|the|that|of|last|previous|first|other|list|page|tho|though|i think|really|too|again|sorry|"
    r"i said|you asked(?: about)?|i mentioned))*"
)
# Whoever points says few words; in many, those that may stand in several places would be tried in all of them.
_MOST_WORDS = 14
_LOOKS_BACK = re.compile(r"\b(?:wait|hang on|hold on|forgot|meant|was|have been|before|earlier|last|previous|above)\b")
_SAID_YES = r"(?: (?:(?:is|was|that is|thats|its|should (?:be|have been)) )?(?:a )?(?:yes|yeah|yep|true|so))"


def of_a_list_before(content: Content, state: State, text: str) -> Wish | None:
    """What words wish that name a sign of a danger list denied before; None where they say anything else.

    A sign pointed at is a yes to that list; its bare name is asked about in simpler words, and so is one whose meaning
    is asked for: its "no" was said without knowing. What the question on screen names itself belongs to it, unless the
    words look back.
    """
    running = running_interview(content.rules, state)
    prompt = current(content.rules, running) if running is not None else None
    for_a_word = asks_for_a_word(content.rules, text)
    if running is None or prompt is None or (("?" in text or asks(text)) and not for_a_word):
        return None
    words = bare(text)
    if len(words.split()) > _MOST_WORDS:
        return None
    denied = [event.question for event in running.events if event.kind == "answer" and event.value == "no"]
    for question in reversed(denied):
        for names in content.rules.question(question).named:
            named = naming(names).search(words) if for_a_word else _pointing(names).fullmatch(words)
            if named is None or (listed_in(prompt, _name(named)) and not _LOOKS_BACK.search(words)):
                continue
            is_so = not for_a_word and (named["before"] or named["after"])
            return Wish("earlier", f"{question}/{'affirm' if is_so else 'not_sure'}")
    return None


def _name(named: re.Match[str]) -> str:
    return named.groupdict().get("name") or named[0]


@cache
def _pointing(names: tuple[str, ...]) -> re.Pattern[str]:
    """A name of one thing, and nothing beside it but words that point at it."""
    name = f"(?P<name>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"
    before = rf"(?P<before>(?:{_NONE} )?{_WAIT}(?:{_AFFIRMS} )+)?"
    return re.compile(rf"{FILLER}{_WAIT}{before}{_LED_IN}{name}{_AFTER}(?P<after>{_SAID_YES})?{_AFTER}")
