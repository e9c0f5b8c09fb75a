"""From an understood message to what the patient wishes, in order: topics, gaps, the check, steering, small talk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.answering.small_replies import topic_of
from bot.conversation.by_words.asks_for_a_person import as_personal
from bot.conversation.by_words.asks_of_harm import as_feared
from bot.conversation.by_words.interjections import after_interjections, before_asides
from bot.conversation.by_words.spoken import asks, calls_it_an_image, is_bare_answer, only_exclaims
from bot.conversation.by_words.taken_back import takes_back
from bot.conversation.choices import is_an_ordinal
from bot.conversation.content import Content
from bot.conversation.danger_signs.danger_question import asks_about_suicide
from bot.conversation.heard.likeliest import likeliest
from bot.conversation.heard.outright import said_outright
from bot.conversation.heard.part_wishes import MOST_OFFERED, can_be_offered, wish_of
from bot.conversation.heard.remarked import as_replied, only_answered
from bot.conversation.heard.telling import not_left_unheard
from bot.conversation.heard.told_together import told_together
from bot.conversation.heard.wordless import said_without_words
from bot.conversation.in_context.answer_said import answer_said, is_no_denial, tells_of_a_person
from bot.conversation.in_context.asking_on import asked_on, by_itself, leans_plainly
from bot.conversation.in_context.follow_ups import meaning_after
from bot.conversation.in_context.going_on import meant_here, of_a_visit
from bot.conversation.in_context.last_answer import TOLD, further, insists, leaning_on_it, topic_again, topics_again
from bot.conversation.in_context.pointing_back import is_of_other_care
from bot.conversation.in_context.told_of_an_answer import TOLD_BEFORE
from bot.conversation.state import State
from bot.conversation.suitability_check import after_result
from bot.conversation.suitability_check.ages import is_age_of_an_adult
from bot.conversation.suitability_check.at_leisure import DECLINED, said_of_the_check
from bot.conversation.suitability_check.of_a_list_before import of_a_list_before
from bot.conversation.suitability_check.steering import as_heard_here
from bot.conversation.suitability_check.supposes import asked_of_what_is_supposed
from bot.conversation.suitability_check.told_late import told_late
from bot.conversation.suitability_check.wished import of_the_check, of_the_check_to_come
from bot.conversation.suitability_check.words import ends_the_list
from bot.conversation.understanding import Segment, Understanding
from bot.conversation.wish import Wish, wish_for
from bot.safety.written.letters import bare

_OF_OTHER_CONDITIONS = (Wish("gap", "other_conditions"), Wish("gap", "spine_conditions"))
# Of a part that is less sure than this is said that it was not understood: its likeliest topics are far-fetched.
_UNCLEAR_BESIDE = 0.3
# One that is so sure is taken for what it is: what stands beside it says what it is about.
_PLAIN_BESIDE = 0.75
# Less likely than this, a reading is not offered to who says that the answer was wrong.
_THINKABLE = 0.02
_WHAT_IT_IS_GOOD_FOR = Wish("topic", "benefits_general")
_CHANGE_OF_VISIT = Wish("gap", "cancellation")
_OF_USE = ("topic", "gap", "check", "control", "who", "instead")
_OF_THE_CHAT = re.compile(r"\b(?:ask\w*|questions?|know|answers?|tell|you|ur|nosy|personal|private|chat)\b")
_OF_ITS_USE = re.compile(
    r"\b(?:point|bother|want|purpose|good|use)\b|"
    r"\bwhy (?:(?:should|would|do|does|even|must|i|we|one|anyone|anybody|people|someone|actually) )*"
    r"(?:do|have|try|get|choose|pick|go for) (?:it|this|that|acupuncture|needles?)\b"
)
_WHY = (Wish("control", "why_ask"), Wish("remark", "why"))
_OF_ANOTHER = re.compile(r"\b(?:he|she|him|her)\b")  # "can she come"
_FOR_EXAMPLE = re.compile(
    r"\b(?:such as|like what|for example|for instance|namely|eg|which ones|what kind|what sort)\b"
)
# A bare number where nothing waits for one, and a message that is nothing but an address, ask for nothing known.
_NUMBER_ALONE = re.compile(r"^[^\w$£€]*\d{1,4}[^\w$£€]*$")
_ADDRESS_ALONE = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)


def wishes(content: Content, state: State, understanding: Understanding) -> tuple[Wish, ...]:
    """What the message asks for, in order, each once; never empty.

    A bare follow-up takes its meaning from the topics answered last, or from the part of the message before it ("does
    it calm you, and how long does that last"); "the first one" from what was offered or answered.
    """
    understanding = replace(understanding, segments=as_feared(as_personal(understanding.segments)))
    if state.waits_for_nothing:
        text = understanding.text
        understanding = replace(understanding, text=text[after_interjections(text) : before_asides(text)])
    heard = (
        of_a_list_before(content, state, understanding.text)
        or said_outright(content, state, understanding.text)
        or asked_of_what_is_supposed(content, state, understanding)
        or _of_the_result(content, state, understanding)
    )
    if heard is not None:
        return (heard,)
    waits = state.check is not None or state.asked is not None
    spoken = answer_said(content, state, understanding) if waits else None
    taken_back = waits and takes_back(understanding.text)
    if taken_back and spoken and not is_bare_answer(understanding.text):
        spoken = None  # "sorry no, I meant she has stopped it" answers nothing
    asks_more = any(s.decision == "accept" and s.candidates[0].label.startswith("ask_") for s in understanding.segments)
    if spoken and is_bare_answer(understanding.text) and not (asks_more and len(understanding.segments) > 1):
        return (Wish("control", spoken),)
    if shown := said_without_words(content, state, understanding.text):
        return (shown,)
    at_leisure = state.waits_for_nothing
    of_check = said_of_the_check(state, understanding.text) if at_leisure else None
    if of_check and not (of_check == DECLINED and asks_more and len(understanding.segments) > 1):
        return (of_check,)
    if leaning := leaning_on_it(content, state, understanding.text):
        return leaning
    if at_leisure and not asks_more and is_an_ordinal(understanding.text):
        return (Wish("which"),)
    late = None if spoken else told_late(content, state, understanding)
    if nothing := late or _asks_nothing(content, state, understanding.text):
        return (nothing,)
    said = (spoken and Wish("control", spoken), of_check, taken_back and Wish("control", "correct_answer"))
    found: list[Wish] = [wish for wish in said if wish]
    found += _from_segments(content, state, as_heard_here(state, understanding.segments))
    found = _as_meant_here(content, state, understanding, found, answers=bool(spoken))
    told = [finding.fact for finding in understanding.findings]
    found = [of_the_check(content, state, wish, understanding.text, told) for wish in found]
    if at_leisure:
        found = of_the_check_to_come(state, found, understanding.text, told)
    replied = dict.fromkeys(chain.from_iterable(as_replied(content, state, wish, understanding.text) for wish in found))
    left = _without_chatter(content, replied) or (Wish("miss"),)
    if nothing := only_answered(content, state, understanding.text, left):
        return (nothing,)
    taken = not_left_unheard(content, state, understanding, told_together(state, understanding, left))
    return likeliest(content, state, understanding, taken)


def _as_meant_here(
    content: Content, state: State, understanding: Understanding, found: list[Wish], *, answers: bool
) -> list[Wish]:
    """The wishes without what only sounds like them where they stand."""
    text = understanding.text
    # "Not today" is likest to a no, and is none to the question about suicide.
    weighed = is_no_denial(content, state, understanding) or asks_about_suicide(state)
    if not answers and not state.waits_for_nothing and weighed:
        found = [wish for wish in found if wish != Wish("control", "deny")]
    if answers or (state.check is not None and tells_of_a_person(understanding)):
        # "Yes but I have had it for ten years" answers, whatever the rest sounds like; so does "I was in a crash once".
        return found if asks(text) else [wish for wish in found if wish.kind not in ("topic", "gap", "unclear")]
    if state.waits_for_nothing and of_a_visit(state, text):
        return [_CHANGE_OF_VISIT if wish == Wish("control", "cancel") else wish for wish in found]
    if _asks_what_it_is_good_for(state, text):
        return [_WHAT_IT_IS_GOOD_FOR if wish in _WHY else wish for wish in found]
    return found


def _asks_what_it_is_good_for(state: State, text: str) -> bool:
    """Whether "what's the point of it" or "why would I want that" is about acupuncture: nothing was asked just now."""
    words = bare(text)
    if not state.waits_for_nothing or state.asked is not None or _OF_THE_CHAT.search(words):
        return False
    return bool(_OF_ITS_USE.search(words))


def _asks_nothing(content: Content, state: State, text: str) -> Wish | None:
    """A word to a joke, to "that's all" or to a number that goes on telling, a miss for one not waited for; else None.

    An address of a page is another subject.
    """
    is_over = ends_the_list(text) and "?" not in text
    if state.waits_for_nothing and (calls_it_an_image(text) or is_over or (state.topics and only_exclaims(text))):
        return Wish("talk", "acknowledge")
    if _NUMBER_ALONE.match(text):
        if state.waits_for_nothing and state.said in TOLD_BEFORE:
            return Wish("remark", content.remarks.told.reply(state))  # an age, or how bad it is
        return Wish("which") if state.offered and state.waits_for_nothing and len(bare(text)) == 1 else Wish("miss")
    return Wish("off_topic") if _ADDRESS_ALONE.match(text) else None


def _of_the_result(content: Content, state: State, understanding: Understanding) -> Wish | None:
    kind = after_result.meant(content, state, understanding)
    return Wish("result", kind) if kind else None


def _from_segments(content: Content, state: State, segments: Sequence[Segment]) -> list[Wish]:
    """What each part asks for, one after the other: what was asked before it says what "and how long" means."""
    found: list[Wish] = []
    last = before = _told_of(state) or state.topics
    left_open = tuple(f"{NOT_IN_ARTICLE}/{subject}" for subject in state.gaps if NOT_IN_ARTICLE in state.topics)
    for segment in segments:
        if len(segments) > 1 and is_age_of_an_adult(segment.text):
            continue  # "suitable for me? 34, female" asks nothing of who treats
        meant = meaning_after(segment.text, (*left_open, *last) if last is before else last, content.follow_ups)
        single, read = len(segments) == 1 and state.waits_for_nothing, by_itself(segment)
        own = wish_of(content, read, last, state.gaps)
        if meant and single and is_of_other_care(state, segment.text, meant):
            meant = NOT_IN_ARTICLE
        here = meant_here(state, read, own) if single and not meant and not leans_plainly(segment) else None
        meant = meant or (None if here else asked_on(content, state, segment, last, own))
        if last is not before and (meant,) == last and own.kind == "remark":
            meant = None  # "how many visits, and what if it doesn't work": the same again would be no answer
        if meant and (meant,) == state.topics and len(segments) == 1:
            # "What else" that nothing is left for is told so; "do they last" may be answered by the same sentences.
            nothing_left = [Wish("control", "more")] if _is_more(segment) else [topic_again(state, meant)]
            return list(further(content, state)) or nothing_left
        again = topic_again(state, meant) if meant else None
        if again == Wish("check") and _OF_ANOTHER.search(bare(segment.text)):
            again = Wish("check", "other")
        found.append(again or here or own)
        if len(segments) > 1 and found[-1].kind == "unclear":
            likeliest = max(c.confidence for c in segment.candidates if c.label in found[-1].labels)
            if likeliest >= _PLAIN_BESIDE and segment.candidates[0].label.startswith("ask_"):
                found[-1] = wish_for(segment.candidates[0].label)
            elif likeliest < _UNCLEAR_BESIDE:
                found[-1] = Wish("unclear")
        if len(segments) == 1 and found[-1].kind in ("unclear", "miss") and insists(segment.text):
            return list(topics_again(state)) or found
        last = (found[-1].value,) if found[-1].kind == "topic" else last
    return found


def _told_of(state: State) -> tuple[str, ...]:
    """What was told of in the message before, where nothing was asked and it is like one topic alone."""
    return (topic_of(state.likely[0]),) if state.said == TOLD and len(state.likely) == 1 else ()


def _is_more(segment: Segment) -> bool:
    """Whether it asks for something else of the kind; "such as", of what was answered, asks for that."""
    more = bool(segment.candidates) and segment.candidates[0].label == "more"
    return more and not _FOR_EXAMPLE.search(bare(segment.text))


def other_readings(content: Content, understanding: Understanding) -> tuple[str, ...]:
    """What the message may have meant instead: offered when the patient says that the answer was wrong."""
    others = (
        c.label for segment in understanding.segments for c in segment.candidates[1:] if c.confidence >= _THINKABLE
    )
    return tuple(dict.fromkeys(label for label in others if can_be_offered(content, label)))[:MOST_OFFERED]


def _without_chatter(content: Content, found: Iterable[Wish]) -> tuple[Wish, ...]:
    """Greetings, misses and off-topic parts count only where nothing better stands beside them."""
    found = tuple(found)
    beside = {Wish("remark", phrase) for phrase in content.remarks.said_beside_an_answer}
    for kinds in (_OF_USE, ("remark",), ("unclear",), ("off_topic", "miss"), ("talk",)):
        better = tuple(w for w in found if w.kind in kinds)
        if any(w.kind == "check" for w in better):
            # "Diabetes and a bad disc, can I have it" tells what the check is to go by and asks nothing else of it.
            better = tuple(w for w in better if w not in _OF_OTHER_CONDITIONS)
        if any(w.kind in ("topic", "gap") for w in better):
            # A question beside it that is not clear is asked back about.
            return (*better, *(w for w in found if w.kind == "unclear" or w in beside))
        if better:
            return better
    return found
