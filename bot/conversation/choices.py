"""Choices: what a button means, and what "2" or a typed title means after they were offered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.conversation.content import Content
from bot.conversation.reply import Button
from bot.safety.written.letters import bare

# Payloads are "verb:object"; only the server ever sees them.
MORE = "more"
PERSON = "person"
START_CHECK = "check:start"
YES, NO, UNSURE, BACK, WHY, STOP = "say:yes", "say:no", "say:unsure", "say:back", "say:why", "say:stop"
TOPIC = "topic:"
PICK = "pick:"
PEG = "peg:start"
# What people wish or tell of a check is like, to the classifier.
CHECK_INTENT = "check_suitability"
LABEL = "label:"

_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_ORDINAL = re.compile(
    r"^(?:no |yes |ok |and |wait |hang on |hold on |just |only |sorry |what was |"
    r"whats |which was |can you |could you |repeat |say |explain |tell me |more |"
    r"the |i meant? |i mean |please |about )*(?:the )?"
    r"(first|second|third|fourth|fifth|last)(?: one| thing| question| option| part)?(?: again| please)*$"
)
_SAID_AGAIN = re.compile(r"\b(?:question|again|repeat|say|explain|what was|more|about)\b")
_IN_BRACKETS = re.compile(r"\(.*?\)")
_NUMBER = re.compile(r"^(?:option |number |no |#)?(\d{1,2}|one|two|three|four|five)(?: please)?$")
_MARK = r"(?:\d{1,2}|zero|one|two|three|four|five|six|seven|eight|nine|ten|[a-h])"
_MARKS = re.compile(
    r"(?:(?:option|options|number|numbers|no|nr|letter|answer|choice|item|its|it is|just|only|maybe|probably|id say) )*"
    rf"{_MARK}(?:(?: (?:and|or|n|plus|to|also|maybe))* {_MARK})*(?: (?:please|i think|i guess|maybe|only))*"
)


def topic_button(content: Content, topic: str) -> Button:
    """A button that asks for a topic by its title."""
    return Button(content.topics[topic].title, TOPIC + topic)


def label_title(content: Content, label: str) -> str | None:
    """The title under which a label is offered; None for labels that make no sense to offer."""
    intent, _, subject = label.partition("/")
    if intent == "ask_not_in_article":
        return content.gaps[subject].title if subject in content.gaps else content.gaps["other"].title
    if intent == CHECK_INTENT:
        return "Check if it may suit me"
    if intent == "talk_to_person":
        return "Talk to a person"
    topic = intent.removeprefix("ask_")
    return content.topics[topic].title if topic in content.topics else None


def position(text: str, count: int) -> int | None:
    """Which of `count` things is meant by "2", "the first one" or "the last"; None when it is something else."""
    match = _ORDINAL.match(bare(text))
    if not match:
        return numbered(text, count)
    index = _ORDINALS[match[1]]
    index = count - 1 if index < 0 else index
    return index if 0 <= index < count else None


def numbered(text: str, count: int) -> int | None:
    """Which of `count` things is meant by the number that stands before it: "2", "option two"; None for all else."""
    match = _NUMBER.match(bare(text))
    index = int(_NUMBERS.get(match[1], match[1] if match[1].isdigit() else 0)) - 1 if match else -1
    return index if 0 <= index < count else None


def only_marks(text: str, most: int) -> bool:
    """Whether the message is nothing but numbers up to `most` or letters of a list: "2", "1 and 3", "b"."""
    words = bare(text)
    return bool(_MARKS.fullmatch(words)) and all(int(number) <= most for number in re.findall(r"\d+", words))


def listed(text: str, count: int) -> int | None:
    """Which of `count` things just listed an ordinal means, and not a question to be said again; None for all else."""
    words = bare(text)
    return position(text, count) if _ORDINAL.match(words) and not _SAID_AGAIN.search(words) else None


def is_an_ordinal(text: str) -> bool:
    """Whether the message names a place in a list and no more: "the third one"."""
    return bool(_ORDINAL.match(bare(text)))


def chosen(text: str, offered: Iterable[tuple[str, str]], *, ordinals: bool = True, numbers: bool = True) -> str | None:
    """The payload of the offered choice that the patient typed, by title or by number; None when it is none of them.

    Args:
        text: What was typed.
        offered: (title, payload) of each choice.
        ordinals: Whether "the first one" may mean a choice; after an answer it means what was answered first.
        numbers: Whether "2" may.
    """
    offered = tuple(offered)
    words = bare(text)
    for title, payload in offered:
        if words and words in (bare(title), bare(_IN_BRACKETS.sub("", title))):
            return payload
    is_ordinal = bool(_ORDINAL.match(words))
    if not (ordinals if is_ordinal else numbers):
        return None
    index = position(text, len(offered))
    return None if index is None else offered[index][1]
