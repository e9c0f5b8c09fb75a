"""What is wished of answers given before: one of them again, a part of the last, or what else the article says."""

from __future__ import annotations

import re

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.by_words.spoken import asks_to_repeat
from bot.conversation.choices import position
from bot.conversation.content import Content
from bot.conversation.state import State
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare

# "Yes but do you take it", "no but is it": the same once more, of what was answered just now.
_INSISTS = re.compile(
    r"^(?:(?:yes|yeah|yep|ok|okay|no|right|sure|fine|i know|i see|i get that|got it|well|hm+) )*but "
    r"(?:.+ )?(?:it|that|this|they|them|those|so)$"
)
_MOST_WORDS = 8
_A_GAP = f"{NOT_IN_ARTICLE}/"
# What the last reply was to where something was told, and no phrase of its own says so.
TOLD = "told"
_TELLS = (Wish("check", TOLD), Wish("check", "offered_again"))
_LED_IN = (
    r"(?:(?:no|sorry|wait|ok|okay|please|and|but|so|i|mean|meant|what|was|is|were|did|can|could|you|say|said|tell|told|"
    r"me|repeat|give|go|back|to|about|again|which|of|those|them|that|have|hear) )*"
)
_ONCE_MORE = (
    r"(?: (?:again|please|pls|once more|you|said|told|me|gave|wrote|answered|i|asked|about|we|talked|spoke|of|before))*"
)
_THING = r"(?:thing|answer|question|topic|point|part|reply|bit)"
_FIRST = re.compile(
    rf"{_LED_IN}(?:(?:the|your|my) )?(?:very )?first {_THING}{_ONCE_MORE}|{_LED_IN}(?:say|said|tell me) first"
)
_BEFORE = re.compile(
    rf"{_LED_IN}(?:(?:the|your|my) )?(?:previous|earlier|other) {_THING}{_ONCE_MORE}|"
    rf"{_LED_IN}the (?:one|{_THING}) before(?: that| this)?|(?:what (?:did you|was it you) (?:say|said|tell me)) before"
)


def leaning_on_it(content: Content, state: State, text: str) -> tuple[Wish, ...]:
    """What is wished of the last answer or one before: to hear it again, or one part of it; else nothing."""
    if state.topics and asks_to_repeat(text):
        return topics_again(state)
    if (index := position(text, len(state.topics))) is not None and len(state.topics) > 1:
        return (topic_again(state, state.topics[index]),)
    if _asks_just_now(state):
        return ()
    part = _named_in_it(content, state, text)
    return _of_before(state, text) or ((part,) if part else ())


def _named_in_it(content: Content, state: State, text: str) -> Wish | None:
    """What the last answer named in that place, by its own topic if it has one: "wait, what was the third one"."""
    answer = content.topics.get(state.topics[0]) if len(state.topics) == 1 and not state.choosing else None
    if answer is None or len(answer.first) < 2 or text.strip(" .?!").isdigit():
        return None
    if (index := position(text, len(answer.first))) is None:
        return None
    named = answer.first[index].id
    others = (t for t, other in content.topics.items() if other.first and t != answer.id and other.first[0].id == named)
    return topic_again(state, next(others, answer.id))


def _of_before(state: State, text: str) -> tuple[Wish, ...]:
    if goes_back(text) and state.answered:
        return (_as_wish(state.answered[0]),)
    earlier = [answer for answer in map(_as_wish, state.answered) if not _was_last(state, answer)]
    return (earlier[-1],) if earlier and _BEFORE.fullmatch(bare(text)) else ()


def _asks_just_now(state: State) -> bool:
    """Whether a question is on screen: "the first question" is one of the check then, and no answer."""
    return state.check is not None or (state.asked or {}).get("kind") in ("danger", "peg")


def goes_back(text: str) -> bool:
    """Whether the message points at the first of all answers, not at a choice: "no, the first thing"."""
    return bool(_FIRST.fullmatch(bare(text)))


def _as_wish(answered: str) -> Wish:
    kind, _, value = answered.partition(":")
    return Wish(kind, value)


def _was_last(state: State, answer: Wish) -> bool:
    if answer.kind == "topic":
        return answer.value in state.topics
    return NOT_IN_ARTICLE in state.topics and answer.value in state.gaps


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
    if topic.startswith(_A_GAP):
        return Wish("gap", topic.removeprefix(_A_GAP))
    if topic == "not_in_article":
        return Wish("gap", state.gaps[0] if state.gaps else "other")
    return Wish("topic", topic)


def further(content: Content, state: State) -> tuple[Wish, ...]:
    """What the article says beyond the last answer, rather than the same sentences twice; empty when that was all."""
    left = any(content.topics[t].more for t in state.topics if t in content.topics and t not in state.told_more)
    return (Wish("control", "more"),) if left else ()


def asked_again(state: State, found: tuple[Wish, ...]) -> bool:
    """Whether the message wishes for what was just said, and nothing else."""
    topics = {wish.value for wish in found if wish.kind == "topic"}
    subjects = {wish.value for wish in found if wish.kind == "gap"}
    if topics:
        return not subjects and topics == set(state.topics)
    if subjects:
        return state.topics == (NOT_IN_ARTICLE,) and subjects <= set(state.gaps)
    return outside_topics(found) == state.said != ""


def outside_topics(found: tuple[Wish, ...]) -> str:
    """What a message that asks for no topic is about, by its phrase; "" for one that does."""
    if any(wish.kind in ("topic", "gap") for wish in found):
        return ""
    if any(wish in _TELLS or (wish.kind, wish.value) == ("unclear", TOLD) for wish in found):
        return TOLD
    return next((w.value or w.kind for w in found if w.kind in ("talk", "control", "remark", "off_topic")), "")
