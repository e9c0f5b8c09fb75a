"""What is said to someone who has just been told to get care, as long as nothing else is asked or told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.answering import small_replies
from bot.conversation.answering.small_replies import CHITCHAT
from bot.conversation.by_words.help_told import tells_of_help
from bot.conversation.by_words.spoken import asks, calls_it_an_image
from bot.conversation.by_words.will_it_help import plainly_asked
from bot.conversation.danger_signs import standing_alarm
from bot.conversation.danger_signs.second_line import SUICIDAL
from bot.conversation.reply import Kind, Reply
from bot.conversation.state import State
from bot.conversation.wish import Wish
from bot.conversation.wording.read_back import read_back
from bot.conversation.wording.voice import Voice
from bot.safety.written.letters import bare
from bot.suitability.tiers import Answer, Tier

_AGREES = frozenset({"affirm"})
# "No, it's just asleep" takes back what alarmed, and what is not understood may be the same in other words.
_TAKES_BACK = frozenset({"deny", "not_sure", "wrong_answer", "correct_answer", "go_back"})
_UNREAD = frozenset({"miss", "unclear", "off_topic"})
# What someone asks who has just been told to get care: "what should I do", "why".
_ASKS = {"help": "alarm_stands", "why_ask": "alarm_why"}
# "I'll see my doctor first", "should I", and "can I still book".
_PERSON = Wish("control", "talk_to_person")
_DOCTOR, _BOOKING = Wish("topic", "consult_provider"), Wish("gap", "booking")
_INSTEAD = Wish("topic", "replace_medical_treatment")
_PARTING = frozenset({"thanks", "goodbye"})
# A wish that stands beside facts told in passing and asks for nothing of its own.
_TELLS = frozenset({*_UNREAD, "talk", "remark"})

_WHAT_TO_TELL = re.compile(
    r"\bwhat (?:do|should|shall|must|can|would) (?:i|we) (?:say|tell)\b|\bwhat to (?:say|tell)\b"
)

# "It's going down my arm now", "getting worse by the minute": told of what alarmed, and no new sign by itself.
_WORSENS = re.compile(
    r"\b(?:getting|gets|got|gotten|going|feels|feeling|its|is|even|much|lot|way|far|bit|now) worse\b|\bworsening\b|"
    r"\b(?:spreads?|spread|spreading|creeping|travel+ing|radiat\w+) ?(?:down|up|into|to|round|around|across|over|"
    r"everywhere|now|further)?\b|"
    r"\b(?:its|it is|it|they|pain|numbness|feeling|thats) (?:\w+ )?(?:going|gone|moving|moved|coming|shooting|going) "
    r"(?:right )?(?:down|up|into|to|round|around|across|over|through) (?:to )?(?:my|his|her|the|both)\b|"
    r"\b(?:cant|can not|cannot) (?:stand|take|bear) (?:it|the pain|this)\b"
)
_NO_WORSE = re.compile(r"\b(?:not|isnt|no|never|if|unless|until|when|hasnt|doesnt|didnt|wont|stopped|used)\b")
# "I don't want to go to hospital", which is like a question whether acupuncture takes its place.
_REFUSES = re.compile(
    r"\b(?:dont|do not|not|wont|will not|no|never|hate|refuse|refusing|cant|cannot)\b(?: \w+){0,4} "
    r"(?:hospitals?|the er|er|a and e|ambulances?|911|988|emergency room|doctors?|urgent care)\b"
)
_MOST_WORDS = 12
# "Since today", "now both": more of what was told, where no more is understood.
_TELLS_ON = re.compile(r"\b(?:since|now|still|again|also|too|today|tonight|yesterday|morning|last night)\b")

# "Could acupuncture help that", "is it any good for my foot": said of what alarmed, as long as nothing else was said.
_HELPS_IT = re.compile(
    r"\b(?:help|helps|fix|treat|cure|ease|heal|sort|improve|relieve|stop|do (?:anything|something|any good)|work|works|"
    r"good|any use)(?: (?:me|him|her|us|out|up))?(?: (?:with|for|on|about))? "
    r"(?:this|that|it|these|those|them|me|him|her|(?:my|his|her|the) (?!(?:\w+ )?back\b)\w+)\b|"
    # And "will needles help", right behind it.
    r"\b(?:help|work|do anything|any good|any use)(?: (?:then|though|tho|here|still|instead|first|now|you think))*$"
)
_OF_GOOD = frozenset(
    {"benefits_general", "who_can_benefit", "pain_relief", "mobility", "inflammation", "root_causes", "long_term"}
)


def remember(
    voice: Voice,
    state: State,
    alarmed: Reply,
    *,
    by_check: Mapping[str, Any] | None = None,
    signs: Mapping[str, object] | None = None,
) -> State:
    """Keep that the patient has been told to get care, how soon, and whether it was for thoughts of suicide.

    Args:
        voice: Knows the rules.
        state: The memory so far.
        alarmed: What was said.
        by_check: Of the result of a check, whose answers can be corrected and looked at again: the check as it ended.
        signs: What is kept of the signs in a message, so that they can be taken back (`taken_back.of_alarm`).
    """
    crisis = any(voice.content.rules.criterion(rule).tier is Tier.CRISIS for rule in alarmed.rules)
    tier = Tier.CRISIS if crisis else Tier.from_id(alarmed.tier or Tier.EMERGENCY.id)
    asked = {"kind": "alarmed", "crisis": crisis, "said": [], **(signs or {})}
    return state.but(
        asked={**asked, "by_check": by_check} if by_check else asked, alarm=standing_alarm.raised(tier), offered=()
    )


def waits(state: State) -> bool:
    """Whether an alarm was what was said last, or has only been said to stand since."""
    return state.asked is not None and state.asked.get("kind") == "alarmed"


def help_comes(state: State, text: str) -> bool:
    """Whether, after an alarm, it is told that help was called or is there: "I've called 911, they're coming"."""
    return standing_alarm.stands(state) and state.check is None and tells_of_help(text)


def _acupuncture_waits(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], text: str
) -> tuple[Reply, State] | None:
    """The reply to who wishes for a check, or asks what acupuncture does for what alarmed; None for all else."""
    if found and all(wish.kind == "check" for wish in found):
        return standing_alarm.check_waits(voice, state, told)
    if not _asks_if_it_helps(found, text):
        return None
    return standing_alarm.check_waits(voice, state, told) or _said(voice, state, "alarm_stands")


def _asks_if_it_helps(found: Sequence[Wish], text: str) -> bool:
    """Whether all that is asked is what it does for what alarmed: what it does for pain is no reply to that."""
    asked = [wish for wish in found if wish != Wish("control", "correct_answer")]  # "can you fix it"
    of_good = all(w.kind == "topic" and (w.value in _OF_GOOD or w.value.startswith("condition_")) for w in asked)
    return bool(asked) and of_good and bool(_HELPS_IT.search(bare(plainly_asked(text))))


def hear(
    voice: Voice,
    state: State,
    found: Sequence[Wish],
    told: Mapping[str, Answer] | None = None,
    *,
    text: str = "",
    corrected: bool = False,
) -> tuple[Reply, State] | None:
    """The reply to thanks, a denial, "what now" or words not understood after an alarm; None for all else.

    The alarm is neither said again nor withdrawn: who cannot examine anyone does not tell them to stay at home. It
    stands until something else is asked. Thanks and goodbyes are answered as such from the second time on; a crisis
    line is named every time. Whoever wishes for a check is told that it waits, and precautions told are noted.
    None too where an answer of the check that ended so is `corrected`: its outcome is told anew.

    Args:
        voice: Says the reply.
        state: The alarm stands in it.
        found: What the message wishes for.
        told: The facts in it.
        text: The message; "" for a choice.
        corrected: Whether it tells of facts.
    """
    crisis = standing_alarm.tier_of(state) is Tier.CRISIS
    asks_on = not waits(state) and any(wish.kind in ("topic", "gap", "check") for wish in found)
    if help_comes(state, text) and not asks_on:
        asked = {"kind": "alarmed", "crisis": crisis, "said": []}
        state = state if waits(state) else state.but(asked=asked)
        return _said(voice, state, "alarm_crisis_help_comes" if crisis else "alarm_help_comes")
    if not waits(state) or state.asked is None:
        return None
    if corrected and state.asked.get("by_check") and Wish("control", "correct_answer") in found:
        return None
    if not state.asked["crisis"] and (by_words := _by_words(found, text)):
        return _said(voice, state, by_words)
    if later := _acupuncture_waits(voice, state, found, told or {}, text):
        return later
    if set(found) == {_PERSON} and not state.asked["crisis"]:
        return small_replies.person(voice), state  # and the alarm stands
    if calls_it_an_image(text) and not state.asked["crisis"]:
        return _said(voice, state, "alarm_joke")
    key = _key(found, state.asked["said"], tells_on=bool(_TELLS_ON.search(bare(text))))
    precautions = read_back(voice.content.rules, told or {})
    if precautions and not state.asked["crisis"] and {wish.kind for wish in found} <= _TELLS:
        return _said(voice, state, "alarm_noted", what=precautions)
    if state.asked["crisis"]:
        # "I do have pills though" wishes for no topic.
        return _said(voice, state, _in_crisis(told or {})) if key or (text and not asks(text)) else None
    if not key:
        return None
    if key in state.asked["said"] and {(w.kind, w.value in _PARTING) for w in found} == {("talk", True)}:
        return small_replies.small_talk(voice, found[0].value), state
    return _said(voice, state, key)


def _said(voice: Voice, state: State, key: str, **values: str) -> tuple[Reply, State]:
    asked = state.asked or {}
    text = voice.phrase(standing_alarm.as_soon(voice, state, key), **values)
    reply = voice.reply(Kind.CHITCHAT, text, topics=[CHITCHAT], consult_length="after_help")
    return reply, state.but(asked={**asked, "said": sorted({*asked["said"], key})})


def _in_crisis(told: Mapping[str, Answer]) -> str:
    """The phrase that names the crisis line again: to who says that they do not mean to die, too."""
    return "alarm_crisis_denied" if told.get(SUICIDAL) is Answer.NO else "alarm_crisis"


def _by_words(found: Sequence[Wish], text: str) -> str:
    """The phrase for who asks what to tell the doctors, will not go to them, or tells that it gets worse."""
    words = bare(text)
    if _WHAT_TO_TELL.search(words):
        return "alarm_what_to_tell"
    if "?" not in text and _REFUSES.search(words) and len(words.split()) <= _MOST_WORDS and not _asks(found):
        return "alarm_stands"
    return "alarm_worse" if _tells_it_is_worse(text) and {wish.kind for wish in found} <= _TELLS else ""


def _asks(found: Sequence[Wish]) -> bool:
    """Whether anything is asked for beside what a refusal of care is like."""
    return any(wish.kind in ("gap", "check") or (wish.kind == "topic" and wish != _INSTEAD) for wish in found)


def _tells_it_is_worse(text: str) -> bool:
    """Whether a message tells that what alarmed spreads or gets worse: "it's going down my arm now"."""
    words = bare(text)
    return "?" not in text and bool(_WORSENS.search(words)) and not _NO_WORSE.search(words)


def _key(found: Sequence[Wish], said: Sequence[str], *, tells_on: bool) -> str:
    if set(found) <= {_DOCTOR, _BOOKING}:
        return "alarm_doctor" if _DOCTOR in found else "alarm_stands"
    if set(found) == {_PERSON}:
        return "alarm_stands"  # of a crisis: its own words follow
    controls = {wish.value for wish in found if wish.kind == "control"}
    kinds = {wish.kind for wish in found} - {"control"}
    asks = controls.intersection(_ASKS)
    if asks and not controls - asks and kinds <= {"talk", *_UNREAD}:
        return _ASKS[min(asks)]
    if controls <= _AGREES and kinds <= {"talk"}:
        return "alarm_stands"
    if controls <= _TAKES_BACK and kinds <= _UNREAD:
        more = tells_on and not controls
        return "alarm_stands" if more or "alarm_if_wrong" in said else "alarm_if_wrong"
    return ""
