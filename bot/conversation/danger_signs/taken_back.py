"""What is said right after an alarm and takes it back: that the sign is old, or that it was not meant so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.conversation.by_words.spoken import asks
from bot.conversation.content import Content
from bot.conversation.danger_signs import after_alarm
from bot.conversation.danger_signs.answers_in_words import OLD, answer_in_words
from bot.conversation.danger_signs.danger import Triage
from bot.conversation.danger_signs.danger_replies import RED_FLAG
from bot.conversation.danger_signs.standing_alarm import as_soon
from bot.conversation.reply import Kind, Reply
from bot.conversation.state import State
from bot.conversation.wish import Wish
from bot.conversation.wording.voice import Voice
from bot.safety.clauses import may_name_danger
from bot.safety.finding import Finding
from bot.safety.written.letters import bare
from bot.suitability.evaluator import evaluate
from bot.suitability.tiers import Answer, Tier

# "I meant tired", "that was a typo".
_MISUNDERSTOOD = re.compile(
    r"\b(?:i (?:just |only )?(?:meant|mean)|i (?:never|didnt|did not) (?:say|said|mean|meant|write|wrote)|typo|"
    r"mistype\w*|"
    r"misspell\w*|misspelt|auto ?correct\w*|wrong word|misread|misunderst\w+|mistake|correction|"
    r"(?:said|wrote|put|typed|worded) (?:it|that) wrong(?:ly)?|not what i (?:meant|said|wrote))\b"
)
# "They are not weak, I meant tired": the word that was not meant.
_NOT_THAT = re.compile(
    r"\b(?:not|isnt|arent|wasnt|never) (?P<first>\w+) (?:(?:sorry|but|no) )*i (?:just |only )?(?:meant|mean)\b|"
    r"\bi (?:just |only )?(?:meant|mean) (?:(?:to (?:say|write)|its|they are|theyre) )?(?:\w+ ){1,3}(?:and )?not "
    r"(?P<last>\w+)$"
)
# In fewer words nothing is told anew: "that was a mistake".
_FEWEST_WORDS = 5
# What is gone or is not so just now was there, and is as grave.
_NOT_NOW = re.compile(
    r"\b(?:now|any ?more|any ?longer|no longer|today|tonight|yet|went|gone|going|stopped|stops|better|eased|passed|"
    r"always|at the moment|at present|sometimes|again|as (?:bad|much)|so|too|very|really|completely|totally)\b"
)
# "I've had back pain for years" is of the back, and what no doctor knows of has to be looked at.
_OF_THE_PAIN = re.compile(r"\b(?:back|neck|leg|hip) ?(?:pain|ache|problem|trouble|issue)s?\b|\bpains?\b|\bsciatica\b")
_UNSEEN = re.compile(
    r"\b(?:no|never|not|nobody|havent|hasnt|didnt|dont|doesnt|without)(?: \w+){0,3} "
    r"(?:doctors?|docs?|dr|gp|anyone|anybody|told|checked|seen|looked|mentioned|bothered)\b|\b(?:undiagnosed|unchecked)\b"
)


def of_alarm(content: Content, triaged: Triage, findings: Sequence[Finding]) -> dict[str, object]:
    """What is remembered of the signs that alarmed: which they are, and whether one was told to be new."""
    alarming = {fact for fired in triaged.alarming for fact in fired.facts} & content.rules.facts.keys()
    facts = sorted(fact for fact in alarming if triaged.told.get(fact) is Answer.YES)
    return {"facts": facts, "new": any(f.fact in facts and f.onset == "new" for f in findings)}


def hear(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], text: str
) -> tuple[Reply, State] | None:
    """The reply to who takes back what alarmed, and the memory without the alarm; None where it stands.

    A sign that is told to be old alarms nobody where that is said in the same message (docs/decisions/0005), so neither
    does it in the next. What began lately and a wish to die stay as they are, and so does what is said to have gone: it
    was there.

    Args:
        voice: Says it.
        state: What is remembered, with the signs that alarmed.
        found: What the message wishes for.
        told: The facts in it.
        text: Its words; "" for a button.
    """
    asked = state.asked or {}
    if not after_alarm.waits(state) or asked["crisis"] or "facts" not in asked or not text:
        return None
    facts = asked["facts"]
    if asks(text) or any(wish.kind == "check" for wish in found):
        return None
    left = {f: answer for f, answer in state.facts.items() if f not in facts}
    if _alarms_still(voice.content, {**{f: Answer(a) for f, a in left.items()}, **told}):
        return None
    if facts and not asked["new"] and voice.content.rules.dated.issuperset(facts) and _is_old(voice.content, text):
        key = "alarm_old"
    elif _was_not_meant(voice.content, facts, told, text):
        key = "alarm_put_right"
        left |= dict.fromkeys(facts, Answer.NO.value)
    else:
        return None
    text = voice.phrase(as_soon(voice, state, key))
    reply = voice.reply(Kind.CHITCHAT, text, topics=[RED_FLAG], consult_length="after_help")
    return reply, state.but(asked=None, alarm=None, facts=left)


def _alarms_still(content: Content, known: Mapping[str, Answer]) -> bool:
    """Whether what else is known, or what is told just now, calls for care today all the same."""
    doubtful = {fact: Answer.YES if answer is Answer.UNSURE else answer for fact, answer in known.items()}
    return evaluate(content.rules, doubtful).tier >= Tier.URGENT


def _is_old(content: Content, text: str) -> bool:
    """Whether a message says that it has been so for years, and not that no doctor knows of it."""
    words = bare(text)
    if _OF_THE_PAIN.search(words) or _UNSEEN.search(words):
        return False
    return answer_in_words(content.danger_answers, OLD, text, 0.0) == "deny"


def _was_not_meant(content: Content, facts: Sequence[str], told: Mapping[str, Answer], text: str) -> bool:
    """Whether a message says that it was put wrongly, and denies each of the signs.

    Where a likeness of words alarmed and no sign was found, it is enough that the other words name none.
    """
    words = bare(text)
    if not _MISUNDERSTOOD.search(words) or _NOT_NOW.search(words):
        return False
    if not facts:
        return len(words.split()) >= _FEWEST_WORDS and not may_name_danger(words)
    if not_that := _NOT_THAT.search(words):
        start, end = not_that.span("first" if not_that["first"] else "last")
        return not may_name_danger(f"{words[:start]} {words[end:]}")
    return all(
        told.get(fact) is Answer.NO or answer_in_words(content.danger_answers, fact, text, 0.0) == "deny"
        for fact in facts
    )
