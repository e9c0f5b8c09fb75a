"""What is made of a remark, and of words that tell something and ask nothing, where they are said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.content import Content
from bot.conversation.follow_ups import bare
from bot.conversation.last_answer import further
from bot.conversation.remarks import REMARK
from bot.conversation.small_replies import CHITCHAT
from bot.conversation.spoken import asks
from bot.conversation.state import State
from bot.conversation.understanding import Candidate, Understanding, intent_of
from bot.conversation.wish import Wish
from bot.safety.kin import ANYBODY

# What some remarks are to a question that waits, or to an alarm.
_MEANWHILE = {"why": Wish("control", "why_ask"), "now_what": Wish("control", "help")}
_UNREAD = frozenset({Wish("miss"), Wish("off_topic", "maybe")})
# Words that tell of someone or of something, rather than name what one would like to hear about.
_TELLS = re.compile(
    r"^(?:(?:so|well|but|and|oh|ok|okay|yeah|yes|no|h+m+|haha|lol|ah|right|honestly|actually|anyway|tbh|thanks|hello|hi|"
    r"hiya|hey|there|everyone|good|morning|afternoon|evening|day|dear|sir|madam) )*"
    r"(?:i|ive|im|ill|my|mine|we|weve|were|our|he|hes|she|shes|they|theyre|it|its|that|thats|this|sounds|seems|feels|"
    r"looks|tried|been|had|got|used|just|not|never|still|nothing|nobody|everyone|everything|people)\b"
)
_REQUESTS = re.compile(
    r"\b(?:want|wants|wanted|need|needs|wish|wanna|id like|would like|like to|looking for|interested|please|pls|help|"
    r"id love|hoping|show|send|give me|book|call)\b"
)
_FEWEST_WORDS = 3
# Who says to come takes a visit for made: "see you tomorrow", "ok i come monday at 9".
_COMES = re.compile(
    r"\b(?:see (?:you|u|ya)|(?:i|ill|im|we|well|were)(?: (?:will|can|am|are|be|just|then))* (?:come|coming|there|in|"
    r"stop|drop|turn|show|see you)(?: (?:by|in|up|over|there|round|around))*)\b.*\b(?:today|tonight|tomorrow|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|next week|this (?:week|morning|afternoon|evening)|at (?:\d+|"
    r"noon|nine|ten|eleven))\b"
)
# A word or two of surprise that name what was just said: "ooh tingly", "oh 40 minutes".
_ECHOES = re.compile(r"(?:o+h+|a+h+|wow|phew|nice|lovely|ouch|yikes|right|great|good|cool|hm+)(?: \w+){1,3}")
# Less likely than this, a topic is not offered to who asks for none.
_WORTH_OFFERING = 0.3
# Topics as unlikely as this are far-fetched, and words as little known as that may be none.
_FAR_FETCHED, _WORDS = 0.2, 0.5
# What may be a word of pain is met with one: to be spared it is worse than to read it without need.
_IN_PAIN = f"{CHITCHAT}/user_pain"
_MAY_BE_PAIN = 0.15
_PAIN = re.compile(
    r"\b(?:hurt\w*|pains?|painful|ach\w+|sore\w*|stiff\w*|agony|suffer\w*|awful|terrible|killing|backs?|spine|neck|legs?|"
    r"hips?|shoulders?|knees?)\b"
)
# Danger that triage has let pass is a complaint all the same.
_MAY_BE_ILL = 0.3
_OF_ONESELF = re.compile(r"^(?:\w+ ){0,2}(?:i|im|ive|me)\b")
# Whose word sends to acupuncture: of a spouse or a friend it is no leave to have it.
_LAY = re.compile(rf"\b(?:{ANYBODY}|buddy|pal|coach|trainer|roommate|flatmate)\b")
_CLINICIAN = re.compile(
    r"\b(?:doctors?|docs?|dr|gps?|pcp|physicians?|nurses?|np|providers?|consultant|surgeons?|specialists?|midwi(?:fe|ves)|"
    r"pharmacists?|physios?|pt|therapists?|\w+(?:ologist|iatrist|trician)s?|ob|obgyn|clinic|hospital|medics?|cleared)\b"
)


def only_answered(content: Content, state: State, text: str, found: Sequence[Wish]) -> Wish | None:
    """What a message is that wishes for nothing: an echo of the answer, or a parting that takes a visit for made."""
    words = bare(text)
    if {wish.kind for wish in found} == {"talk"} and _COMES.search(words) and waits_for_nothing(state):
        return Wish("remark", content.remarks.comes.say)
    same = {wish.value for wish in found if wish.kind == "topic"}
    if len(found) == len(same) and same and same <= set(state.topics) and _ECHOES.fullmatch(words) and not asks(text):
        return Wish("talk", "acknowledge")
    return None


def waits_for_nothing(state: State) -> bool:
    """Whether words can be taken as a remark: no question waits but the offer of a check, and no alarm stands."""
    return state.check is None and (state.asked is None or state.asked["kind"] == "check")


def as_replied(content: Content, state: State, wish: Wish, text: str) -> tuple[Wish, ...]:
    """What a remark wishes where it is made: its reply, or what it is to a question that waits."""
    if wish == Wish("control", "why_ask") and waits_for_nothing(state) and (state.topics or state.said):
        wish = Wish("remark", "why")  # nothing has asked them about their health
    if wish == Wish("talk", "insult") and _OF_ONESELF.search(bare(text)):
        return (Wish("talk", "user_feeling"),)  # "I feel useless" calls nobody names
    if wish.kind != "remark":
        return (wish,)
    subject = "recommended" if wish.value == "asked_doctor" and _is_said_by_lay_people(text) else wish.value
    remark = content.remarks.heard.get(subject)
    if remark is None:
        return (Wish("miss"),)
    if waits_for_nothing(state):
        rest = further(content, state) if remark.heard == "doubt" else ()
        return rest or (Wish("remark", remark.reply(state)),)
    if state.check is not None and remark.in_check:
        return (Wish("remark", remark.in_check),)
    return (_MEANWHILE.get(remark.heard, Wish("miss")),)


def _is_said_by_lay_people(text: str) -> bool:
    words = bare(text)
    return bool(_LAY.search(words)) and not _CLINICIAN.search(words)


def not_left_unheard(
    content: Content, state: State, understanding: Understanding, found: Sequence[Wish]
) -> tuple[Wish, ...]:
    """The wishes of a message, where nothing was understood: taken as told, or as a question that has no answer here.

    Who tells something wants to be heard, not asked for other words; what they may have meant is still offered.
    """
    if len(found) != 1:
        return tuple(found)
    if state.check is not None and understanding.findings:
        return tuple(found)  # what was told is noted there
    if state.check is not None:
        return (_unheard_in_check(content, state, understanding.text, found[0]),)
    if not _is_unread(found[0]) or not waits_for_nothing(state):
        return tuple(found)
    candidates = [c for segment in understanding.segments for c in segment.candidates]
    likely = max((c.confidence for c in candidates if c.label in found[0].labels), default=0.0)
    if _may_be_pain(candidates, understanding.text):
        return (Wish("talk", "user_pain"),)
    if tells(understanding.text) and likely >= _WORTH_OFFERING:
        return (Wish("unclear", "told", labels=found[0].labels),)
    if tells(understanding.text) or _asks_for_nothing_known(understanding, candidates, likely):
        return (Wish("remark", content.remarks.told.reply(state)),)
    return tuple(found)


def _may_be_pain(candidates: Sequence[Candidate], text: str) -> bool:
    in_pain = sum(c.confidence for c in candidates if c.label == _IN_PAIN)
    ill = sum(c.confidence for c in candidates if intent_of(c.label) == "red_flag")
    likely = in_pain >= _MAY_BE_PAIN or (ill >= _MAY_BE_ILL and tells(text))
    return likely and bool(_PAIN.search(bare(text))) and not asks(text)


def _asks_for_nothing_known(understanding: Understanding, candidates: Sequence[Candidate], likely: float) -> bool:
    """Whether words that neither ask nor request are likest to a remark, or to no topic: "years now", "all clinics do".

    Args:
        understanding: Of the message.
        candidates: Of all its parts.
        likely: How likely the likeliest topic is that could be offered.
    """
    words = bare(understanding.text)
    if not candidates or asks(understanding.text) or _REQUESTS.search(words):
        return False
    if any(segment.decision == "refuse" or segment.known < _WORDS for segment in understanding.segments):
        return False
    if intent_of(candidates[0].label) in (REMARK, CHITCHAT):
        return candidates[0].confidence >= _WORTH_OFFERING > likely
    return likely < _FAR_FETCHED and len(words.split()) >= _FEWEST_WORDS


def _unheard_in_check(content: Content, state: State, text: str, wish: Wish) -> Wish:
    if state.asked is not None and state.asked["kind"] == "danger":
        return wish
    if _is_unread(wish) and asks(text):
        return Wish("remark", content.remarks.asked_in_check.say)
    # "I'll tell her" is no "ok" to the question.
    told = tells(text) and (_is_unread(wish) or wish == Wish("talk", "acknowledge"))
    return Wish("remark", content.remarks.told_in_check.say) if told else wish


def tells(text: str) -> bool:
    """Whether a message tells something and neither asks nor requests: "sounds a bit odd to me"."""
    words = bare(text)
    return (
        len(words.split()) >= _FEWEST_WORDS
        and bool(_TELLS.match(words))
        and not asks(text)
        and not _REQUESTS.search(words)
    )


def _is_unread(wish: Wish) -> bool:
    return wish.kind == "unclear" or Wish(wish.kind, wish.value) in _UNREAD
