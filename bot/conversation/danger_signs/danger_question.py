"""The one clarifying question about a possible danger sign: remembered, and its answer judged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.conversation import check_state
from bot.conversation.content import Content
from bot.conversation.danger_signs import after_alarm
from bot.conversation.danger_signs.answers_in_words import answer_in_words, asks, says_so
from bot.conversation.danger_signs.danger import Triage
from bot.conversation.danger_signs.danger_replies import RED_FLAG, alarm, ask_about, left_open, outcome_alarm
from bot.conversation.danger_signs.second_line import CRISIS, SUICIDAL
from bot.conversation.reply import Kind, Reply
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish
from bot.conversation.wording.voice import Voice
from bot.safety.reading import SAID_OF_ANY_PAIN
from bot.safety.written.letters import bare
from bot.suitability.evaluator import evaluate
from bot.suitability.tiers import Answer, Tier

_ANSWERS = {"affirm": Answer.YES, "deny": Answer.NO, "not_sure": Answer.UNSURE}
# What is answered once the danger is ruled out.
_KEPT = ("topic", "gap", "check")
# Wishes that are followed even while the question waits.
_ANY_TIME = frozenset({"help", "talk_to_person", "privacy", "what_do_you_know", "delete_my_data", "more", "where_from"})

# "I'm okay though": what was asked about is not there.
_WELL = re.compile(
    r"(?:(?:no|nah|oh|but|well|yes|yeah|its ok|and|thanks|dont worry) )*"
    r"(?:im|i am|i feel|hes|shes|he is|she is|theyre|all|everything is|feeling) "
    r"(?:(?:all|quite|totally|perfectly|completely|absolutely|really|just|feeling) )*"
    r"(?:ok|okay|fine|alright|right|good|well)"
    r"(?: (?:now|though|thanks|thank you|today|really|again|afterwards|after|otherwise|honestly|i promise|in myself))*"
)
# Whether a leg is weak is asked; that it does not hold is more.
_WEAK_LEG, _FAILING_LEG = "leg_weakness_mild", "leg_weakness_severe"
_UNCHECKED = "unchecked_injury"
_CHECKED = re.compile(
    r"\b(?:was|were|got|been|is|had it|have it|had them) (?:all |already |all been |been |thoroughly )*(?:checked|seen|"
    r"looked at|examined|scanned|x ?rayed|cleared)\b|\bhad (?:an? |the )?(?:x ?rays?|scans?|mri|ct)\b|"
    r"\b(?:doctors?|doc|gp|hospital|er|they) (?:has |have |had |already )*(?:checked|looked|saw|seen|examined|cleared|"
    r"x ?rayed|scanned)\b|\bnothing (?:is |was |were )?(?:broken|fractured)\b"
)
# "It's been checked, nothing broken": what a likeness of words may have meant, a clinician has looked for.
_FOUND_WELL = re.compile(
    r"\b(?:nothing (?:\w+ )?(?:broken|fractured|wrong|serious|bad|there|to worry about|showed up|showing)|"
    r"no (?:breaks?|fractures?|damage)|all (?:was |is )?(?:clear|fine|good|ok|okay|normal)|"
    r"(?:was|were|is|came back|came out) (?:all )?(?:clear|fine|ok|okay|normal))\b"
)
_NOT_CHECKED = re.compile(r"\b(?:not|never|nobody|no one|wasnt|werent|hasnt|havent|isnt|without)\b")


def waits(state: State) -> bool:
    """Whether a danger question waits for its answer."""
    return state.asked is not None and state.asked.get("kind") == "danger"


def denied(state: State, text: str) -> bool:
    """Whether a sentence says no to the question: "I'm okay though", or that the injury asked about was checked."""
    if not waits(state):
        return False
    words = bare(text)
    asked = state.asked or {}
    if _CHECKED.search(words) and not _NOT_CHECKED.search(words):
        rest, found_well = _FOUND_WELL.subn(" ", words)
        of_likeness_alone = not asked["fact"] and asked["label"] != CRISIS
        if asked["fact"] == _UNCHECKED or (of_likeness_alone and found_well and _CHECKED.search(rest)):
            return True
    return bool(_WELL.fullmatch(words))


def asks_about_suicide(state: State) -> bool:
    """Whether the question that waits is about thoughts of suicide."""
    asked = state.asked or {}
    return waits(state) and (asked["fact"] == SUICIDAL or asked["label"] == CRISIS)


def in_words(content: Content, state: State, understanding: Understanding) -> str | None:
    """The intent of an answer to the question that waits, said without a yes or no: "it eases when I lie down"."""
    fact = SUICIDAL if asks_about_suicide(state) else (state.asked or {})["fact"]
    like_danger = understanding.danger.confidence if understanding.danger else 0.0
    return answer_in_words(content.danger_answers, fact, understanding.text, like_danger)


def still_told(content: Content, state: State, text: str, told: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """What a message tells without a denial of what was asked about, where its words say that it is so all the same."""
    fact = (state.asked or {})["fact"]
    if told.get(fact) is not Answer.NO or not says_so(content.danger_answers, fact, text):
        return told
    return {other: answer for other, answer in told.items() if other != fact}


def remember(state: State, triaged: Triage, then: Sequence[Wish]) -> State:
    """Keep the question, and what else the message asked for: it is answered once the danger is ruled out."""
    kept = [[w.kind, w.value] for w in then if w.kind in _KEPT]
    asked = {
        "kind": "danger",
        "fact": triaged.unclear,
        "in_words": triaged.unclear in triaged.told,
        "label": triaged.second_line,
        "then": kept,
        "again": False,
    }
    return state.but(asked=asked)


def hear(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], text: str = ""
) -> tuple[tuple[Reply, ...], State, tuple[Wish, ...]]:
    """Judge the answer: yes alarms, no clears, not sure takes the more cautious tier.

    Args:
        voice: Says the replies.
        state: The question waits in it.
        found: What the message wishes for.
        told: What it tells: who denies just what was asked about answers no ("I'm not suicidal").
        text: The message; "" for a choice by button.

    Returns:
        Replies, the new state, and the wishes still to be answered. A message that answers nothing is answered for what
        it asks and the question is put once more. Left open a second time, it counts as "not sure" where the patient
        has told something, and is let go where a likeness of words was all there was, or where the message asks
        something else: its writer has read twice when to get help and asks on. "So it's placebo then" is of something
        else without asking, which is enough where only a likeness brought up the question about suicide.
    """
    asked = dict(state.asked or {})
    fact, label = asked["fact"], asked["label"]
    answer = next((_ANSWERS[w.value] for w in found if w.kind == "control" and w.value in _ANSWERS), None)
    rest = tuple(w for w in found if not (w.kind == "control" and w.value in _ANSWERS))
    if fact == _WEAK_LEG and answer_in_words(voice.content.danger_answers, _FAILING_LEG, text, 0.0) == "affirm":
        fact, answer = _FAILING_LEG, Answer.YES  # "it gives way"
    if answer is None and told.get(fact) is Answer.NO:
        # Of such words no more is followed than a question beside them.
        answer, rest = Answer.NO, tuple(w for w in rest if w.kind in _KEPT)
    if any(wish == Wish("control", "start_over") for wish in found):
        return (), state.but(asked=None, check=None), tuple(found)
    if answer is None and not asked["again"]:
        said, state = _answered(voice, state, found)
        why = Wish("control", "why_ask") in found
        again = ask_about(voice, fact, why=why, of_another=voice.of_another or check_state.is_for_another(state))
        return (*said, again), state.but(asked={**asked, "again": True}), ()
    state = state.but(asked=None)
    speaks_of_else = not asked.get("in_words", True) and any(wish.kind in ("topic", "gap") for wish in found)
    asks_on = (asks(text) or speaks_of_else) and fact not in state.supposed
    if answer is None and (not fact or asks_on):
        # The question has been read twice: who asks on is answered, and reads once more when to get help.
        # "Ok" would have the question said again.
        return (left_open(voice, fact),), state, tuple(wish for wish in found if wish.kind != "repeat")
    if answer is Answer.NO:
        if fact:
            # New or worse pain was told, and what is denied are the signs that were asked about.
            known = Answer.YES if fact in SAID_OF_ANY_PAIN else Answer.NO
            state = state.but(facts={**state.facts, fact: known.value})
        then = tuple(Wish(kind, value) for kind, value in asked["then"]) + rest
        phrase = "danger_cleared_crisis" if fact == SUICIDAL or label == CRISIS else "danger_cleared"
        cleared = voice.reply(Kind.CHITCHAT, voice.phrase(phrase), topics=[RED_FLAG])
        return (() if then else (cleared,)), state, then
    reply = _judged(voice, state, fact, label, answer or Answer.UNSURE)
    if fact:
        state = check_state.note(voice.content.rules, state, {fact: answer or Answer.UNSURE})
    return (reply,), after_alarm.remember(voice, state.but(check=None), reply), ()


def _answered(voice: Voice, state: State, found: Sequence[Wish]) -> tuple[tuple[Reply, ...], State]:
    """What the message asks for beside the question that waits; the check stays as it is."""
    wanted = [w for w in found if w.kind in ("topic", "gap") or (w.kind == "control" and w.value in _ANY_TIME)]
    return respond(voice, state, wanted, {}, in_check=True) if wanted else ((), state)


def _judged(voice: Voice, state: State, fact: str, label: str, answer: Answer) -> Reply:
    rules = voice.content.rules
    if fact:
        assessment = evaluate(rules, {**check_state.known(rules, state), fact: answer})
        if assessment.tier >= Tier.URGENT:
            return outcome_alarm(voice, assessment)
    if answer is Answer.YES:
        return alarm(voice, Triage({}, second_line=label or "red_flag/emergency", certain=True))
    return alarm(voice, Triage({}, second_line="red_flag/urgent", certain=True))
