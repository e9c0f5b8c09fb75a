"""What is answered though it is not quite sure: a question whose other meanings are far less likely, or as good.

Who asks "is it a quick thing" and is asked back has to ask twice; the answer with a button for the other meaning costs
them nothing where it is right, and as much where it is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.answering.small_replies import OUT_OF_SCOPE, topic_of
from bot.conversation.by_words.will_it_help import asks_whether_it_helps
from bot.conversation.choices import CHECK_INTENT
from bot.conversation.content import Content
from bot.conversation.heard.part_wishes import can_be_offered, runner_up
from bot.conversation.state import State
from bot.conversation.understanding import Candidate, Segment, Understanding, intent_of
from bot.conversation.wish import Wish, wish_for

# Right three times in four where it is so likely, and so much likelier than the next; nearly always where nothing else
# is worth offering.
_LIKELY, _LIKELIER, _ALONE = 0.45, 1.5, 0.3
# Words that so little belong to anything known are asked about.
_KNOWN = 0.3
# What all these say comes to the same for who asks if it would help them; together they may be plain.
_WHETHER_IT_HELPS = (
    "ask_benefits_general", "ask_pain_relief", "ask_mobility", "ask_who_can_benefit", "ask_condition_",
)  # fmt: skip
# So with these: their answers stand in one section of the article, and the other is a button below.
_COME_TO_THE_SAME = (
    _WHETHER_IT_HELPS,
    ("ask_is_it_safe", "ask_side_effects"),
    ("ask_what_is_acupuncture", "ask_session_what_happens"),
    ("ask_sessions_needed", "ask_results_how_soon"),
    ("ask_complementary_therapies", "ask_exercise_or_stretching", "ask_ergonomics_posture"),
    ("ask_condition_chronic_pain", "ask_long_term"),
)
_ALL_OF_THEM, _TOLD_COUNTS = 0.55, 1.5
_IN_GENERAL = "ask_benefits_general"
# What may be meant that the article does not speak of.
_ELSEWHERE = ("ask_not_in_article", "red_flag/emergency")
_PERHAPS_ELSEWHERE = 0.15


def likeliest(content: Content, state: State, understanding: Understanding, found: Sequence[Wish]) -> tuple[Wish, ...]:
    """The wishes of a message, with the likeliest meaning of its one unclear question in place of a question back."""
    if len(found) != 1 or len(understanding.segments) != 1 or not state.waits_for_nothing:
        return tuple(found)
    wish, segment = found[0], understanding.segments[0]
    if _is_like_a_check_of_what_is_told(understanding, segment):
        return tuple(found)
    if segment.decision != "accept" and _is_no_answer(wish) and asks_whether_it_helps(understanding.text):
        meant = _of_what_it_helps(segment)
    elif wish.kind == "unclear" and not wish.value and segment.decision == "offer" and segment.known >= _KNOWN:
        meant = _meant(content, wish, segment)
    else:
        meant = None
    # A check is begun by nobody who may have asked for something else.
    if meant is None or intent_of(meant.label) == CHECK_INTENT:
        return tuple(found)
    return (replace(wish_for(meant.label), near=runner_up(content, segment.read_as(meant))),)


def _is_like_a_check_of_what_is_told(understanding: Understanding, segment: Segment) -> bool:
    """Whether it is likest to a wish for the check, and tells what that goes by: "I have cancer, does it help"."""
    likest = segment.candidates[0].label if segment.candidates else ""
    told = any(finding.status == "present" and finding.subject == "patient" for finding in understanding.findings)
    return told and intent_of(likest) == CHECK_INTENT


def _is_no_answer(wish: Wish) -> bool:
    """Whether it would be asked back about, or heard as told or doubted."""
    return wish.kind in ("unclear", "miss", "talk", "remark") or wish == Wish("off_topic", "maybe")


def _of_what_it_helps(segment: Segment) -> Candidate | None:
    """What is said to who asks if it would help them; None where something else than a back may be meant."""
    others = (c.confidence for c in segment.candidates if c.label.startswith(_ELSEWHERE))
    if sum(others) >= _PERHAPS_ELSEWHERE:
        return None
    helps = [c for c in segment.candidates if c.label.startswith(_WHETHER_IT_HELPS)]
    return max(helps, key=_says_what_it_is_for, default=Candidate(_IN_GENERAL, 0.0))


def _says_what_it_is_for(candidate: Candidate) -> float:
    """How well it fits: the words that ask are of acupuncture in general, and what was told is of a condition."""
    return candidate.confidence * (_TOLD_COUNTS if candidate.label.startswith("ask_condition_") else 1.0)


def _meant(content: Content, wish: Wish, segment: Segment) -> Candidate | None:
    offered = [candidate for candidate in segment.candidates if candidate.label in wish.labels]
    off_topic = max((c.confidence for c in segment.candidates if intent_of(c.label) == OUT_OF_SCOPE), default=0.0)
    if len(offered) == 1 and offered[0].confidence >= max(_ALONE, off_topic):
        return offered[0]
    first = segment.candidates[0]
    if not can_be_offered(content, first.label):
        return None
    return first if _is_far_likelier(segment, first) or _comes_to_the_same(segment, first) else None


def _is_far_likelier(segment: Segment, first: Candidate) -> bool:
    others = (c.confidence for c in segment.candidates[1:] if topic_of(c.label) != topic_of(first.label))
    return first.confidence >= max(_LIKELY, _LIKELIER * max(others, default=0.0))


def _comes_to_the_same(segment: Segment, first: Candidate) -> bool:
    alike = next((topics for topics in _COME_TO_THE_SAME if first.label.startswith(topics)), ())
    return bool(alike) and sum(c.confidence for c in segment.candidates if c.label.startswith(alike)) >= _ALL_OF_THEM
