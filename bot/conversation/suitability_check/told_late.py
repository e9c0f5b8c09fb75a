"""Something told once the check has gone on: "wait, he did have a fall", "oh, I forgot, there is my chest"."""

from __future__ import annotations

import re
from itertools import chain

from bot.conversation.by_words.spoken import asks
from bot.conversation.check_state import running_interview
from bot.conversation.content import Content
from bot.conversation.state import State
from bot.conversation.suitability_check.pointed_at import names_any
from bot.conversation.suitability_check.steering import steers
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare
from bot.suitability.interview import current
from bot.suitability.interview_state import State as Interview

_LED_IN = re.compile(
    r"^(?:(?:oh|ah|no|yes|h+m+|um|uh|sorry|ok|okay|and|but|well|so|just|one thing) )*"
    r"(?:wait|hold on|hang on|actually|scratch that|correction|my bad|i lied|tell a lie|on second thoughts?|"
    r"(?:i )?(?:forgot|almost forgot|nearly forgot|remember(?:ed)?)(?: to (?:say|mention|tell you))?|"
    r"(?:to )?come to think(?: of it| about it)?|"
    r"(?:now )?(?:that )?(?:i|im) (?:think|thinking)(?: of it| about it| back)|"
    r"thinking (?:of it|about it|back)|i should(?:ve| have)? (?:said|mentioned|told you)|"
    r"(?:i )?(?:meant|wanted) to (?:say|mention))\b(?P<rest>.*)"
)
# Whoever says what is or was so; "wait, what do you mean" tells nothing.
_TELLS = re.compile(
    r"\b(?:i|ive|im|he|hes|she|shes|they|theyre|theyve|we|weve|it|its|there|there[s]|my|his|her|their)\b.*\b"
    r"(?:did|do|does|had|have|has|ve|was|were|is|s|am|are|got|gets?|took|takes?|used|fell|felt|feels?|hit|hurts?|broke|"
    r"lost|went|been|been|came|comes|gave|gives|slipped|tripped|banged|landed)\b|"
    r"\b(?:ive|im|hes|shes|theyre|theyve|weve|there[s])\b"
)


def told_late(content: Content, state: State, understanding: Understanding) -> Wish | None:
    """What words wish that take up a question of the check after all; None where they tell nothing of the kind.

    Words in which the net has found something are noted as they are, whatever leads in to them.
    What the question on screen or the one before lists is a doubt of it: that one is put in simpler words. For all
    else it is said how to change an answer, since nobody can tell which one was meant.
    """
    running = running_interview(content.rules, state)
    text = understanding.text
    waits = running is not None and not understanding.findings and not steers(text)
    led_in = _LED_IN.match(bare(text)) if waits else None
    if running is None or not led_in or "?" in text or asks(led_in["rest"]) or not _TELLS.search(led_in["rest"]):
        return None
    prompt = current(content.rules, running)
    if prompt is not None and names_any(prompt.named, led_in["rest"]):
        return Wish("control", "not_sure")
    if names_any(_answered_last(content, running), led_in["rest"]):
        return Wish("instead", "not_sure")
    return Wish("control", "correct_answer")


def _answered_last(content: Content, running: Interview) -> tuple[str, ...]:
    """The names of what the question lists that was answered last."""
    answered = [event for event in running.events if event.kind == "answer"]
    return tuple(chain.from_iterable(content.rules.question(answered[-1].question).named)) if answered else ()
