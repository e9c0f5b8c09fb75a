"""What is meant by who says that something else was meant: "no, I mean the effect"."""

from __future__ import annotations

import re

from bot.conversation.answering.small_replies import topic_of
from bot.conversation.content import Content
from bot.conversation.in_context.last_answer import topic_again
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish, wish_for
from bot.safety.written.letters import bare

# "No, I mean each time": what was answered was not what was asked.
_CORRECTS = re.compile(r"(?:no|nope|nah|sorry|wait)(?: (?:no|sorry|wait))* i (?:mean|meant|was asking)\b")


def corrects(text: str) -> bool:
    """Whether a message says that the question before was meant otherwise than it was answered."""
    return bool(_CORRECTS.match(bare(text)))


def meant_instead(content: Content, state: State, understanding: Understanding) -> Wish:
    """The other reading of the question before, its answer once more, or that the answer was wrong."""
    meant = _other_reading(content, state, understanding) or _the_same_once_more(state, understanding)
    return meant or Wish("control", "wrong_answer")


def _other_reading(content: Content, state: State, understanding: Understanding) -> Wish | None:
    """The one other reading of the question before, where "no, I mean the effect" may mean it too."""
    others = [label for label in state.likely if topic_of(label) not in state.topics]
    heard = {candidate.label for segment in understanding.segments for candidate in segment.candidates}
    meant = wish_for(others[0]) if len(others) == 1 and others[0] in heard else None
    return meant if meant and meant.kind == "topic" and meant.value in content.topics else None


def _the_same_once_more(state: State, understanding: Understanding) -> Wish | None:
    """What was answered last, where "no, I mean properly phobic" is likest to it all the same."""
    first = [segment.candidates[0] for segment in understanding.segments if segment.candidates]
    last = (topic_of(candidate.label) for candidate in first if topic_of(candidate.label) in state.topics)
    return next((topic_again(state, topic) for topic in last), None)
