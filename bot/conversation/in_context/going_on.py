"""What a few words mean by what was said before them: "in the morning if possible", "during the season too?"."""

from __future__ import annotations

import re

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.by_words.spoken import asks
from bot.conversation.in_context.announced import agreed_with, announced, said_more_exactly
from bot.conversation.in_context.of_any_age import of_who_may_be_grown
from bot.conversation.in_context.pointing_back import meant_by_pointing
from bot.conversation.state import State
from bot.conversation.understanding import Segment
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare

# What points at something said before, or at a time for it.
_POINTS = (
    r"(?:it|that|this|them|those|these|one|ones|so|same|(?:yester|to|mon|tues|wednes|thurs|fri|satur|sun)day|days?|"
    r"mornings?|afternoons?|evenings?|nights?|noon|tonight|tomorrow|weeks?|weekends?|lunch(?:time)?|earlier|later|sooner)"
)
# Words that say nothing by themselves. Who asks "where", "when", "who", "why", "how much" or "how long" asks anew.
_LIGHT = (
    r"(?:a|an|the|and|but|or|ok|okay|then|well|oh|um|uh|so|just|only|even|also|too|instead|rather|still|now|please|pls|"
    r"if|possible|possibly|maybe|perhaps|is|are|was|be|been|do|does|did|can|could|will|would|should|may|might|must|"
    r"have|has|need|want|like|i|im|ill|id|you|they|we|he|she|someone|me|us|my|your|in|on|at|by|for|to|of|with|before|"
    r"after|next|other|another|same|any|some|about|what|how|which|not|no|yes|go|get|come|make|do|arrange|sort|try|early|"
    r"late|half|first|second|twice|once|whole|all)"
)
_NOTHING_NEW = re.compile(rf"(?:(?:{_LIGHT}|{_POINTS}) )*{_POINTS}(?: (?:{_LIGHT}|{_POINTS}))*")
_MOST_WORDS = 8
_ANYONE_WHO = re.compile(r"(?:is|are|isnt) there (?:some|any)(?:one|body) (?:there )?(?:who|that) (?:does|can|is|has)")
_WHO_CAN = re.compile(
    r"(?:(?:and|but|so|ok|okay|well|then|oh) )*who (?:can|could|does|would|will|should)(?: (?:i|you))?"
    r"(?: (?:ask|tell|say|help|know|knows|do|it|that|this|me|then|us))*"
)
# What was asked of a visit before: "then cancel it" is about that.
_OF_A_VISIT = frozenset({"booking", "cancellation", "hours"})
_SAID_OF_VISITS = frozenset({"no_records", "books_nothing"})
_CANCEL = re.compile(r"\b(?:cancel\w*|call(?:ing)? (?:it )?off|move|postpone|reschedule)\b")
# Words that ask of one more case of what was answered just now.
_ONE_MORE_CASE = re.compile(
    r"^(?:(?:and|but|so|ok|well) )*(?:even|also|what about|how about|what if|during|while|with|without|in|on|for|"
    r"if|when|after|before|at|by)\b|\b(?:too|as well|either|though|instead)$"
)
# Every reply says to ask one's provider first: who has none, or sees no need of one, answers that.
_HAS_NONE = re.compile(
    r"(?:(?:but|well|and|sorry|no|i|we|really|actually|just|even|currently) )*"
    r"(?:dont|havent|do not|have not|never)(?: really| even| currently)? (?:have|got|had|have got) "
    r"(?:one|an? (?:\w+ )?(?:doctor|doc|gp|pcp|provider|physician))"
    r"(?: (?:here|now|yet|at all|anymore|any more|though))*"
)
_BOOKS = re.compile(
    r"^(?:(?:hi|hello|hey|good|morning|afternoon|evening|there|yes|ok|so|please|pls|and|um|uh) )*"
    r"(?:(?:i|we) (?:want|need|wish|would like|would love|am trying|am looking|hope)|id like|id love|wed like|can i|"
    r"could i|may i|can we|please|pls|let me|im (?:looking|trying|hoping)|looking|trying|hoping|want|need)"
    r"(?: to)?(?: please)? (?:book|schedule|reserve|make|arrange|set up|an? (?:appointment|appt|slot))\b|"
    r"\bbook (?:me|us)\b"
)
# Said once something was answered: before that it may ask how to use the chat.
_STARTS = re.compile(
    r"\bhow (?:do|can|would|could|should|might) (?:i|we) "
    r"(?:get started|start|begin|sign up|go about (?:it|this|that))\b"
)
# "And lower back?" after the neck, of which the article says nothing; a back alone tells where it hurts.
_OF_THE_BACK = re.compile(
    r"(?:(?:and|but|so|ok|okay|well|then) )*(?:what about|how about|and|but|is it (?:good |ok |okay )?for|"
    r"(?:so )?(?:just|only)|does it (?:help|work|do anything)(?: for| with| on)?|do you (?:do|treat)|"
    r"(?:and |but )?for)"
    r"(?: (?:the|my|a|an|just|only|people with))* (?:(?:lower|low|upper|middle|mid|whole|bad|sore) )*backs?"
    r"(?: (?:pain|ache|problems?|trouble))?(?: (?:then|too|as well|though|itself))*"
)
_WHY_NOT_TELL = re.compile(
    r"\bwhy (?:cant|wont|dont|cannot|can not|will not|do not|couldnt|wouldnt) (?:you|u|anybody|anyone|this)"
    r"(?: \w+){0,2} (?:tell|say|know|answer|give|help|show)\b|\bwhy (?:is|isnt) (?:it|that|the price|this)(?: not)? "
    r"(?:a secret|in there|in the article|on here|listed|said)\b"
)
_TELLS_MORE = Wish("remark", "tells_more")
_OF_A_CASE = re.compile(
    r"(?:(?:and|but|so|only|just) )*(?:for|with|without|in|on|at|near|by|before|after)(?: \w+){1,3}"
)
_ANSWERS = frozenset(Wish("control", answer) for answer in ("affirm", "deny", "not_sure"))
_ASKS_FIRST = re.compile(
    r"(?:(?:and|so|but|ok|okay|well|then) )*(?:what|whats|how|which|who|when|where|is|are|was|do|does|did|can|could|"
    r"will|would) (?!about\b|ever\b|if\b|dont\b)\w+"
)
_BOOKING = Wish("gap", "booking")
_OF_OTHER_PARTS, _OF_BACKS = Wish("gap", "other_conditions"), Wish("topic", "who_can_benefit")
_BACKS = re.compile(r"\bbacks?\b")
# After other care, or other parts and patients, a back is what the article is about.
_OF_OTHER_CARE = frozenset(
    """other_conditions spine_conditions pets children electroacupuncture dry_needling cupping moxibustion herbs
    massage_chiropractic side_subject acupressure_self diagnosis""".split()
)
_SURE_OF_OTHER_PARTS, _MAY_BE = 0.8, 0.05
# A topic as likely as this leans on nothing that was said before.
_CLEARLY = 0.95
_HELP = Wish("control", "help")
_OF_CHILDREN = Wish("gap", "children")


