"""What one part of a message asks for, by the classifier's candidates: taken, asked back about, or not understood."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.answering.small_replies import CHITCHAT, OUT_OF_SCOPE, topic_of
from bot.conversation.by_words.spoken import asks
from bot.conversation.choices import CHECK_INTENT
from bot.conversation.content import Content
from bot.conversation.heard.remarks import REMARK
from bot.conversation.understanding import SAYS_NO_ARTICLE, Candidate, Segment, intent_of
from bot.conversation.wish import Wish, wish_for

MOST_OFFERED = 3
_FAR_LIKELIER = 2.0
# Small talk and other subjects are taken for what they are from here on: a wrong guess costs little.
_RATHER_NOTHING = 0.5
# Unknown words ("do they take Cigna") may make a message look like nothing known; where its topic is plain all the same
# and no sentence of the article is said to it, being wrong costs no more than not understanding.
_PLAIN_ENOUGH = 0.85
# Another subject, or no words at all: twice in a row, a way in is offered.
_PERHAPS_OFF_TOPIC = Wish("off_topic", "maybe")
# A remark or small talk in unknown words ("so basically an advert") costs less still.
_RATHER_REMARKED = 0.7
# Remarks that nobody puts as a question.
_ONLY_TOLD = frozenset(
    f"{REMARK}/{told}"
    for told in ("lonely", "grief", "tells_more", "recommended", "no_symptoms", "asked_doctor", "doctor_unheard")
)
# A refused text that can mean but one thing is asked back about.
_ONE_MEANING = 0.6
# A reading less likely than this is far-fetched and not offered beside a likelier one; where none is as likely as the
# second, nothing is offered at all.
_WORTH_OFFERING, _LEAST_OFFERED = 0.05, 0.1
# What comes so near to the answer given stands as a button below it.
_COMES_NEAR = 0.1
# What belongs so little to anything known may be no words at all.
_LIKE_NOTHING = 0.4
# "Something else about the clinic" would tell nobody what they meant.
_ANYTHING_ELSE = "ask_not_in_article/other"
# So few words lean on what was asked before, unless they are clear by themselves.
_FEW_WORDS, _CLEAR_BY_ITSELF, _STILL_MEANT = 5, 0.7, 0.1
_FEWEST_WORDS, _STILL_UNCLEAR = 3, 0.3
# Small talk less likely than this is none in words that ask, or in many.
_SMALL_TALK = 0.4
_FEW_WORDS_ON, _CLEAR_ENOUGH = 7, 0.5


def wish_of(content: Content, segment: Segment, last: Sequence[str] = (), gaps: Sequence[str] = ()) -> Wish:
    """What a part asks for: what it plainly means, what is offered where it is not plain, or a miss.

    Args:
        content: Knows what can be offered.
        segment: The part.
        last: The topics answered last, and
        gaps: the subjects that were said to be left open: a few unclear words go on about them.
    """
    labels = tuple(c.label for c in segment.candidates)
    if same := _asks_on_about_a_gap(segment, last, gaps) or _asks_on_about_a_topic(content, segment, last):
        return same
    if segment.decision == "accept" and labels:
        if labels[0].startswith("red_flag"):
            # Triage has judged it and let it pass: what is left is the next best reading of the words.
            return _next_best(content, segment)
        if intent_of(labels[0]) == OUT_OF_SCOPE and (
            segment.candidates[0].confidence < _PLAIN_ENOUGH or segment.known < _LIKE_NOTHING
        ):
            return _PERHAPS_OFF_TOPIC
        if labels[0] in _ONLY_TOLD and segment.candidates[0].confidence < _RATHER_REMARKED and asks(segment.text):
            return _next_best(content, segment, REMARK)  # "should I listen to him" tells of no loneliness
        return replace(wish_for(labels[0]), near=runner_up(content, segment))
    able = [candidate for candidate in segment.candidates if can_be_offered(content, candidate.label)]
    offered = _worth_offering(able)
    if segment.decision == "offer" and able:
        return _rather_than_offer(content, segment) or _asked_back(able)
    if labels and segment.candidates[0].confidence >= _enough_for(intent_of(labels[0])):
        return wish_for(labels[0])
    if able and able[0] == segment.candidates[0] and able[0].confidence >= _ONE_MEANING:
        # Unknown words around one plain meaning: asking back shows it.
        return Wish("unclear", labels=offered)
    return Wish("miss", labels=offered)


def _worth_offering(able: Sequence[Candidate]) -> tuple[str, ...]:
    """The few readings that are not far-fetched, likeliest first."""
    likely = sorted((c for c in able if c.confidence >= _WORTH_OFFERING), key=lambda c: -c.confidence)
    return tuple(candidate.label for candidate in likely[:MOST_OFFERED])


def _asked_back(able: Sequence[Candidate]) -> Wish:
    """Which of a few readings is meant; a miss where all of them are far-fetched."""
    offered = _worth_offering(able)
    likeliest = max(candidate.confidence for candidate in able)
    return Wish("unclear", labels=offered) if likeliest >= _LEAST_OFFERED else Wish("miss", labels=offered)


def _enough_for(intent: str) -> float:
    """How sure a reading in unknown words must be to be taken; one that says a sentence of the article never is."""
    if intent in (CHITCHAT, REMARK):
        return _RATHER_REMARKED
    return _PLAIN_ENOUGH if intent in SAYS_NO_ARTICLE else math.inf


def runner_up(content: Content, segment: Segment) -> str:
    """The second likeliest label, where it is another topic and comes near."""
    if len(segment.candidates) < 2:
        return ""
    first, second = segment.candidates[:2]
    if second.confidence < _COMES_NEAR or not can_be_offered(content, second.label):
        return ""
    return "" if topic_of(second.label) in (topic_of(first.label), "suitability_personal") else second.label


def _asks_on_about_a_gap(segment: Segment, last: Sequence[str], gaps: Sequence[str]) -> Wish | None:
    """A few unclear words after something the article leaves open, where they may mean that: "what time till"."""
    words = len(segment.text.split())
    if tuple(last) != (NOT_IN_ARTICLE,) or not gaps or words > _FEW_WORDS or not segment.candidates:
        return None
    best = segment.candidates[0].confidence
    if best >= _CLEAR_BY_ITSELF:
        return None
    meant = f"ask_not_in_article/{gaps[0]}"
    likely = any(c.label == meant and c.confidence >= _STILL_MEANT for c in segment.candidates)
    # "Even partly?" is like nothing known, and can mean nothing else.
    alone = segment.decision == "refuse" and words <= _FEWEST_WORDS and best < _STILL_UNCLEAR
    return Wish("gap", gaps[0]) if likely or alone else None


def _asks_on_about_a_topic(content: Content, segment: Segment, last: Sequence[str]) -> Wish | None:
    """A few unclear words after one answer, where they may be about it as well: "how long did they train"."""
    few = len(segment.text.split()) <= _FEW_WORDS_ON and segment.decision == "offer"
    if not segment.candidates or not few or len(last) != 1 or last[0] not in content.topics:
        return None
    meant = next((c.confidence for c in segment.candidates if topic_of(c.label) == last[0]), 0.0)
    best = max(c.confidence for c in segment.candidates)
    return Wish("topic", last[0]) if meant >= _STILL_MEANT and (best < _CLEAR_ENOUGH or best == meant) else None


def _rather_than_offer(content: Content, segment: Segment) -> Wish | None:
    """What is far likelier than any topic to offer: small talk ("wtf", "ok english"), another subject, or nothing."""
    first = segment.candidates[0]
    intent = intent_of(first.label)
    best = max((c.confidence for c in segment.candidates if can_be_offered(content, c.label)), default=0.0)
    rather = _PERHAPS_OFF_TOPIC if intent == OUT_OF_SCOPE else wish_for(first.label)
    if intent in (CHITCHAT, REMARK, OUT_OF_SCOPE) and first.confidence >= _RATHER_NOTHING:
        return rather
    unsure = first.confidence < _SMALL_TALK and (asks(segment.text) or len(segment.text.split()) > _FEW_WORDS_ON)
    if intent == CHITCHAT and ("?" in segment.text or unsure):
        return None  # "and on a good day?" is no goodbye, "good afternoon, I would like to …" more than a greeting
    if intent not in (CHITCHAT, REMARK, OUT_OF_SCOPE, "red_flag") or best * _FAR_LIKELIER > first.confidence:
        return None
    # Triage has let danger pass: without it these words say nothing.
    return Wish("miss") if intent == "red_flag" else rather


def _next_best(content: Content, segment: Segment, without: str = "red_flag") -> Wish:
    """What words mean without an intent: danger that was judged to be none, or what is told where they ask."""
    rest = [c for c in segment.candidates if intent_of(c.label) != without]
    left = 1 - sum(c.confidence for c in segment.candidates if intent_of(c.label) == without)
    able = [replace(c, confidence=c.confidence / left) for c in rest if left > 0 and can_be_offered(content, c.label)]
    return _asked_back(able) if able else Wish("miss")


def can_be_offered(content: Content, label: str) -> bool:
    """Whether a label has a title that can stand on a button."""
    intent = intent_of(label)
    topic = intent.removeprefix("ask_")
    if label == _ANYTHING_ELSE:
        return False
    return topic in content.topics or intent in ("ask_not_in_article", CHECK_INTENT, "talk_to_person")
