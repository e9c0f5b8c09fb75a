"""What is made of words that tell something and ask nothing: they are heard, whatever they sound like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.answering.small_replies import CHITCHAT
from bot.conversation.by_words.spoken import asks
from bot.conversation.by_words.worded_as_told import (
    FEWEST_WORDS,
    REQUESTS,
    WORDS_OF_A_TALE,
    begins_to_tell,
    neither_asks_nor_requests,
    speaks_of_someone,
    tells,
)
from bot.conversation.choices import CHECK_INTENT
from bot.conversation.content import Content
from bot.conversation.heard.meant_instead import corrects, meant_instead
from bot.conversation.heard.pain_told import may_be_pain, names_own_back, speaks_of_pain
from bot.conversation.heard.remarks import REMARK
from bot.conversation.in_context.announced import says_more_exactly
from bot.conversation.in_context.asking_on import leans_plainly, says_which
from bot.conversation.in_context.last_answer import TOLD
from bot.conversation.in_context.told_of_an_answer import (
    PITY,
    adds_to_what_was_told,
    goes_on_telling,
    heard_of_the_answer,
    is_a_fragment,
    is_plain_fact,
    is_weary,
    tells_on,
)
from bot.conversation.state import State
from bot.conversation.suitability_check.person_meant import told_just_now
from bot.conversation.suitability_check.steering import FOR_ANOTHER
from bot.conversation.suitability_check.unheard import unheard_in_check
from bot.conversation.understanding import Candidate, Understanding, intent_of
from bot.conversation.wish import Wish, is_unread, wish_for
from bot.safety.written.letters import bare

_DOUBTS = frozenset((Wish("remark", "sure_said"), Wish("remark", "sure_open")))
# From here on the classifier takes words for what is told around a question; of questions next to none look like that.
_LIKE_BACKGROUND = 0.5
# Who only tells something wishes for a topic when it is as likely as this; else it is offered.
_WISHED_BY_TELLING = 0.93
# So sure a subject that is left open is asked for in a few words that go on with nothing.
_PLAINLY_OPEN = 0.9
# Who says that they will ask their doctor is told that this is right.
_ANSWERS_WHAT_IS_TOLD = frozenset({Wish("topic", "consult_provider")})
_TO_A_PROVIDER = "ask_consult_provider"
_WILL_ASK = re.compile(
    r"\b(?:ill|i will|we will|im going to|gonna|(?:tell|get|ask) (?:him|her|them) to)\b.*"
    r"\b(?:doctors?|docs?|dr|gp|pcp|provider|physician|nurse|midwife|surgeon|consultant|specialist)\b"
)
# "My GP won't send me for one" is no resolve to ask.
_REFUSED = re.compile(
    r"\b(?:doctors?|docs?|dr|gp|pcp|physician|provider|surgeon|consultant|specialist|hospital|he|she|they) "
    r"(?:(?:just|really|simply|still|always) )*(?:wont|will not|doesnt|does not|dont|refus\w+|didnt|never|isnt|keeps?|"
    r"cant be bothered)\b"
)
# What the article says of it helps who tells of a fear or of what they have, where it is as likely as this.
_OF_FEARS_AND_COMPLAINTS = frozenset(
    Wish("topic", topic)
    for topic in (
        "needle_pain",
        "stress",
        "condition_chronic_pain",
        "condition_recent_injury",
        "condition_sciatica",
        "condition_herniated_disc",
        "condition_muscle_strain",
        "alternative_to_medication_or_surgery",
    )
)
_HELPED_BY_IT = 0.75
# "My wife is afraid I'll be infected": a worry about a topic waits for what the article says of it.
_WORRIES = re.compile(
    r"\b(?:afraid|worr(?:y|ied|ies|ying)|scared|frightened|fears?|nervous|anxious|concern(?:s|ed)?|puts? me off)\b"
)
# Less likely than this, a topic is not offered to who asks for none; the second in words that are not known.
_WORTH_OFFERING, _WORTH_OFFERING_UNKNOWN = 0.3, 0.6
# Topics as unlikely as this are far-fetched, and words as little known as that may be none.
_FAR_FETCHED, _WORDS = 0.2, 0.5
# A question to which the likeliest topic is as unlikely as this may have no answer.
_NO_ANSWER = 0.4


def not_left_unheard(
    content: Content, state: State, understanding: Understanding, found: Sequence[Wish]
) -> tuple[Wish, ...]:
    """The wishes of a message, where nothing was understood: taken as told, or as a question that has no answer here.

    Who tells something wants to be heard, not asked for other words; what they may have meant is still offered.
    """
    if len(found) != 1:
        return tuple(found)
    heard = _heard(content, state, understanding, found[0])
    if heard == PITY and is_plain_fact(understanding.text):
        heard = Wish("remark", content.remarks.heard["tells_more"].replies[-1].say)
    return (heard,)


def _heard(content: Content, state: State, understanding: Understanding, wish: Wish) -> Wish:
    if state.check is not None:
        # What was told is noted there; what is past or somebody else's is only heard.
        is_noted = ("present", "uncertain", "absent")
        noted = any(f.status in is_noted and f.subject == "patient" for f in understanding.findings)
        in_check = content.remarks.told_in_check.say
        if wish.kind in ("topic", "gap") and state.said == in_check and is_a_fragment(understanding.text):
            return Wish("remark", in_check)  # "on ice", of the fall that was told just now
        return wish if noted else unheard_in_check(content, state, understanding, wish)
    if not state.waits_for_nothing:
        return wish
    if wish.kind == "gap" and says_which(state, understanding.text) and wish.value in state.gaps:
        return wish
    if adds_to_what_was_told(state, understanding, wish) and not _waits_for_a_check(state):
        return Wish("remark", content.remarks.told.reply(state))
    if wish.kind in ("topic", "gap"):
        return _told_or_asked(content, state, understanding, wish)
    if is_unread(wish) and state.topics and corrects(understanding.text):
        return meant_instead(content, state, understanding)
    if wish in _DOUBTS and is_weary(understanding.text) and tells(understanding.text):
        return Wish("talk", "user_feeling")
    tells_more = tells_on(state, understanding.text) or goes_on_telling(state, understanding.text)
    if tells_more and _waits_for_a_check(state) and (is_unread(wish) or wish.kind == "off_topic"):
        return _told_beside_the_offer(understanding)
    beside_the_matter = wish.kind == "off_topic" and (tells_more or _is_background(understanding))
    return _as_told(content, state, understanding, wish) if is_unread(wish) or beside_the_matter else wish


def _as_told(content: Content, state: State, understanding: Understanding, wish: Wish) -> Wish:
    """What is made of words that nothing understood, if they tell something; the wish as it is if they do not."""
    candidates = [c for segment in understanding.segments for c in segment.candidates]
    likely = max((c.confidence for c in candidates if c.label in wish.labels), default=0.0)
    unknown = any(segment.decision == "refuse" for segment in understanding.segments)
    if may_be_pain(candidates, understanding.text):
        return Wish("talk", "user_pain")
    if wish.labels[:1] == (_TO_A_PROVIDER,) and _WILL_ASK.search(bare(understanding.text)):
        return Wish("topic", "consult_provider")
    told = content.remarks.told.reply(state)
    sorrow = told != content.remarks.told.replies[-1].say and not asks(understanding.text)
    if sorrow and speaks_of_someone(understanding.text):
        return Wish("remark", told)  # who is in pain or grief is not asked what they mean
    if small_talk := _is_small_talk(understanding, candidates, likely):
        return small_talk
    goes_on = tells_on(state, understanding.text) or goes_on_telling(state, understanding.text)
    is_told = tells(understanding.text) or _is_background(understanding) or goes_on
    if is_told and is_weary(understanding.text):
        return Wish("talk", "user_feeling")
    if is_told and likely >= (_WORTH_OFFERING_UNKNOWN if unknown else _WORTH_OFFERING):
        return Wish("unclear", "told", labels=wish.labels)
    if is_told and speaks_of_pain(understanding.text):
        return Wish("talk", "user_pain")
    if wish.kind == "miss" and names_own_back(understanding.text) and not asks(understanding.text):
        return Wish("talk", "user_pain")  # "I hope you can help an old woman, my back is a nuisance"
    if is_told or _asks_for_nothing_known(understanding, candidates, likely):
        return Wish("remark", told)
    if (state.topics or state.said) and likely < _NO_ANSWER and wish.kind != "off_topic" and asks(understanding.text):
        # A check is no answer; it is offered whatever was asked.
        labels = tuple(label for label in wish.labels if label != CHECK_INTENT)
        far_fetched = len(labels) == 1 and likely < _WORTH_OFFERING
        return replace(wish, value="asked", labels=() if far_fetched else labels)
    of_another = likely < _NO_ANSWER and not asks(understanding.text) and told_just_now(state)
    return Wish("talk", FOR_ANOTHER) if of_another else wish


def _told_or_asked(content: Content, state: State, understanding: Understanding, wish: Wish) -> Wish:
    """A topic that words only sound like which ask nothing: "it's every single day" asks not how often to come."""
    text, first = understanding.text, understanding.segments[0].candidates[:1]
    if leans_plainly(understanding.segments[0]) or says_more_exactly(text):
        return wish  # "just roughly, like" tells nothing
    if begins_to_tell(text) and (heard := heard_of_the_answer(content, state, text, wish, _OF_FEARS_AND_COMPLAINTS)):
        return heard
    if len(understanding.segments) > 1 or not first or first[0].confidence >= _WISHED_BY_TELLING:
        return wish
    tells_more = tells_on(state, text, names_a_topic=True)
    if tells_more and _waits_for_a_check(state) and wish_for(first[0].label) == wish:
        return _told_beside_the_offer(understanding)
    tells_more = tells_more and (wish.kind == "topic" or first[0].confidence < _PLAINLY_OPEN)
    is_told = begins_to_tell(text) or _is_background(understanding) or goes_on_telling(state, text) or tells_more
    if wish in _ANSWERS_WHAT_IS_TOLD and not asks(text) and _REFUSED.search(bare(text)):
        return Wish("remark", content.remarks.heard["doctor_unheard"].reply(state))
    if not is_told or wish in _ANSWERS_WHAT_IS_TOLD or wish_for(first[0].label) != wish:
        return wish
    worried = wish.kind == "topic" and _WORRIES.search(bare(text))
    if (worried or wish in _OF_FEARS_AND_COMPLAINTS) and first[0].confidence >= _HELPED_BY_IT:
        return wish
    if wish.kind == "gap" and wish.value in content.gaps and content.gaps[wish.value].advice:
        return wish  # whom to ask about it helps who tells of it too: "I have fibromyalgia"
    told = Wish("remark", content.remarks.told.reply(state))
    kindly = told.value != content.remarks.told.replies[-1].say
    return told if kindly else Wish("unclear", "told", labels=(first[0].label,))


def _waits_for_a_check(state: State) -> bool:
    return state.asked is not None and state.asked["kind"] == "check"


def _told_beside_the_offer(understanding: Understanding) -> Wish:
    """What is made of what is told on after a check was offered for it: it is offered still, for what is new too."""
    return Wish("check", TOLD if understanding.findings else "offered_again")


def _asks_for_nothing_known(understanding: Understanding, candidates: Sequence[Candidate], likely: float) -> bool:
    """Whether words that neither ask nor request are likest to a remark, or to no topic: "years now", "all clinics do".

    Args:
        understanding: Of the message.
        candidates: Of all its parts.
        likely: How likely the likeliest topic is that could be offered.
    """
    words = bare(understanding.text)
    if not candidates or asks(understanding.text) or REQUESTS.search(words):
        return False
    if any(segment.decision == "refuse" or segment.known < _WORDS for segment in understanding.segments):
        return False
    if intent_of(candidates[0].label) in (REMARK, CHITCHAT):
        return candidates[0].confidence >= _WORTH_OFFERING > likely
    return likely < _FAR_FETCHED and len(words.split()) >= FEWEST_WORDS


def _is_small_talk(understanding: Understanding, candidates: Sequence[Candidate], likely: float) -> Wish | None:
    """A few words that may be several kinds of small talk, and are far likelier one of them than a topic."""
    few = len(bare(understanding.text).split()) <= WORDS_OF_A_TALE and not asks(understanding.text)
    first = candidates[0].label if candidates and few else ""
    of_it = sum(c.confidence for c in candidates if intent_of(c.label) == CHITCHAT)
    if intent_of(first) != CHITCHAT or of_it < max(_WORTH_OFFERING, 2 * likely):
        return None
    return wish_for(first)


def _is_background(understanding: Understanding) -> bool:
    """Whether the message is like the sentences that people write around their question, and holds none."""
    like = min(segment.background for segment in understanding.segments) >= _LIKE_BACKGROUND
    return like and neither_asks_nor_requests(understanding.text)
