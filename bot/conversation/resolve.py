"""From an understood message to what the patient wishes, in order: topics, gaps, the check, steering, small talk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.conversation.choices import position
from bot.conversation.content import Content
from bot.conversation.danger_signs.second_line import CRISIS, SUICIDAL
from bot.conversation.follow_ups import bare, meaning_after
from bot.conversation.gaps import NOT_IN_ARTICLE
from bot.conversation.small_replies import CHITCHAT, OUT_OF_SCOPE, topic_of
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
from bot.conversation.understanding import Segment, Understanding, intent_of
from bot.conversation.wish import Wish, wish_for
from bot.suitability.interview import current

_MOST_OFFERED = 3
_FAR_LIKELIER = 2.0
# Small talk and other subjects are taken for what they are from here on: a wrong guess costs little.
_RATHER_NOTHING = 0.5
# Unknown words ("do they take Cigna") may make a message look like nothing known; where its topic is plain all the same
# and no sentence of the article is said to it, being wrong costs no more than not understanding.
_SAYS_NO_ARTICLE = frozenset({"ask_not_in_article", CHITCHAT, OUT_OF_SCOPE})
_PLAIN_ENOUGH = 0.85
_OF_OTHER_CONDITIONS = Wish("gap", "other_conditions")
# A refused text that can mean but one thing is asked back about, with whatever else is not far-fetched.
_ONE_MEANING, _WORTH_OFFERING = 0.6, 0.05
# What comes so near to the answer given stands as a button below it.
_COMES_NEAR = 0.1
# A part of a message that is less sure than this is passed over rather than asked back about.
_UNCLEAR_BESIDE = 0.3
# So few words lean on what was asked before, unless they are clear by themselves.
_FEW_WORDS, _CLEAR_BY_ITSELF, _STILL_MEANT = 5, 0.7, 0.1
_FEWEST_WORDS, _STILL_UNCLEAR = 3, 0.3
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
    if state.topics and asks_to_repeat(understanding.text):
        return tuple(_topic_again(state, topic) for topic in state.topics)
    if state.topics and doubts(understanding.text):
        return _further(content, state) or tuple(_topic_again(state, topic) for topic in state.topics)
    if (index := position(understanding.text, len(state.topics))) is not None and len(state.topics) > 1:
        return (_topic_again(state, state.topics[index]),)
    if _NUMBER_ALONE.match(understanding.text):
        return (Wish("miss"),)
    if _ADDRESS_ALONE.match(understanding.text):
        return (Wish("off_topic"),)
    found: list[Wish] = [Wish("control", spoken)] if spoken else []
    if taken_back:
        found.append(Wish("control", "correct_answer"))
    found += _from_segments(content, state, understanding.segments)
    return _without_chatter(list(dict.fromkeys(found))) or (Wish("miss"),)


def _from_segments(content: Content, state: State, segments: Sequence[Segment]) -> list[Wish]:
    """What each part asks for, one after the other: what was asked before it says what "and how long" means."""
    found: list[Wish] = []
    last = state.topics
    for segment in segments:
        meant = meaning_after(segment.text, last, content.follow_ups)
        if meant and (meant,) == state.topics and len(segments) == 1:
            return list(_further(content, state)) or [_topic_again(state, meant)]
        found.append(_topic_again(state, meant) if meant else _from_segment(content, segment, last, state.gaps))
        if len(segments) > 1 and found[-1].kind == "unclear":
            likeliest = max(c.confidence for c in segment.candidates if c.label in found[-1].labels)
            found[-1] = found[-1] if likeliest >= _UNCLEAR_BESIDE else Wish("miss")
        last = (found[-1].value,) if found[-1].kind == "topic" else last
    return found


def other_readings(content: Content, understanding: Understanding) -> tuple[str, ...]:
    """What the message may have meant instead: offered when the patient says that the answer was wrong."""
    others = (c.label for segment in understanding.segments for c in segment.candidates[1:])
    return tuple(dict.fromkeys(label for label in others if _can_be_offered(content, label)))[:_MOST_OFFERED]


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


def _from_segment(content: Content, segment: Segment, last: Sequence[str] = (), gaps: Sequence[str] = ()) -> Wish:
    labels = tuple(c.label for c in segment.candidates)
    if (same := _asks_on_about_a_gap(segment, last, gaps)) is not None:
        return same
    if segment.decision == "accept" and labels:
        if labels[0].startswith("red_flag"):
            # Triage has judged it and let it pass: what is left is the next best reading of the words.
            return _next_best(labels)
        return replace(wish_for(labels[0]), near=_runner_up(content, segment))
    offered = tuple(label for label in labels if _can_be_offered(content, label))[:_MOST_OFFERED]
    if segment.decision == "offer" and offered:
        return _rather_than_offer(content, segment) or Wish("unclear", labels=offered)
    if labels and intent_of(labels[0]) in _SAYS_NO_ARTICLE and segment.candidates[0].confidence >= _PLAIN_ENOUGH:
        return wish_for(labels[0])
    if offered[:1] == labels[:1] and offered and segment.candidates[0].confidence >= _ONE_MEANING:
        # Unknown words around one plain meaning: asking back shows it.
        likely = {c.label for c in segment.candidates if c.confidence >= _WORTH_OFFERING}
        return Wish("unclear", labels=tuple(label for label in offered if label in likely))
    return Wish("miss", labels=offered)


def _runner_up(content: Content, segment: Segment) -> str:
    """The second likeliest label, where it is another topic and comes near."""
    if len(segment.candidates) < 2:
        return ""
    first, second = segment.candidates[:2]
    if second.confidence < _COMES_NEAR or not _can_be_offered(content, second.label):
        return ""
    return "" if topic_of(second.label) in (topic_of(first.label), "suitability_personal") else second.label


def _asks_on_about_a_gap(segment: Segment, last: Sequence[str], gaps: Sequence[str]) -> Wish | None:
    """A few unclear words after something the article leaves open, where they may mean that: "what time till"."""
    words = len(segment.text.split())
    if tuple(last) != (NOT_IN_ARTICLE,) or not gaps or words > _FEW_WORDS or not segment.candidates:
        return None
    best = segment.candidates[0].confidence
    if best >= _CLEAR_BY_ITSELF:
        return None
    meant = f"ask_not_in_article/{gaps[0]}"
    likely = any(c.label == meant and c.confidence >= _STILL_MEANT for c in segment.candidates)
    # "Even partly?" is like nothing known, and can mean nothing else.
    alone = segment.decision == "refuse" and words <= _FEWEST_WORDS and best < _STILL_UNCLEAR
    return Wish("gap", gaps[0]) if likely or alone else None


def _rather_than_offer(content: Content, segment: Segment) -> Wish | None:
    """What is far likelier than any topic to offer: small talk ("wtf", "ok english"), another subject, or nothing."""
    first = segment.candidates[0]
    intent = intent_of(first.label)
    best = max((c.confidence for c in segment.candidates if _can_be_offered(content, c.label)), default=0.0)
    if intent in (CHITCHAT, OUT_OF_SCOPE) and first.confidence >= _RATHER_NOTHING:
        return wish_for(first.label)
    if intent not in (CHITCHAT, OUT_OF_SCOPE, "red_flag") or best * _FAR_LIKELIER > first.confidence:
        return None
    # Triage has let danger pass: without it these words say nothing.
    return Wish("miss") if intent == "red_flag" else wish_for(first.label)


def _next_best(labels: Sequence[str]) -> Wish:
    rest = [label for label in labels if not label.startswith("red_flag")]
    return Wish("unclear", labels=tuple(rest[:_MOST_OFFERED])) if rest else Wish("miss")


def _can_be_offered(content: Content, label: str) -> bool:
    intent = intent_of(label)
    topic = intent.removeprefix("ask_")
    return topic in content.topics or intent in ("ask_not_in_article", "check_suitability", "talk_to_person")


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
