"""What is said in the check beside its questions: that something is noted or not understood, and what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation.answering import small_replies
from bot.conversation.check_state import SUITABILITY
from bot.conversation.reply import Kind, Reply
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.wish import Wish
from bot.conversation.wording.read_back import read_back, with_warning
from bot.conversation.wording.voice import Voice
from bot.suitability.prompt import Prompt
from bot.suitability.tiers import Answer

# Wishes that ask for nothing the check could answer in between.
_UNREAD = ("miss", "unclear", "off_topic", "talk")
QUESTIONS = ("topic", "gap")
# What is said to wishes of the check itself before its question comes again.
_WORDS_FOR = {
    Wish("repeat", "agreed"): "check_goes_on",
    Wish("repeat", "confirmed"): "check_confirmed",
    Wish("control", "wait"): "check_wait",
    Wish("control", "word"): "check_word",
    Wish("control", "counts"): "check_counts",
    Wish("control", "if_answered"): "check_if_answered",
    Wish("control", "help"): "check_help",
    Wish("control", "one_person"): "check_one_person",
}


def noted(voice: Voice, told: Mapping[str, Answer]) -> Reply:
    """That what was told is noted."""
    what = read_back(voice.content.rules, told)
    text = voice.phrase("check_noted_this", what=what) if what else voice.phrase("check_noted")
    return _beside(voice, with_warning(voice.content.rules, told, text))


def aside(voice: Voice, key: str, **values: str) -> Reply:
    """A word before the check's question."""
    return _beside(voice, voice.phrase(key, **values))


def _beside(voice: Voice, text: str) -> Reply:
    return voice.reply(Kind.CHITCHAT, text, topics=[SUITABILITY])


def unread(voice: Voice) -> Reply:
    """That the words were no answer, and what one is."""
    return voice.reply(Kind.CLARIFY, voice.phrase("check_not_understood"), topics=[SUITABILITY])


def stopped(voice: Voice) -> Reply:
    """That the check is over without a result."""
    buttons = [*small_replies.starting_points(voice.content)[:2], small_replies.CHECK]
    return voice.reply(Kind.CHITCHAT, voice.phrase("cancel_check"), topics=[SUITABILITY], buttons=buttons)


def said(
    voice: Voice,
    state: State,
    wishes: Sequence[Wish],
    prompt: Prompt | None,
    told: Mapping[str, Answer],
) -> tuple[tuple[Reply, ...], State]:
    """What is replied to questions, or to one other wish, that leave the check where it is; its question follows."""
    wish = wishes[0]
    if wish == Wish("control", "why_ask") and prompt is not None:
        return (voice.reply(Kind.CHITCHAT, prompt.why, topics=[SUITABILITY]),), state
    if wish in _WORDS_FOR:
        # "I'm on aspirin, does that count": it is noted, or answers the question.
        counted = told and wish == Wish("control", "counts")
        return () if counted else (aside(voice, _WORDS_FOR[wish]),), state
    if wish == Wish("control", "how_many_left") and prompt is not None:
        return (aside(voice, "check_left", what=str(max(1, prompt.of - prompt.step + 1))),), state
    if wish == Wish("control", "which_answer") and prompt is not None:
        of = "list" if prompt.items else "choices" if prompt.choices else "yes_no"
        return (aside(voice, f"check_which_{of}"),), state
    if wish in (Wish("control", "correct_answer"), Wish("control", "wrong_answer")):
        return (() if told else (aside(voice, "check_correct"),)), state
    if wish.kind == "remark":
        return (replace(small_replies.remark(voice, wish.value), buttons=()),), state
    asks_more = wish == Wish("control", "more")
    if asks_more and any(topic in voice.content.topics for topic in state.topics):
        return respond(voice, state, wishes, {}, in_check=True)
    if wish.kind in QUESTIONS or (wish.kind == "control" and not asks_more):
        return respond(voice, state, wishes, {}, in_check=True)
    if wish.kind == "talk" and wish.value != "acknowledge" and not told:
        key = f"{wish.value}_in_check"
        if key not in voice.content.phrases.wordings:
            return respond(voice, state, wishes, {}, in_check=True)
        return (aside(voice, key),), state
    if asks_more or (wish.kind in _UNREAD and not told):
        return (unread(voice),), state
    return (), state
