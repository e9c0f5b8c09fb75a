"""Wishes as they are meant of the check: what steers the one under way, and when one that is to come is wished for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.content import Content
from bot.conversation.outright import can_be_undone
from bot.conversation.state import State
from bot.conversation.suitability_check.person import asks_if_another_may
from bot.conversation.suitability_check.steering import meant_otherwise, steered
from bot.conversation.suitability_check.who import asks_of_nobody
from bot.conversation.taken_back import takes_back
from bot.conversation.wish import Wish

_CHECK = "check_suitability"


def of_the_check(content: Content, state: State, wish: Wish, text: str, told: Sequence[str]) -> Wish:
    """A wish as it is meant of the check: what steers it, and the answer that a correction names.

    Args:
        content: Knows the check's questions.
        state: What is remembered.
        wish: One that the message may have.
        text: The message.
        told: The facts that the safety net found in it, of whoever and in whatever form.
    """
    if wish.kind == "steer":
        return steered(content, state, wish.value, text, told)
    if wish == Wish("control", "correct_answer") and not told and can_be_undone(state):
        # Where the check has just ended in an alarm, "can you fix my answer" asks for its last question again.
        undone = state.check is None and takes_back(text)
        return meant_otherwise(text) or (Wish("control", "go_back") if undone else wish)
    return wish


def of_the_check_to_come(found: Sequence[Wish], text: str, told: Sequence[str]) -> list[Wish]:
    """The wishes as they are meant where no check is under way.

    Who asks for somebody wishes for one, who asks of nobody for none; one is offered beside what the article says to
    who asks if somebody may have acupuncture with what they have ("is it ok for my mum, she has sciatica").
    """
    meant = [_to_come(wish, text, told) for wish in found]
    of_conditions = all(wish.kind == "topic" and wish.value.startswith("condition_") for wish in meant)
    if meant and of_conditions and asks_if_another_may(text):
        meant.append(Wish("check", "offered"))
    return meant


def _to_come(wish: Wish, text: str, told: Sequence[str]) -> Wish:
    if wish == Wish("check") and not told and asks_of_nobody(text):
        return Wish("check", "of_nobody")
    if wish.kind == "unclear" and _CHECK in wish.labels and asks_if_another_may(text):
        return Wish("check", "other")
    return wish