def meant_here(state: State, segment: Segment, own: Wish) -> Wish | None:
    """What a message that is one part means by what was said before it; "how does it do it" leans on nothing.

    Args:
        state: What is remembered.
        segment: The message.
        own: What it would wish for by itself.
    """
    if pointed := meant_by_pointing(state, segment.text, own):
        return pointed
    for met in (announced, said_more_exactly, agreed_with):
        if here := met(state, segment.text, own):
            return here
    if own == _OF_OTHER_PARTS and _may_be_of_backs(segment):
        return _OF_BACKS
    return None if _is_plain(segment, own) else meant_by_leaning(state, segment.text, own)


def _is_plain(segment: Segment, own: Wish) -> bool:
    """Whether a part asks for a topic so clearly that it leans on nothing: "how does it do it"."""
    plain = segment.decision == "accept" and segment.candidates[0].confidence >= _CLEARLY
    return plain and own.kind == "topic" and not own.near


def _may_be_of_backs(segment: Segment) -> bool:
    """Whether a part that sounds like another problem names the back, and may ask who is helped: "it's for backs?"."""
    sure, who = segment.candidates[0].confidence >= _SURE_OF_OTHER_PARTS, f"ask_{_OF_BACKS.value}"
    likely = any(c.label == who and c.confidence >= _MAY_BE for c in segment.candidates)
    return likely and not sure and bool(_BACKS.search(bare(segment.text)))


