"""What is said to someone who has just read their result: why it is so, whether that is a yes, what now, on paper."""

from __future__ import annotations

import re

from bot.conversation.content import Content
from bot.conversation.follow_ups import bare
from bot.conversation.reply import Kind, Reply
from bot.conversation.state import State
from bot.conversation.suitability_check.check_state import SUITABILITY, known, would_be_over
from bot.conversation.voice import Voice
from bot.suitability.evaluator import evaluate
from bot.suitability.tiers import Tier

WHY, VERDICT, NEXT, PAPER = "why", "verdict", "next", "paper"
_MOST_REASONS = 2
_LED_IN = r"(?:(?:ok|okay|so|and|but|then|oh|great|good|thanks|thank you|hm+|well|right|cool|wait|sorry|please) )*"
_IS_ALL_RIGHT = (
    r"(?:fine|ok|okay|good|good to go|safe|cleared|clear|healthy|allowed|suitable|in the clear|all good|all right|"
    r"alright|good news|bad news)"
)
_SAID = (
    (
        WHY,
        re.compile(
            rf"{_LED_IN}(?:why|how come|why (?:is (?:that|it|this)|not|so|first|cant i|do i|should i|am i|the doctor|"
            r"my (?:doctor|provider))\b.*|what(?:s| is| was) (?:wrong|the (?:problem|matter|reason|issue))\b.*|"
            r"is (?:that|this|it) (?:really )?(?:a problem|serious|dangerous|that bad)\b.*|"
            r"(?:because|cos|coz) of (?:what|which)\b.*|which (?:answer|one|part)\b.*|what (?:made|makes)\b.*|"
            r"based on what|what did i (?:say|answer|get)\b.*|how did you (?:get|work|come|decide|reach)\b.*)"
        ),
    ),
    (
        VERDICT,
        re.compile(
            rf"{_LED_IN}(?!.*\bbook)(?:(?:does |do )?(?:that|this|it|you)(?: just)? (?:means?|is|says?|"
            rf"mean to say)(?: that)? )?"
            rf"(?:(?:im|i am|am i|id be|i would be) {_IS_ALL_RIGHT}|its (?:a )?(?:yes|no|{_IS_ALL_RIGHT})|"
            rf"is (?:it|that|this) (?:a )?(?:yes|no|{_IS_ALL_RIGHT})|i can (?:have|do|get|start|go ahead|come)\b.*|"
            r"can i (?:just |still |now )?(?:have|go ahead|do|start|get|come)\b.*|yes or no|did i pass|i passed|"
            r"all clear|"
            r"good to go|nothing (?:is )?wrong\b.*|nothing to worry about|"
            r"what (?:does|do) (?:that|this|it|you)(?: all)? mean|(?:(?:can|could) you |please )*(?:explain|put|"
            r"say) (?:it|that|this) "
            r"(?:simpl\w+|more simply|in (?:plain|simple|other|easy) \w+)|i (?:dont|do not) (?:get|"
            r"understand)(?: (?:it|that|this))?|"
            r"(?:so )?i (?:cant|can not|cannot)(?: have (?:it|this|needles|acupuncture))?|(?:is )?(?:that|its|so|"
            r"thats) (?:a )?no|"
            r"what if (?:my )?(?:mom|mum|mother|dad|father|parents?|doctor|doc|gp|provider|he|she|they)\b.*)"
            r"(?: (?:then|now|right|yes|or no|or not|please|pls|"
            r"for me))*"
        ),
    ),
    (
        NEXT,
        re.compile(
            rf"{_LED_IN}(?:what (?:now|next|(?:do|should|shall|can|must) (?:i|we) do|happens)(?: (?:now|next|then|with "
            r"(?:that|this)))*|now what|whats (?:the )?next(?: steps?)?|what (?:is|are) the next steps?|"
            r"where do i go from here|and now)"
        ),
    ),
    (
        PAPER,
        re.compile(
            rf"{_LED_IN}(?:(?:can|could|how|do|i|you|want|to|would|like|id|may|where|is|there|a|way|me|should) )*"
            r"(?:print|save|send|email|download|copy|keep|share|screenshot|show|take|get)(?: (?:me|it|this|that|"
            r"these|the|"
            r"my|a|to|with|for|on|out|of|in|doctor|provider|paper|page|pdf|copy|result|results|answers|summary|"
            r"along|please|pls|thanks))*"
        ),
    ),
)
_ON_PAPER = re.compile(
    r"\b(?:print|save|send|email|download|copy|pdf|paper|screenshot|summary)\b|\b(?:show|take)\b.*\bto\b"
)


def meant(text: str) -> str:
    """What is wished of a result just read: WHY, VERDICT, NEXT or PAPER; "" for all else."""
    words = bare(text)
    wished = next((kind for kind, pattern in _SAID if pattern.fullmatch(words)), "")
    return "" if wished == PAPER and not _ON_PAPER.search(words) else wished


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
    none = assessment.tier is Tier.GENERALLY_SUITABLE_CONSULT_FIRST
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
