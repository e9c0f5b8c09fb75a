"""What a message answers to the question that waits, in so many words, and what denies nothing though it says "no"."""

from __future__ import annotations

import re

from bot.conversation.by_words.no_of_a_thing import is_none_of_it, thing_denied
from bot.conversation.by_words.yes_and_no import closing_answer, ends_in_nothing_since, leading_answer
from bot.conversation.check_state import on_screen
from bot.conversation.content import Content
from bot.conversation.danger_signs import danger_question
from bot.conversation.danger_signs.answers_in_words import plainly_denies
from bot.conversation.state import State
from bot.conversation.suitability_check.all_is_well import said_of_ones_health
from bot.conversation.suitability_check.gone_through import leaves_some_open
from bot.conversation.suitability_check.item_by_item import denies_something_else
from bot.conversation.suitability_check.no_medicine import takes_no_medicine
from bot.conversation.understanding import Understanding
from bot.safety.written.letters import bare

_OF_A_PERSON = re.compile(
    r"(?:(?:um|uh|er|well|oh|so|ok|okay|and|but|actually|honestly|no|yes|hmm|only|just) )*"
    r"(?:i|im|ive|id|he|hes|hed|she|shes|shed|they|theyre|theyve|we|weve|it|its|my|his|her|their)\b"
)
_NOT_WELL = re.compile(
    r"\b(?:not|isnt|arent|wasnt|none of (?:it|them|this) (?:is|are|feels?)|nothing (?:is|feels?|works?)|doesnt feel|"
    r"dont feel) (?:\w+ )?(?:normal|right|fine|ok|okay|the same|well|as it (?:was|should))\b|"
    r"\bfeels? (?:\w+ )?(?:different|odd|strange|weird|funny|wrong|dead|numb)\b"
)
# Of so many things that are asked about together one that is denied leaves the others open.
_MANY = 3
_EVERY_NO = re.compile(r"\bno\b", re.IGNORECASE)
# "So no?" asks whether that was a no.
_ASKS_WHICH = re.compile(
    r"(?:so|then|meaning|ok so|so then|so it's|so its|so that's|so thats)\W+(?:a )?(?:yes|no)\W*\?+"
)
_WISHES_OR_FEARS = re.compile(
    r"\b(?:want|wants|wanted|wanna|wish|need|needs|like to|love to|wonder\w*|worr\w+|afraid|scared|nervous|hop\w+|"
    r"heard|hear|read|told me|interested|curious|looking|prefer|question|thought|think|know|see)\b"
)


def answer_said(content: Content, state: State, understanding: Understanding) -> str | None:
    """The answer that is said in so many words to the question that waits."""
    if leaves_some_open(on_screen(content.rules, state), understanding.text):
        return None
    if _ASKS_WHICH.fullmatch(understanding.text.strip().lower()):
        return None
    if takes_no_medicine(understanding.text):
        return None  # what else is asked about is not denied by it
    spoken = leading_answer(understanding.text) or closing_answer(understanding.text)
    if spoken == "deny" and danger_question.asks_about_suicide(state) and not plainly_denies(understanding.text):
        spoken = None
    if spoken is None and danger_question.denied(state, understanding.text):
        return "deny"
    if spoken is None and danger_question.waits(state):
        return danger_question.in_words(content, state, understanding)
    if spoken == "deny" and is_no_denial(content, state, understanding):
        return None
    if spoken is None and state.check is not None and _tells_of_the_past_alone(understanding):
        return "deny"
    return spoken or said_of_ones_health(content, state, understanding)


def is_no_denial(content: Content, state: State, understanding: Understanding) -> bool:
    """Whether words with a "no" in them say that something is wrong, or that there is none of something else.

    "None of it feels right" and "not exactly normal" do the one, "no parking then" the other. Where the net read
    nothing, what looks like a danger sign denies nothing; "no fever" denies no tight belt either.
    """
    if _NOT_WELL.search(bare(understanding.text)) or denies_something_else(content, state, understanding):
        return True
    if _denies_a_thing_alone(content, state, understanding) or takes_no_medicine(understanding.text):
        return True
    first = (s.candidates[0].label for s in understanding.segments if s.candidates and s.decision == "accept")
    return not understanding.findings and any(label.startswith("red_flag") for label in first)


def _denies_a_thing_alone(content: Content, state: State, understanding: Understanding) -> bool:
    """Whether a "no" is of one thing: none of the question's ("no parking then"), or one of many that it lists."""
    thing = thing_denied(understanding.text)
    if not thing:
        return False
    if not understanding.findings:
        return is_none_of_it(thing, _words_asked(content, state))
    prompt = on_screen(content.rules, state)
    if prompt is None or any(finding.status != "absent" for finding in understanding.findings):
        return False
    several = (
        len({finding.fact for finding in understanding.findings}) > 1 or len(_EVERY_NO.findall(understanding.text)) > 1
    )
    return not several and len(prompt.items) >= _MANY


def _words_asked(content: Content, state: State) -> frozenset[str]:
    """The words of what the check asks on screen."""
    prompt = on_screen(content.rules, state)
    if prompt is None:
        return frozenset()
    named = (word for _, words in prompt.told_by for word in words)
    choices = (choice.label for choice in prompt.choices)
    return frozenset(bare(" ".join((prompt.text, *prompt.items, *choices, *named))).split())


def _tells_of_the_past_alone(understanding: Understanding) -> bool:
    """Whether what is told is over: "a car crash in 2010 but nothing since"."""
    if any(finding.status in ("present", "uncertain") for finding in understanding.findings):
        return False
    return ends_in_nothing_since(understanding.text)


def tells_of_a_person(understanding: Understanding) -> bool:
    """Whether the words tell of a person, and do not ask by what they wish for or fear."""
    if any(finding.status in ("present", "absent", "past") for finding in understanding.findings):
        return True
    words = bare(understanding.text)
    return bool(_OF_A_PERSON.match(words)) and not _WISHES_OR_FEARS.search(words)