def meant_by_leaning(state: State, text: str, own: Wish) -> Wish | None:
    """What a message that is one part means by what was said before it; None where its own reading stands.

    Args:
        state: What is remembered.
        text: The message.
        own: What it would wish for by itself.
    """
    if own in _ANSWERS and state.topics and _ASKS_FIRST.match(bare(text)):
        return Wish("miss", "asked")  # "what are those" is no "not sure"
    if own == Wish("control", "deny") and _has_no_provider(text):
        return Wish("remark", "find_doctor")
    if own != _OF_BACKS and _OF_THE_BACK.fullmatch(bare(text)):
        return _of_the_back(state, own)
    if own == _OF_CHILDREN and (meant := of_who_may_be_grown(state, text)):
        return meant
    if state.topics == (NOT_IN_ARTICLE,) and _WHY_NOT_TELL.search(bare(text)):
        return Wish("remark", "why")
    if own.kind in ("topic", "talk", "unclear", "miss") and _asks_to_book(text):
        return _BOOKING
    if (own.kind in ("unclear", "miss", "off_topic") or own == _HELP) and state.topics:
        if _STARTS.search(bare(text)):
            return _BOOKING
    if own.kind in ("topic", "gap", "unclear", "miss", "off_topic") or own in (Wish("talk", "greet"), _TELLS_MORE):
        if going_on := _goes_on(state, text, own):
            return going_on
    return _asks_of_a_detail(state, text) if own.kind == "miss" or own == Wish("off_topic", "maybe") else None


def _of_the_back(state: State, own: Wish) -> Wish | None:
    """What a back alone asks: whether it is treated, or what was left open, of backs ("for backs", after studies)."""
    left_open = state.topics == (NOT_IN_ARTICLE,) and not state.said
    if left_open and state.gaps and state.gaps[0] not in _OF_OTHER_CARE:
        return Wish("gap", state.gaps[0])
    return _OF_BACKS if own.kind in ("gap", "talk", "unclear", "miss", "remark") else None


def of_a_visit(state: State, text: str) -> bool:
    """Whether "then cancel it" means the visit that was spoken of, and not the chat."""
    last = state.said in _SAID_OF_VISITS or (
        state.topics == (NOT_IN_ARTICLE,) and not _OF_A_VISIT.isdisjoint(state.gaps) and not state.said
    )
    return last and bool(_CANCEL.search(bare(text)))


def _goes_on(state: State, text: str, own: Wish) -> Wish | None:
    """The subject that was left open last, where the words name no other, or who would know; None for all else.

    "For a van" names a case of where to park; a time of day, after that, is of the hours.
    """
    if state.topics != (NOT_IN_ARTICLE,) or not state.gaps:
        return None
    words = bare(text)
    if own == Wish("talk", "greet") and ("!" in text or _OF_A_VISIT.isdisjoint(state.gaps)):
        return None  # "morning!" after migraines
    if own.kind == "gap" and own.value in _OF_A_VISIT and state.gaps[0] not in _OF_A_VISIT:
        return None
    if own == _TELLS_MORE:
        return Wish("gap", state.gaps[0]) if not state.said and _OF_A_CASE.fullmatch(words) else None
    if _WHO_CAN.fullmatch(words):
        return Wish("remark", "who_would_know")
    if len(words.split()) > _MOST_WORDS or not (_NOTHING_NEW.fullmatch(words) or _ANYONE_WHO.fullmatch(words)):
        return None
    return Wish("gap", state.gaps[0])


def _asks_of_a_detail(state: State, text: str) -> Wish | None:
    """What was left open, where words that nothing understood lean on the last answer; None for all else.

    "During race season too?" after how often to come asks what the article does not tell.
    """
    words = bare(text)
    if not state.topics or state.said or len(words.split()) > _MOST_WORDS or not ("?" in text or asks(text)):
        return None
    if not _ONE_MORE_CASE.search(words):
        return None
    return Wish("gap", state.gaps[0] if NOT_IN_ARTICLE in state.topics and state.gaps else "other")


def _has_no_provider(text: str) -> bool:
    """Whether the message says that there is no provider to ask: "I don't have one"."""
    return bool(_HAS_NONE.fullmatch(bare(text)))


def _asks_to_book(text: str) -> bool:
    """Whether the message wishes for a visit in so many words, whatever it is for: "book a session for my sciatica"."""
    return bool(_BOOKS.search(bare(text)))
