"""What is said in the check to words that answer nothing: that they were heard, or that the questions come first."""

from __future__ import annotations

from bot.conversation.answering.small_replies import CHITCHAT
from bot.conversation.by_words.spoken import asks
from bot.conversation.by_words.worded_as_told import SUBORDINATE, tells
from bot.conversation.choices import CHECK_INTENT
from bot.conversation.content import Content
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish, is_unread, wish_for
from bot.safety.written.letters import bare

# A topic that is likelier than this answers a question asked in the check.
_LIKELY = 0.4


def unheard_in_check(content: Content, state: State, understanding: Understanding, wish: Wish) -> Wish:
    """What a message in the check is met with that answers nothing there and tells or asks something; else the wish.

    Args:
        content: Knows the words.
        state: What is remembered, with a check under way.
        understanding: The message.
        wish: What it wishes for.
    """
    text = understanding.text
    if state.asked is not None and state.asked["kind"] == "danger":
        return wish
    if is_unread(wish) and ("?" in text or asks(SUBORDINATE.sub("", bare(text)))):
        return _likeliest(understanding, wish) or Wish("remark", content.remarks.asked_in_check.say)
    # "I'll tell her" is no "ok" to the question.
    tells_something = tells(text) or bool(understanding.findings) or _is_told_to_the_check(understanding)
    told = tells_something and (is_unread(wish) or wish == Wish("talk", "acknowledge"))
    return Wish("remark", content.remarks.told_in_check.say) if told else wish


def _likeliest(understanding: Understanding, wish: Wish) -> Wish | None:
    """The topic that would be offered first elsewhere, where it is likely: a choice beside a question confuses."""
    candidates = [c for segment in understanding.segments for c in segment.candidates if c.label in wish.labels]
    if wish.kind != "unclear" or not candidates:
        return None
    best = max(candidates, key=lambda candidate: candidate.confidence)
    meant = wish_for(best.label)
    return meant if meant.kind == "topic" and best.confidence >= _LIKELY else None


def _is_told_to_the_check(understanding: Understanding) -> bool:
    """Whether words are like what people tell of themselves to a check: "only the pill and thyroid tablets"."""
    first = [segment.candidates[0].label for segment in understanding.segments if segment.candidates]
    return bool(first) and all(label == CHECK_INTENT or label.startswith(f"{CHITCHAT}/user_") for label in first)
