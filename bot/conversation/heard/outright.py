"""What words alone say where a question waits: a score, who needs care, the question again, an answer undone."""

from __future__ import annotations

import re

from bot.conversation.by_words.spoken import asks_to_repeat, calls_it_an_image, number_in, only_agrees
from bot.conversation.by_words.taken_back import meant_instead, undoes
from bot.conversation.by_words.yes_and_no import leading_answer
from bot.conversation.check_state import SUITABILITY, WHO, running_interview, was_read_back
from bot.conversation.choices import only_marks
from bot.conversation.content import Content
from bot.conversation.danger_signs.second_line import CRISIS, SUICIDAL
from bot.conversation.state import State
from bot.conversation.suitability_check.ages import is_age_of_a_child, is_age_of_an_adult, is_grown
from bot.conversation.suitability_check.at_leisure import declines, wants_it_at_once
from bot.conversation.suitability_check.who import who_needs_care
from bot.conversation.suitability_check.words import (
    asks_if_it_matters,
    confirms,
    ends_the_list,
    skips,
    stops,
    wished_of_the_check,
)
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare
from bot.suitability.interview import current

# A message of more words tells more than for whom the check is.
_SHORT = 8
# After an alarm: "should I call 911", "is this an emergency".
_ASKS_IF_NOW = re.compile(
    r"\b(?:should|do|must|shall) i (?:really |need to |have to )*(?:call|go|ring|get|see)\b|"
    r"\bis (?:this|that|it) (?:really )?(?:an emergency|serious|urgent|that bad)\b|\bcan it wait\b"
)
# The check put off: "ok maybe later, thanks anyway".
_LATER = re.compile(
    r"(?:(?:ok|okay|no|nah|sorry|well|hm+|actually|thanks|thank you|but|i think|let us|lets|we can|i can|ill|can we|"
    r"can i|do|finish|continue|it|this|that|the rest|maybe|perhaps) )*"
    r"(?:later(?: on)?|another (?:time|day)|some other (?:time|day)|not (?:right )?now|tomorrow|next time)"
    r"(?: (?:ok|okay|then|maybe|perhaps|please|sorry|thanks|thank you|anyway|though|for now|bye|goodbye))*"
)
# Words that tell who needs care when it is not asked.
_FOR_SOMEONE = re.compile(
    r"^(?:no |sorry |wait |actually |oh |i mean |i meant |(?:i )?changed my mind |(?:it|this|that) is |its |thats |"
    r"(?:the|this) check is )*"
    r"for (?:my|our|someone|a|me|myself)\b|"
    r"^(?:no |sorry |wait |actually |oh )*i (?:mean|meant) (?:for )?(?:me|myself|my \w+)$|"
    r"^(?:(?:no|yes|yep|yeah|yup|ok|okay|fine|well|oh|its|it is|just|only|for) )*(?:me|myself)$"
)


# "Honestly it's for me, I was shy to say so": told of the check, however it is led in to.
_FOR_ME_AFTER_ALL = re.compile(
    r"\b(?:its|it is|this is|it was|(?:im|i am|i was) asking) (?:for|about) (?:me|myself)\b(?! (?:to|a)\b)|"
    r"\b(?:do|check|ask|try) (?:me|myself)(?: instead| now| first| after all)\b"
)
_A_SENTENCE = 14
_TAKES_BACK = re.compile(r"^\W*(?:(?:actually|wait|sorry|oh|no|but|oops|hang on)\W+)+")
_HE_OR_SHE = re.compile(r"\b(?:hes|shes|he|she|his|her|they|theyre)\b")


def said_outright(content: Content, state: State, text: str) -> Wish | None:
    """What words alone say where a question waits: a score, who needs care, the question again, an answer undone."""
    if replied := _to_what_was_said_last(state, text):
        return replied
    if _marks_a_place(content, state, text):
        return Wish("control", "which_answer")
    if who := _who_is_meant(content, state, text):
        return Wish("who", who)
    if _asks_of_a_symptom(state) and calls_it_an_image(text):
        return Wish("control", "deny")
    if taken_back := _taken_back(state, text):
        return taken_back
    if judged_anew := _of_the_person_after_all(state, text):
        return judged_anew
    if state.check is not None and asks_to_repeat(text):
        return Wish("repeat")
    if running := running_interview(content.rules, state):
        if _LATER.fullmatch(bare(text)) or declines(text) or stops(text):
            return Wish("control", "cancel")
        if wants_it_at_once(text) and leading_answer(text) is None:
            return Wish("remark", "not_over")
        just_begun = state.check is not None and state.check.get("begun") == state.turn - 1
        prompt = current(content.rules, running)
        closes = prompt is not None and prompt.besides and ends_the_list(text)
        if was_read_back(state) and confirms(text) and not closes:
            return Wish("repeat", "confirmed")
        return wished_of_the_check(content.rules, prompt, text, just_begun=just_begun)
    return Wish("repeat") if asks_of_health(state) and only_agrees(text) else None


