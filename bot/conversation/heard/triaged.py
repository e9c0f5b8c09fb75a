"""What a message tells of danger and of the person, as it is meant where the conversation stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import check_state
from bot.conversation.content import Content
from bot.conversation.danger_signs.danger import Triage, histories, precautions, triage
from bot.conversation.danger_signs.in_pieces import OF_WHAT_WAS_TOLD, beside_a_pregnancy
from bot.conversation.danger_signs.second_line import CRISIS, SUICIDAL, URGENT
from bot.conversation.danger_signs.taken_up import taken_up
from bot.conversation.state import State
from bot.conversation.suitability_check.ages import is_age_of_an_adult
from bot.conversation.suitability_check.gone_through import Part, gone_through, told_by_part
from bot.conversation.suitability_check.item_by_item import as_answered
from bot.conversation.suitability_check.no_medicine import medicines_denied
from bot.conversation.suitability_check.pointed_at import names_a_listed
from bot.conversation.suitability_check.steering import steers
from bot.conversation.suitability_check.supposes import only_supposes
from bot.conversation.suitability_check.words import stops
from bot.conversation.understanding import Understanding
from bot.safety.clauses import asks_for_meaning, may_name_crisis
from bot.safety.reading import SAID_OF_ANY_PAIN, may_name_danger_beside
from bot.suitability.tiers import Answer

_SHORT_ANSWER = 12
_SOUNDS_LIKE_STOP = frozenset({"night_pain_constant"})
# The first of the questions that list danger signs, and the one that lists those which are no emergency.
_FIRST_OF_DANGER, _OF_ILLNESS = "nerves", "signs"
# "Sorry" alone is no word of a crisis.
_LED_IN = re.compile(r"^\W*(?:(?:oh|no|wait|sorry|actually|so|ok|okay|hang on|right|well|um|uh|please)\b\W*)+")


def triaged_here(content: Content, state: State, understanding: Understanding, asked_of: Sequence[str] = ()) -> Triage:
    """What the message tells of danger and of the person, as it is meant where the conversation stands.

    Args:
        content: Knows the rules.
        state: What is remembered.
        understanding: The message.
        asked_of: The danger signs that the message before only asked of.
    """
    known = check_state.known(content.rules, state)
    understanding = _as_meant(state, understanding, known)
    triaged = triage(content.rules, understanding, known, undoubted=OF_WHAT_WAS_TOLD if state.check is None else ())
    noted = precautions(content.rules) | histories(content.rules)
    if only_supposes(understanding.text):
        triaged = replace(triaged, told={f: answer for f, answer in triaged.told.items() if f not in noted})
    if state.check is not None:
        answered = as_answered(understanding, triaged.told, noted)
        triaged = replace(triaged, told={**medicines_denied(understanding.text), **answered})
        if parts := gone_through(check_state.on_screen(content.rules, state), understanding.text):
            return _by_part(parts, understanding, triaged)
    if check_state.asks_who(content.rules, state) and is_age_of_an_adult(understanding.text):
        return Triage(triaged.told)  # "38, male" looks like a temperature
    likeness_counts = state.check is None and triaged.second_line
    if not likeness_counts and triaged.told.keys() <= _SOUNDS_LIKE_STOP and stops(understanding.text):
        return Triage({})  # it is like a pain that never stops
    if not triaged.alarms and names_a_listed(check_state.on_screen(content.rules, state), understanding.text):
        return Triage(triaged.told)  # "chest", to a question that lists it, is a yes
    if _likeness_alone_doubts_an_answer(content, state, understanding, triaged):
        return Triage(triaged.told)  # "yes, aneurysm", to the question that asks about one
    if state.check is not None and triaged.unclear in SAID_OF_ANY_PAIN:
        # "It got much worse this week" answers the check, which knows of what illness it is an emergency.
        return Triage(triaged.told)
    if _steers(state, understanding, triaged):
        return Triage(triaged.told)
    if listed := _asked_about_next(content, state, triaged):
        return replace(triaged, listed=listed)
    if not triaged.alarms and (fact := taken_up(asked_of, understanding.text)):
        return Triage(triaged.told, unclear=fact)
    return triaged


def _as_meant(state: State, understanding: Understanding, known: Mapping[str, Answer]) -> Understanding:
    """The message with what it tells beside what was told before, and without what it only asks back."""
    if (state.check is not None or state.asked) and asks_for_meaning(understanding.text):
        return understanding.with_heard(replace(understanding.heard, findings=()))  # "dizzy how, like fainting?"
    return beside_a_pregnancy(understanding, known)


def _asked_about_next(content: Content, state: State, triaged: Triage) -> str:
    """Where the check itself asks about what is only like a danger sign: "here", on screen, "later", or "".

    All that alarms is asked from the first list on; what is no emergency by the list of signs of illness.
    """
    prompt = check_state.on_screen(content.rules, state)
    if prompt is None or triaged.alarms or triaged.unclear or not triaged.second_line:
        return ""
    of_illness = prompt.question == _OF_ILLNESS
    if prompt.question == _FIRST_OF_DANGER or of_illness:
        heard = triaged.second_line == URGENT or (triaged.second_line != CRISIS and not of_illness)
        return "here" if heard and not prompt.again else ""
    known = check_state.known(content.rules, state)
    to_come = not content.rules.question(_OF_ILLNESS).facts <= known.keys()
    return "later" if triaged.second_line == URGENT and to_come else ""


def _steers(state: State, understanding: Understanding, triaged: Triage) -> bool:
    """Whether words like despair say of the check whom it is for, or to do it again, and hold no word of a crisis."""
    if state.check is None or triaged.alarms or triaged.unclear != SUICIDAL or SUICIDAL in triaged.told:
        return False
    danger = understanding.danger
    words = _LED_IN.sub("", understanding.text.lower())
    sounds_alike = danger is None or (danger.lead < 0 and not may_name_crisis(words))
    return sounds_alike and steers(understanding.text)


def _by_part(parts: Sequence[Part], understanding: Understanding, triaged: Triage) -> Triage:
    """What a list gone through tells: only what is said to be so alarms, and nothing is like a danger sign."""
    told = told_by_part(parts, understanding.findings, triaged.told)
    still = {fact for fact, answer in told.items() if answer is Answer.YES}
    if any(still.intersection(fired.facts) for fired in triaged.alarming):
        return replace(triaged, told=told)
    return Triage(told)


def _likeness_alone_doubts_an_answer(
    content: Content, state: State, understanding: Understanding, triaged: Triage
) -> bool:
    """Whether a short message names only what the check's question asks about, and the net alarms at none of it."""
    if triaged.alarming or triaged.unclear or not triaged.second_line or triaged.second_line == CRISIS:
        return False
    told = {f.fact for f in understanding.findings if (f.status, f.subject) == ("present", "patient")}
    short = len(understanding.text.split()) <= _SHORT_ANSWER
    asked = check_state.asked_about(content.rules, state)
    return short and bool(told) and told <= asked and not may_name_danger_beside(understanding.heard)
