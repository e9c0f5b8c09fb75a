"""An answer to the check's question that says of one's health as a whole that nothing is wrong, in whatever words."""

from __future__ import annotations

from bot.conversation.by_words.spoken import asks
from bot.conversation.check_state import WHO, on_screen
from bot.conversation.content import Content
from bot.conversation.heard.remarks import REMARK
from bot.conversation.state import State
from bot.conversation.suitability_check.in_free_words import begins_with_nothing, is_the_same_as_ever
from bot.conversation.suitability_check.pointed_at import names_any
from bot.conversation.suitability_check.steering import NO_MORE
from bot.conversation.understanding import Segment, Understanding
from bot.conversation.wish import STEER

# What says, to a question whether something is wrong, that nothing is.
_ALL = f"{STEER}/{NO_MORE}"
_WELL = frozenset({"deny", f"{REMARK}/no_symptoms", _ALL})
_BESIDE_ALL = 0.3
# So likely each part has to be one of these; to a list of signs that alarm at once as likely as the last to deny them.
_LIKELY, _LIKELY_ON_A_LIST, _LIKELIER = 0.35, 0.4, 0.8
# So little may it be like a danger sign.
_LIKE_DANGER, _LIKE_DANGER_ON_A_LIST = 0.15, 0.05


def said_of_ones_health(content: Content, state: State, understanding: Understanding) -> str | None:
    """The intent of an answer such as "everything works as it should", which denies; else None.

    Nothing may be told beside it that the safety net knows, and nothing asked. Less sure, to signs that alarm at once,
    it is a doubt: the question is put once more in simpler words.
    """
    prompt = on_screen(content.rules, state) if (state.asked or {}).get("kind") != "danger" else None
    if prompt is None or prompt.kind != "yes_no" or prompt.question in WHO or asks(understanding.text):
        return None
    if is_the_same_as_ever(prompt, understanding.text):
        return "deny"
    if any(f.status in ("present", "uncertain") and f.subject == "patient" for f in understanding.findings):
        return None
    if names_any(prompt.named, understanding.text):
        return None  # "legs fine" says nothing of the bladder
    like_danger = understanding.danger.confidence if understanding.danger else 0.0
    alarms = bool(prompt.named)
    if like_danger > (_LIKE_DANGER_ON_A_LIST if alarms else _LIKE_DANGER):
        return None
    if begins_with_nothing(understanding.text) and not understanding.findings:
        return "deny"
    likely = min((_is_well(segment) for segment in understanding.segments), default=0.0)
    if likely < (_LIKELY_ON_A_LIST if alarms else _LIKELY):
        return None
    return "deny" if likely >= _LIKELIER or not alarms else None if prompt.again else "not_sure"


def _is_well(segment: Segment) -> float:
    """How likely a part says that nothing is wrong; nothing where anything else is likelier."""
    if not segment.candidates or max(segment.candidates, key=lambda c: c.confidence).label not in _WELL:
        return 0.0
    well = {candidate.label: candidate.confidence for candidate in segment.candidates if candidate.label in _WELL}
    # "That would be all" alone denies nothing.
    return sum(well.values()) if sum(well.values()) - well.get(_ALL, 0.0) >= _BESIDE_ALL else 0.0
