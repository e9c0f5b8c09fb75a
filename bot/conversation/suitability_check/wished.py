"""Wishes as they are meant of the check: what steers the one under way, and when one that is to come is wished for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.by_words.taken_back import takes_back
from bot.conversation.by_words.worded_as_told import begins_to_tell
from bot.conversation.content import Content
from bot.conversation.in_context.told_of_an_answer import tells_on
from bot.conversation.state import State
from bot.conversation.suitability_check.in_pregnancy import HELPS, asked_of_pregnancy
from bot.conversation.suitability_check.own_case import asks_for_both, asks_for_two_others
from bot.conversation.suitability_check.person import asks_if_another_may
from bot.conversation.suitability_check.person_meant import asks_for_ones_own, is_about_another
from bot.conversation.suitability_check.steering import meant_otherwise, steered
from bot.conversation.suitability_check.who import asks_of_nobody
from bot.conversation.wish import Wish
from bot.safety.kin import ANYBODY
from bot.safety.written.letters import bare

_CHECK = "check_suitability"
_NAMES_A_CHECK = re.compile(
    r"\b(?:check\w*|test|quiz|assess\w*|questions?|suitab\w*|suits?|right for|allowed|eligible|candidate|safe|okay?|"
    r"problem|issue|matters?|worr\w+|wonder\w*|unsure|sure|know|can|could|may|might|should|would)\b"
)
_I_AM = re.compile(r"(?:hi |hello )?(?:im|i am|ive got|ive|i have|i got) \w+")
# It names nobody, and asks not who may not.
_WHO_MAY = re.compile(
    r"(?:(?:and|so|ok|but) )*who (?:all )?(?:can|could|may|is able to|gets to) "
    r"(?:have|get|try|do|use|come for|benefit from) (?:it|this|that|acupuncture)(?: then)?"
)
_CHECKS = re.compile(r"\bcheck\b")
# "Check if I can have acupuncture for sciatica" names what it is for, and asks not if that is helped.
_CHECK_IF_ONE_MAY = re.compile(
    r"(?!.*\b(?:cover\w*|insur\w*|book\w*|cancel\w*|appointments?|slots?|refund\w*|pay\w*|today|tomorrow)\b)"
    r"(?:(?:hi|hello|hey|ok|okay|so|please|pls|just|and|can|could|would|will|you|i|id|we|wed|want|wanted|need|like|to|"
    r"let|me|us|lets) )*(?:check|see|find out|work out|test) (?:if|whether) "
    rf"(?:(?:(?:i|we)|(?P<other>he|she|they)) (?:can|could|may|might|am|are|is|would be|should|shouldnt)|(?:im|its)|"
    rf"(?P<another>hes|shes|theyre)|(?P<kin>(?:my|our) (?:\w+ )?(?:{ANYBODY})) "
    r"(?:can|could|may|might|is|would be|should)) "
    r"(?:(?:able|allowed|ok|okay|fine|safe|suitable|eligible|good|right) ?(?:to|for)? ?)*(?:have|get|do|try|come for|"
    r"use|a candidate for|suitable|for)? ?(?:it|this|that|acupuncture|needles|me|him|her|them)\b.*"
)
# "Would it do him any good", where the words name no more than that.
_WOULD_HELP_THEM = re.compile(
    r"\b(?:help|do|suit|benefit|ease|work for|good for|use for|something for) (?:him|her|them)\b"
)
_OF_HELP = frozenset(
    {
        HELPS,
        Wish("topic", "who_can_benefit"),
        *(Wish("gap", of) for of in ("other_conditions", "spine_conditions", "pets")),
    }
)


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
    if wish == Wish("control", "correct_answer") and not told and state.can_be_undone:
        # Where the check has just ended in an alarm, "can you fix my answer" asks for its last question again.
        undone = state.check is None and takes_back(text)
        return meant_otherwise(text) or (Wish("control", "go_back") if undone else wish)
    return wish


def of_the_check_to_come(state: State, found: Sequence[Wish], text: str, told: Sequence[str]) -> list[Wish]:
    """The wishes as they are meant where no check is under way.

    Who asks for somebody wishes for one, who asks of nobody for none; one is offered beside what the article says to
    who asks if somebody may have acupuncture with what they have ("is it ok for my mum, she has sciatica"), and to who
    asks if it helps the one they have told of. "Now me", after a check for somebody else, wishes for one's own.
    """
    if asks_for_ones_own(state, text):
        return [Wish("check")]
    if _asks_if_it_helps_another(state, found, text):
        return [HELPS, Wish("check", "offered")]
    if pregnant := asked_of_pregnancy(found, text):
        return pregnant
    if may := _CHECK_IF_ONE_MAY.match(bare(text)):
        return [Wish("check", "other") if any(may.groups()) else Wish("check")]
    meant = [_to_come(state, wish, text, told) for wish in found]
    of_conditions = all(wish.kind == "topic" and wish.value.startswith("condition_") for wish in meant)
    if meant and of_conditions and asks_if_another_may(text):
        meant.append(Wish("check", "offered"))
    return meant


def _asks_if_it_helps_another(state: State, found: Sequence[Wish], text: str) -> bool:
    of_help = len(found) == 1 and (found[0].kind == "unclear" or found[0] in _OF_HELP)
    asks = bool(_WOULD_HELP_THEM.search(bare(text))) and not asks_if_another_may(text)
    return of_help and asks and is_about_another(state, text)


def _to_come(state: State, wish: Wish, text: str, told: Sequence[str]) -> Wish:
    if wish == Wish("check") and not told and asks_of_nobody(text):
        return Wish("check", "of_nobody")
    if wish == Wish("check") and _WHO_MAY.fullmatch(bare(text)):
        return Wish("topic", "who_can_benefit")
    only_tells = begins_to_tell(text) or _I_AM.fullmatch(bare(text)) or tells_on(state, text)
    if wish == Wish("check") and only_tells and not _NAMES_A_CHECK.search(bare(text)):
        return Wish("check", "told")
    if wish == Wish("check") and (asks_for_both(text) or asks_for_two_others(text)):
        return Wish("check", "both")
    if wish == Wish("control", "affirm") and _CHECKS.search(bare(text)):
        return Wish("check")
    if wish.kind == "unclear" and _CHECK in wish.labels and asks_if_another_may(text):
        return Wish("check", "other")
    return wish
