"""What is said to someone who has just read their result: why it is so, whether that is a yes, what now, on paper."""

from __future__ import annotations

import re

from bot.conversation.answering.small_replies import CHITCHAT
from bot.conversation.check_state import SUITABILITY, known, would_be_over
from bot.conversation.content import Content
from bot.conversation.heard.remarks import NEXT, PAPER, REMARK, VERDICT, WHY
from bot.conversation.reply import Kind, Reply
from bot.conversation.state import State
from bot.conversation.suitability_check.person_meant import asks_for_ones_own
from bot.conversation.suitability_check.who import who_needs_care
from bot.conversation.understanding import Candidate, Segment, Understanding, intent_of
from bot.conversation.wording.voice import Voice
from bot.safety.written.letters import bare
from bot.suitability.evaluator import evaluate
from bot.suitability.tiers import Tier

_MOST_REASONS = 2
# The tier of a result without a reason to wait.
_OPEN = Tier.GENERALLY_SUITABLE_CONSULT_FIRST
# Less likely than this, what was said of the result is not guessed at.
_LIKELY = 0.3
# In unknown words ("so it's a thumbs up?") it must be as likely as this.
_LIKELY_ENOUGH = 0.7
# So many times likelier than elsewhere is it that who has just read a result speaks of it.
_LIKELIER_HERE = 3.0
# Labels that ask of the result what a remark would: "can I have it then", "is that safe then".
_ASKS_OF_IT = {"check_suitability": VERDICT, "ask_is_it_safe": VERDICT, "why_ask": WHY}
_MOST_WORDS = 9
# The check once more, or its result: it is told again as a whole.
_ANEW = re.compile(r"\b(?:check|checked|test|result|results|outcome|questions?|again)\b")


def meant(content: Content, state: State, understanding: Understanding) -> str:
    """What is wished of a result that was told last (`OF_RESULT`); "" for all else.

    What tells something new is judged anew instead, and what asks of a topic is answered.
    """
    if not is_told(content, state) or asks_for_ones_own(state, understanding.text):
        return ""
    if any(state.facts.get(f.fact) != "yes" for f in understanding.findings):
        return ""
    heard = [_of_it(content, state, segment) for segment in understanding.segments]
    return next(filter(None, heard), "") if None not in heard else ""


def _of_it(content: Content, state: State, segment: Segment) -> str | None:
    """What a part wishes of the result; "" for a word of thanks, None for what is about something else."""
    if not segment.candidates:
        return None
    likeliest = max(segment.candidates, key=lambda candidate: _likely_here(content, candidate))
    unknown_words = segment.decision == "refuse" and likeliest.confidence < _LIKELY_ENOUGH
    if unknown_words or _likely_here(content, likeliest) < _LIKELY:
        return None
    if kind := _remarked(content, likeliest):
        return kind
    intent = intent_of(likeliest.label)
    if intent == CHITCHAT:
        return ""
    return _ASKS_OF_IT.get(intent) if _asks_of_this_one(content, state, intent, bare(segment.text)) else None


def _remarked(content: Content, candidate: Candidate) -> str:
    """What a remark wishes of the result; "" where it is none, or is met as anywhere."""
    intent, _, subject = candidate.label.partition("/")
    remark = content.remarks.heard.get(subject) if intent == REMARK else None
    return remark.of_result if remark else ""


def _likely_here(content: Content, candidate: Candidate) -> float:
    return candidate.confidence * (_LIKELIER_HERE if _remarked(content, candidate) else 1.0)


def _asks_of_this_one(content: Content, state: State, intent: str, words: str) -> bool:
    """Whether a few words ask of the result at hand: not of another person, of the check, or of needles in general."""
    if len(words.split()) > _MOST_WORDS or _ANEW.search(words) or (who_needs_care(words) or "self") != "self":
        return False
    # Where nothing was found, what the article says of safety is no contradiction to the result.
    return intent != "ask_is_it_safe" or evaluate(content.rules, known(content.rules, state)).tier is not _OPEN


def is_told(content: Content, state: State) -> bool:
    """Whether a result was the last thing that was told."""
    just_now = state.topics == (SUITABILITY,) and state.check is None and state.asked is None
    return just_now and would_be_over(content.rules, state)


def reply(voice: Voice, state: State, wished: str) -> Reply:
    """What is said of the result; the whole of it is told to who asks for it."""
    rules, content = voice.content.rules, voice.content
    assessment = evaluate(rules, known(rules, state))
    outcome = content.rules.outcomes[assessment.tier]
    reasons = [fired.criterion for fired in assessment.fired if not fired.criterion.is_process][:_MOST_REASONS]
    none = assessment.tier is _OPEN
    if wished == WHY and reasons:
        lines = [voice.phrase("result_why"), *(f"- {criterion.because} {criterion.advice}" for criterion in reasons)]
    elif wished == WHY:
        lines = [voice.phrase("result_why_none" if none else "result_why_unsure")]
    elif wished == NEXT:
        lines = [
            voice.phrase("result_next"),
            *(f"- {line}" for line in outcome.what_to_do),
            voice.phrase("result_reach"),
        ]
    elif wished == PAPER:
        lines = [voice.phrase("result_on_paper")]
    else:
        lines = [voice.phrase("result_is_no_yes" if none else "result_ask_first")]
    return voice.reply(Kind.CHITCHAT, "\n".join(lines), topics=[SUITABILITY])