def _to_what_was_said_last(state: State, text: str) -> Wish | None:
    """A score or none, an offer taken up, or the question after an alarm whether it is one."""
    last = (state.asked or {}).get("kind")
    if last == "peg":
        score = number_in(text)
        return Wish("control", "cancel") if skips(text) else Wish("number", score) if score else None
    if last == "check" and bare(text) == "why not":
        return Wish("control", "affirm")
    return Wish("control", "help") if last == "alarmed" and _ASKS_IF_NOW.search(bare(text)) else None


def _marks_a_place(content: Content, state: State, text: str) -> bool:
    """Whether a number or letter alone may be a button of the check's question, or how many of what it lists."""
    running = running_interview(content.rules, state)
    prompt = current(content.rules, running) if running else None
    return prompt is not None and only_marks(text, max(len(prompt.items), len(state.offered)))


def _who_is_meant(content: Content, state: State, text: str) -> str | None:
    """For whom the check is, where that is asked or said outright: "can my son come along" says nothing of it."""
    words = bare(text)
    short = len(words.split()) <= _SHORT and not asks_if_it_matters(text)
    if state.check is not None and len(words.split()) <= _A_SENTENCE and _FOR_ME_AFTER_ALL.search(words):
        return {"adult": "self_adult"}.get(who := who_needs_care(text) or "self", who)
    running = running_interview(content.rules, state) if short else None
    if running is None:
        return None
    prompt = current(content.rules, running)
    asked = prompt is not None and prompt.question in WHO
    if asked and is_age_of_a_child(text):
        return "under_18"
    if is_age_of_an_adult(text) or (prompt is not None and prompt.question == "age" and is_grown(text)):
        return "other_adult" if asked and _HE_OR_SHE.search(words) else "adult"
    return who_needs_care(text) if asked or _FOR_SOMEONE.match(words) else None


def _of_the_person_after_all(state: State, text: str) -> Wish | None:
    """A check for whom it was meant after all, or for the age that is told once it has ended for somebody under 18."""
    if state.check is not None:
        return None
    if _was_for_another(state, text):
        return Wish("check")
    if state.topics != (SUITABILITY,) or state.facts.get("minor") != "yes":
        return None
    if is_age_of_a_child(text):
        return Wish("check")
    return Wish("check", "anew") if is_age_of_an_adult(_TAKES_BACK.sub("", text.lower())) else None


def _was_for_another(state: State, text: str) -> bool:
    """Whether the check that is over was for somebody else than the message says: "oh wait, it's for me, 40"."""
    before = state.facts.get("for_someone_else", "")
    if not before or not _FOR_SOMEONE.match(bare(text)):
        return False
    return (who_needs_care(text) or "").partition("_")[0] == {"yes": "self", "no": "other"}.get(before)


def _taken_back(state: State, text: str) -> Wish | None:
    """The answer before taken back in so many words, and what it should have been where that is said."""
    if not state.can_be_undone:
        return None
    if meant := meant_instead(text):
        return Wish("instead", meant)
    return Wish("control", "go_back") if undoes(text) else None


def asks_of_health(state: State) -> bool:
    """Whether a question of the check, or one about a danger sign, waits for its answer."""
    return state.check is not None or (state.asked is not None and state.asked["kind"] == "danger")


def _asks_of_a_symptom(state: State) -> bool:
    """Whether a question about a danger sign waits, and not one about a wish to die: that is never an image."""
    if state.asked is None or state.asked["kind"] != "danger":
        return False
    return not {SUICIDAL, CRISIS}.intersection((state.asked["fact"], state.asked["label"]))
