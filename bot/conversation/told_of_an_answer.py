"""What is told of the answer given just now, or to it: heard, and not met with the same sentences once more."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.conversation.content import Content
from bot.conversation.follow_ups import bare
from bot.conversation.state import State
from bot.conversation.wish import Wish

# "Nothing helps any more" wants a kind word before a choice of questions.
_WEARY = re.compile(
    r"\b(?:nothing (?:\w+ )?(?:helps|helped|works|worked|lasts|lasted|touches it|shifts it|makes a difference)|"
    r"(?:tried|done) everything|fed up|(?:sick and )?tired of (?:it|this|that|the|my|being)|"
    r"had enough|wits end|cant cope|struggling|worn out|exhausted|desperate|miserable|at a loss|hard to bear|"
    r"getting me down)\b"
)
# Another's word on it: "my sister said it was agony".
_HEARD_OTHERWISE = re.compile(
    r"^(?:(?:but|well|oh|ok|hm+|and|so|no) )*(?:(?:my|a|the) \w+(?: in law| at work)?|he|she|they|people|everyone|"
    r"someone|somebody|i|google|reddit|youtube) (?:always |just |also |once )?(?:said|says|say|told me|tells me|"
    r"reckons?|thinks?|thought|claims?|swears?|read|heard|warned)\b"
)


def is_weary(text: str) -> bool:
    """Whether the words say that somebody is worn out by it."""
    return bool(_WEARY.search(bare(text)))


def heard_of_the_answer(
    content: Content, state: State, text: str, wish: Wish, answered_all_the_same: Collection[Wish]
) -> Wish | None:
    """What is replied to words that tell something and sound like a topic; None where that topic is answered.

    Args:
        content: Knows the remarks.
        state: What is remembered.
        text: The message; it tells something.
        wish: The topic or gap that it sounds like.
        answered_all_the_same: What is answered again to who tells more of it: a fear, or what they have.
    """
    if wish.kind == "topic" and is_weary(text):
        return Wish("talk", "user_feeling")
    if wish.kind != "topic" or wish.value not in state.topics or state.said:
        return None
    if _HEARD_OTHERWISE.search(bare(text)):
        return Wish("remark", content.remarks.heard["heard_otherwise"].reply(state))
    return None if wish in answered_all_the_same else Wish("remark", content.remarks.told.reply(state))
