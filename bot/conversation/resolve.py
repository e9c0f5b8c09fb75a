"""From an understood message to what the patient wishes, in order: topics, gaps, the check, steering, small talk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.conversation.choices import is_an_ordinal, position
from bot.conversation.content import Content
from bot.conversation.danger_signs.second_line import CRISIS, SUICIDAL
from bot.conversation.follow_ups import bare, meaning_after
from bot.conversation.part_wishes import MOST_OFFERED, can_be_offered, wish_of
from bot.conversation.remarks import mentioned, said, waits_for_nothing
from bot.conversation.spoken import (
    asks_to_repeat,
    calls_it_an_image,
    doubts,
    is_age_of_a_child,
    is_age_of_an_adult,
    is_bare_answer,
    leading_answer,
    number_in,
    only_agrees,
    takes_back,
    undoes,
    who_needs_care,
)
from bot.conversation.state import State
from bot.conversation.suitability_check.check_state import WHO, running_interview
from bot.conversation.understanding import Segment, Understanding
from bot.conversation.wish import Wish
from bot.suitability.interview import current

# Wishes that ask for nothing in particular: a remark among the words says more.
_LITTLE = frozenset({"talk", "off_topic", "unclear", "miss"})
# Remarks that sound like a yes; all others may tell of what was asked.
_NO_YES = frozenset({"yes_or_no", "asked_doctor"})
_OF_OTHER_CONDITIONS = Wish("gap", "other_conditions")
# Of a part that is less sure than this is said that it was not understood: its likeliest topics are far-fetched.
_UNCLEAR_BESIDE = 0.3
# Less likely than this, a reading is not offered to who says that the answer was wrong.
_THINKABLE = 0.02
_OF_ANOTHER = re.compile(r"\b(?:he|she|him|her)\b")  # "can she come"
# A bare number where nothing waits for one, and a message that is nothing but an address, ask for nothing known.
_NUMBER_ALONE = re.compile(r"^\W*\d{1,4}\W*$")
_ADDRESS_ALONE = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)
# A message of more words tells more than for whom the check is.
_SHORT = 8
# Words that tell who needs care when it is not asked.
_FOR_SOMEONE = re.compile(
    r"^(?:no |sorry |wait |actually |oh |i mean |i meant |(?:it|this|that) is |its |thats |(?:the|this) check is )*"
    r"for (?:my|our|someone|a)\b|"
    r"^(?:no |sorry |wait |actually |oh )*i (?:mean|meant) (?:for )?(?:me|myself|my \w+)$"
)


def wishes(content: Content, state: State, understanding: Understanding) -> tuple[Wish, ...]:
    """What the message asks for, in order, each once; never empty.

    A bare follow-up takes its meaning from the topics answered last, or from the part of the message before it ("does
    it calm you, and how long does that last"); "the first one" from what was offered or answered.
    """
    if (heard := _by_its_words(content, state, understanding.text)) is not None:
        return (heard,)
    waits = state.check is not None or state.asked is not None
    spoken = leading_answer(understanding.text) if waits else None
    taken_back = waits and takes_back(understanding.text)
    if taken_back and spoken and not is_bare_answer(understanding.text):
        spoken = None  # "sorry no, I meant she has stopped it" answers nothing
    asks_more = any(s.decision == "accept" and s.candidates[0].label.startswith("ask_") for s in understanding.segments)
    if spoken and is_bare_answer(understanding.text) and not (asks_more and len(understanding.segments) > 1):
        return (Wish("control", spoken),)
    at_leisure = waits_for_nothing(state)
    if at_leisure and (remark := _remarked(content, state, understanding.text)):
        return (remark,)
    if leaning := _leaning_on_what_was_said(content, state, understanding.text):
        return leaning
    if at_leisure and not asks_more and is_an_ordinal(understanding.text):
        return (Wish("which"),)
    if _NUMBER_ALONE.match(understanding.text):
        return (Wish("miss"),)
    if _ADDRESS_ALONE.match(understanding.text):
        return (Wish("off_topic"),)
    found: list[Wish] = [Wish("control", spoken)] if spoken else []
    if taken_back:
        found.append(Wish("control", "correct_answer"))
    found += _from_segments(content, state, understanding.segments)
    if _asks_of_health(state) and not spoken and said(content.remarks, understanding.text, state) in _NO_YES:
        # "So is that a yes" and "he said go for it" sound like a yes and tell nothing of what was asked.
        found = [wish for wish in found if wish != Wish("control", "affirm")]
    wished = _without_chatter(list(dict.fromkeys(found))) or (Wish("miss"),)
    if at_leisure and all(wish.kind in _LITTLE for wish in wished):
        key = mentioned(content.remarks, understanding.text, state)
        return (Wish("remark", key),) if key else wished
    return wished


def _leaning_on_what_was_said(content: Content, state: State, text: str) -> tuple[Wish, ...]:
    """What is wished of the last answer: to hear it again, to know if it is so, or one part of it; else nothing."""
    if state.topics and asks_to_repeat(text):
        return tuple(_topic_again(state, topic) for topic in state.topics)
    if state.topics and doubts(text):
        return _further(content, state) or _doubted(content, state)
    if (index := position(text, len(state.topics))) is not None and len(state.topics) > 1:
        return (_topic_again(state, state.topics[index]),)
    return ()


def _remarked(content: Content, state: State, text: str) -> Wish | None:
    """The remark that a message is; None when it is none, or asks on about what was answered."""
    if meaning_after(text, state.topics, content.follow_ups):
        return None
    key = said(content.remarks, text, state)
    return Wish("remark", key) if key else None


def _from_segments(content: Content, state: State, segments: Sequence[Segment]) -> list[Wish]:
    """What each part asks for, one after the other: what was asked before it says what "and how long" means."""
    found: list[Wish] = []
    last = state.topics
    for segment in segments:
        meant = meaning_after(segment.text, last, content.follow_ups)
        if meant and (meant,) == state.topics and len(segments) == 1:
            return list(_further(content, state)) or [_topic_again(state, meant)]
        again = _topic_again(state, meant) if meant else None
        if again == Wish("check") and _OF_ANOTHER.search(bare(segment.text)):
            again = Wish("check", "other")
        found.append(again or wish_of(content, segment, last, state.gaps))
        if len(segments) > 1 and found[-1].kind == "unclear":
            likeliest = max(c.confidence for c in segment.candidates if c.label in found[-1].labels)
            found[-1] = found[-1] if likeliest >= _UNCLEAR_BESIDE else Wish("unclear")
        last = (found[-1].value,) if found[-1].kind == "topic" else last
    return found


def other_readings(content: Content, understanding: Understanding) -> tuple[str, ...]:
    """What the message may have meant instead: offered when the patient says that the answer was wrong."""
    others = (
        c.label for segment in understanding.segments for c in segment.candidates[1:] if c.confidence >= _THINKABLE
    )
    return tuple(dict.fromkeys(label for label in others if can_be_offered(content, label)))[:MOST_OFFERED]


def _who_is_meant(content: Content, state: State, text: str) -> str | None:
    """For whom the check is, where that is asked or said outright: "can my son come along" says nothing of it."""
    words = bare(text)
    running = running_interview(content.rules, state) if len(words.split()) <= _SHORT else None
    if running is None:
        return None
    prompt = current(content.rules, running)
    asked = prompt is not None and prompt.question in WHO
    if asked and is_age_of_a_child(text):
        return "under_18"
    if is_age_of_an_adult(text):
        return "adult"
    return who_needs_care(text) if asked or _FOR_SOMEONE.match(words) else None


def _by_its_words(content: Content, state: State, text: str) -> Wish | None:
    """What words alone say where a question waits: a score, who needs care, the question again, an answer undone."""
    if state.asked is not None and state.asked["kind"] == "peg" and (score := number_in(text)):
        return Wish("number", score)
    if who := _who_is_meant(content, state, text):
        return Wish("who", who)
    if _asks_of_a_symptom(state) and calls_it_an_image(text):
        return Wish("control", "deny")
    if state.check is not None and undoes(text):
        return Wish("control", "go_back")
    again = (state.check is not None and asks_to_repeat(text)) or (_asks_of_health(state) and only_agrees(text))
    return Wish("repeat") if again else None


def _asks_of_health(state: State) -> bool:
    """Whether a question of the check, or one about a danger sign, waits for its answer."""
    return state.check is not None or (state.asked is not None and state.asked["kind"] == "danger")


def _asks_of_a_symptom(state: State) -> bool:
    """Whether a question about a danger sign waits, and not one about a wish to die: that is never an image."""
    if state.asked is None or state.asked["kind"] != "danger":
        return False
    return not {SUICIDAL, CRISIS}.intersection((state.asked["fact"], state.asked["label"]))


def _topic_again(state: State, topic: str) -> Wish:
    if topic == "suitability_personal":
        return Wish("check")
    if topic == "not_in_article":
        return Wish("gap", state.gaps[0] if state.gaps else "other")
    return Wish("topic", topic)


def _further(content: Content, state: State) -> tuple[Wish, ...]:
    """What the article says beyond the last answer, rather than the same sentences twice; empty when that was all."""
    left = any(content.topics[t].more for t in state.topics if t in content.topics and t not in state.told_more)
    return (Wish("control", "more"),) if left else ()


def _doubted(content: Content, state: State) -> tuple[Wish, ...]:
    """What "are you sure" wishes once all is said: where it stands, not the same sentences again."""
    if "not_in_article" in state.topics:
        return (Wish("remark", "sure_open"),)
    if any(topic in content.topics for topic in state.topics):
        return (Wish("remark", "sure_said"),)
    return tuple(_topic_again(state, topic) for topic in state.topics)


def _without_chatter(found: Iterable[Wish]) -> tuple[Wish, ...]:
    """Greetings, misses and off-topic parts count only where nothing better stands beside them."""
    found = tuple(found)
    for kinds in (("topic", "gap", "check", "control"), ("unclear",), ("off_topic", "miss"), ("talk",)):
        better = tuple(w for w in found if w.kind in kinds)
        if any(w.kind == "check" for w in better):
            # "Diabetes and a bad disc, can I have it" tells what the check is to go by and asks nothing else of it.
            better = tuple(w for w in better if w != _OF_OTHER_CONDITIONS)
        if any(w.kind in ("topic", "gap") for w in better):
            # A question beside it that is not clear is asked back about.
            return (*better, *(w for w in found if w.kind == "unclear"))
        if better:
            return better
    return found
