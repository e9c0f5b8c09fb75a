"""A danger sign that one message only asks of and the next tells: "can it help incontinence", "it began last week".

Hopelessness takes up a low mood in the same way: "I'm depressed", "what's the point".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.danger_signs.in_pieces import LEAKS, PART, part_named, told_in_pieces
from bot.conversation.danger_signs.low_mood import is_hopeless, tells_low_mood
from bot.conversation.danger_signs.second_line import SUICIDAL
from bot.conversation.understanding import Understanding
from bot.safety.written.letters import bare
from bot.suitability.evaluator import tier_alone
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Tier

_LED_IN = r"(?:(?:yes|yeah|yep|yea|well|so|ok|okay|and|but|actually|oh|um|mine|because|cos|cuz|its just) )*"
_DAYS = r"(?:hours?|days?|nights?|weeks?|mornings?|fortnight|month)"
_LATELY = (
    rf"(?:today|tonight|yesterday|lately|recently|just now|this {_DAYS}|last {_DAYS}|the other day|"
    rf"since \w+|for (?:\w+ ){{0,3}}{_DAYS}|(?:\w+ ){{1,2}}{_DAYS} ago|all {_DAYS}|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday)"
)
_COMES = r"(?:start(?:s|ed|ing)?|began|begun|comes? on|came on|happen(?:s|ed|ing)?|keeps|been|got|gets|getting|gone)"
_IS_SO = re.compile(
    # "It started last week", "they've been like that since Friday".
    rf"{_LED_IN}(?:it|its|that|thats|this|they|theyre|theyve|those) (?:\w+ ){{0,3}}(?:{_COMES}|new|worse)\b.*|"
    rf"{_LED_IN}(?:it|its|that|thats|this|they|theyre|theyve|those) (?:\w+ ){{0,4}}{_LATELY}\b.*|"
    # "Only since yesterday", "for two days now".
    rf"{_LED_IN}(?:only |just |about |maybe )*{_LATELY}\b(?: \w+){{0,4}}|"
    # "I have that", "that's me", "it happens to me".
    rf"{_LED_IN}i(?:ve)? (?:do |did |really |also |already |think i )*(?:have|got|get|had|feel|do) "
    r"(?:it|that|this|them|those|these|one|the same)\b.*|"
    rf"{_LED_IN}(?:thats|that is) (?:me|what i have|what ive got|how i am|how it is)\b.*|"
    rf"{_LED_IN}i do(?: now| have)?|"
    # "Like I did this morning".
    rf"{_LED_IN}(?:like|as|which|and) i (?:just |already )?(?:did|do|have) (?:\w+ ){{0,2}}{_LATELY}\b.*"
)
# Denied, old, another's, or a question and no more.
_IS_NOT = re.compile(
    r"\b(?:not|no|never|dont|doesnt|didnt|isnt|arent|havent|hasnt|wasnt|years?|decades?|childhood|kid|old|used to|fine|"
    r"better|question|asking|asked|wondering|curious|hypothetical\w*|friend|in general|helps?|helped|work(?:s|ed)?)\b"
)

# "Twice, for no reason" denies nothing.
_NO_REASON = re.compile(r" (?:for|with) no (?:\w+ )?(?:reason|cause|warning)\b")
# Stands among what a message asked of where its writer told of a low mood.
LOW_MOOD = "low_mood"


def supposed(rules: RuleSet, understanding: Understanding) -> tuple[str, ...]:
    """The danger signs that a message asks of without saying that anybody has them, the gravest first.

    A low mood, and a part of the body that it only names, stand among them.
    """
    asked_of = {f.fact for f in understanding.findings if f.status == "hypothetical" and f.subject == "patient"}
    tiers = {fact: tier_alone(rules, fact) for fact in sorted(asked_of) if fact in rules.facts}
    signs = tuple(sorted((f for f in tiers if tiers[f] >= Tier.URGENT), key=lambda f: -tiers[f]))
    part = part_named(understanding.text)
    signs = (*signs, part) if part else signs
    return (*signs, LOW_MOOD) if tells_low_mood(understanding.text) else signs


def taken_up(asked_of: Sequence[str], text: str) -> str:
    """The danger sign that the message before asked of, where this one says that it is so; else "".

    Args:
        asked_of: What the message before asked of (`supposed`).
        text: This message.
    """
    words = _NO_REASON.sub("", bare(text))
    if (LOW_MOOD in asked_of or tells_low_mood(text)) and is_hopeless(text):
        return SUICIDAL
    if in_pieces := told_in_pieces(asked_of, text):
        return in_pieces
    if f"{PART}{LEAKS}" in asked_of and "?" not in text and _IS_SO.fullmatch(words) and not _IS_NOT.search(words):
        return "bladder_change"
    asked_of = [fact for fact in asked_of if fact != LOW_MOOD and not fact.startswith(PART)]
    if not asked_of or "?" in text or _IS_NOT.search(words) or not _IS_SO.fullmatch(words):
        return ""
    return asked_of[0]
