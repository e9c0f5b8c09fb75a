"""What is wished of the answer given last: to hear it again, one part of it, or the rest of what the article says."""

from __future__ import annotations

import re

from bot.conversation.choices import position
from bot.conversation.content import Content
from bot.conversation.follow_ups import bare
from bot.conversation.spoken import asks_to_repeat
from bot.conversation.state import State
from bot.conversation.wish import Wish

# "Yes but do you take it", "no but is it": the same once more, of what was answered just now.
_INSISTS = re.compile(
    r"^(?:(?:yes|yeah|yep|ok|okay|no|right|sure|fine|i know|i see|i get that|got it|well|hm+) )*but "
    r"(?:.+ )?(?:it|that|this|they|them|those|so)$"
)
_MOST_WORDS = 8


def leaning_on_it(state: State, text: str) -> tuple[Wish, ...]:
    """What is wished of the last answer: to hear it again, or one part of it; else nothing."""
    if state.topics and asks_to_repeat(text):
        return topics_again(state)
    if (index := position(text, len(state.topics))) is not None and len(state.topics) > 1:
        return (topic_again(state, state.topics[index]),)
    return ()


def insists(text: str) -> bool:
    """Whether the words ask once more what was answered just now, and name nothing else: "yes but do you take it"."""
    words = bare(text)
    return len(words.split()) <= _MOST_WORDS and bool(_INSISTS.match(words))


def topics_again(state: State) -> tuple[Wish, ...]:
    """All that was answered last, once more."""
    return tuple(topic_again(state, topic) for topic in state.topics)


def topic_again(state: State, topic: str) -> Wish:
    """The wish for a topic that was answered last, or that a follow-up to it means."""
    if topic == "suitability_personal":
        return Wish("check")
    if topic == "not_in_article":
        return Wish("gap", state.gaps[0] if state.gaps else "other")
    return Wish("topic", topic)


def further(content: Content, state: State) -> tuple[Wish, ...]:
    """What the article says beyond the last answer, rather than the same sentences twice; empty when that was all."""
    left = any(content.topics[t].more for t in state.topics if t in content.topics and t not in state.told_more)
    return (Wish("control", "more"),) if left else ()
