"""What words mean that point at somebody or something spoken of just before: "is she any good", "any use for that"."""

from __future__ import annotations

import re

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.in_context.follow_ups import plainly
from bot.conversation.state import State
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare

_UNREAD = ("unclear", "miss", "off_topic")
_IT = r"(?:it|this|that|they|you|acupuncture|(?:the |some )?needles|a session|one)"
# "Any use for that", "would it loosen it": what was told just now is meant.
_HELPS_WITH_IT = re.compile(
    rf"(?:(?:is|would|could|can|does|do|will|might) (?:{_IT} )?|{_IT} (?:is|would|could|can|does|will|might) )?"
    r"(?:be |been |also |even |really |actually |ever )*"
    r"(?:(?:any|some|much|a bit|of any|no) )*(?:use|good|help|point|worth trying|worth a go|work|"
    r"do (?:any|some)thing|ease|shift|sort|fix|loosen|touch|clear|calm|settle|treat)(?: out| up)?"
    r"(?: (?:for|with|on|against|to|in))? (?:that|it|this|mine|them|these|those|something like (?:that|this)|"
    r"that sort of thing|an? (?:back|pain|ache) like (?:that|mine))"
)
# "Is acupuncture any use for that" names acupuncture and asks not what it is.
_SOUNDS_LIKE_IT = frozenset((Wish("topic", "what_is_acupuncture"), Wish("topic", "how_it_works")))
_HELPS = Wish("topic", "benefits_general")
# "How long does that feeling last" is of the effect and of no session.
_OF_AN_EFFECT = re.compile(
    r"(?!.*\b(?:sessions?|visits?|treatments?|appointments?|needles?|acupuncture|one|first|it|they)\b)"
    r"(?:for )?how long (?:do|does|will|would|did) (?:\w+ ){1,4}(?:last|stay|hold|go on|keep up|hang around)(?: for)?"
)
_AN_EFFECT = frozenset(
    """stress pain_relief mobility inflammation benefits_general long_term results_how_soon how_it_works sensation
    side_effects""".split()
)
# "Is it better", "which hurts less" after other care holds it against acupuncture.
_HELD_AGAINST_IT = re.compile(
    r"\b(?:better|worse|best|cheaper|safer|stronger|gentler|faster|quicker|less|same|similar|different|difference|"
    r"compares?|compared|rather|prefer)\b"
)
_MOST_WORDS_HELD = 8
# "Could I knead dough the next morning" is of what to do after a visit, whatever it is.
_AFTER_A_VISIT = re.compile(
    r"(?:(?:and|but|so|ok|okay|well|then) )*(?:can|could|may|should|am i (?:ok|okay|allowed|able) to|is it (?:ok|okay|"
    r"fine|alright) (?:to|if)|will i be able to|would i be able to)\b.*\b(?:after(?:wards?)?|(?:the )?(?:next|same|"
    r"following) (?:day|morning|evening|night|afternoon)|that (?:day|evening|night|afternoon)|(?:the )?day after|"
    r"straight after|right after)(?: (?:too|then|still|it|that|one|(?:a|the) (?:visit|session|treatment)))*"
)
_AFTERCARE = Wish("gap", "aftercare")
_SESSION_LENGTH = Wish("topic", "session_length")
# Of whoever gives the needles; "are they clean" is of the needles.
_OF_WHO_TREATS = re.compile(
    r"(?:is|are|was) (?:he|she|they) (?!clean|sterile|new|safe|thin|sharp|reused|long|big|painful)\w+.*|"
    r"(?:whats|what is|what are|whos|who is) (?:(?:his|her|their) \w+.*|(?:he|she|they) (?:like|called))|"
    r"(?:how|where) (?:(?:long|old|many|much|good|well) )?(?:\w+ )?(?:has|have|had|did|is|are|was|were) "
    r"(?:he|she|they) (?:been|trained?|done|from|at|studied|worked|old|experienced|doing|learn\w*|qualif\w+|good).*|"
    r"(?:does|do|did|has|have|can|will) (?:he|she|they) (?:speak|know|have|been|train\w*|work|see|do|study|hold|"
    r"listen|explain|talk)\b.*"
)
_WHO_TREATS = Wish("gap", "practitioner_choice")
# Other care that the article says nothing of: "does it leave marks" after cupping is of cupping.
_OTHER_CARE = frozenset(
    ("electroacupuncture", "dry_needling", "cupping", "moxibustion", "herbs", "massage_chiropractic", "side_subject")
)
_OF_IT = re.compile(
    # "Good. And is it relaxing" has done with it.
    r"(?!(?:good|great|fine|nice|cool|perfect|lovely|thanks|thank you|right|anyway|alright|all right|shame)\b)"
    r"(?!.*\b(?:acupuncture|needles?|sessions?|visits?|you|u|i|my)\b)"
    r"(?:\w+ ){0,4}(?:it|that|this|they|those|them)\b(?: \w+){0,4}"
)
# "Could you check for me" after what is left open asks for no check of one's health; "let's do the check" does.
_LOOK_IT_UP = re.compile(
    r"\b(?:you|u|please|pls|someone|somebody) (?:please )?check\b(?! (?:me|my)\b)|"
    r"\bcheck (?:it|that|this|with|on|again)\b|"
    r"\b(?:find (?:it |that )?out|look (?:it|that|this|them|into)|ask (?:them|someone|her|him))\b"
)
_OF_ONES_HEALTH = re.compile(
    r"\b(?:suit\w*|right for|safe|good for|candidate|acupuncture|needles?|have it|my back|health)\b"
)
_ONLY_THE_ARTICLE = Wish("remark", "you_do_not_know")
# What is asked of any care alike.
_ASKED_OF_ANY = frozenset(
    """needle_pain is_it_safe side_effects session_length how_it_works benefits_general pain_relief results_how_soon
    sessions_needed sensation long_term what_is_acupuncture mobility stress inflammation""".split()
)
# "Is that just because they lay down".
_ASKS_FOR_THE_REASON = re.compile(
    r"(?:and |but |or )*(?:is|was|isnt|wasnt) (?:that|it|this) "
    r"(?:just |only |not |maybe |mainly |simply |really )*because .*"
)
_LICENSED = Wish("topic", "practitioner_licensed")


def meant_by_pointing(state: State, text: str, own: Wish) -> Wish | None:
    """What a message that is one part means by whom or what was spoken of before it; None where it points at nothing.

    Args:
        state: What is remembered.
        text: The message.
        own: What it would wish for by itself.
    """
    words = plainly(bare(text))
    if own != _LICENSED and _speaks_of_who_treats(state) and _OF_WHO_TREATS.fullmatch(words):
        return _WHO_TREATS
    left_open = state.topics == (NOT_IN_ARTICLE,) and not state.said
    if own.kind == "check" and left_open and _LOOK_IT_UP.search(words) and not _OF_ONES_HEALTH.search(words):
        return _ONLY_THE_ARTICLE
    if own == _SESSION_LENGTH and _AN_EFFECT.intersection(state.topics) and _OF_AN_EFFECT.fullmatch(words):
        return Wish("topic", "side_effects" if state.topics[-1] == "side_effects" else "long_term")
    if own.kind in _UNREAD and _AFTER_A_VISIT.fullmatch(words):
        return _AFTERCARE
    if left_open and _OTHER_CARE.intersection(state.gaps[:1]) and _is_held_against_it(words, own):
        return Wish("gap", state.gaps[0])
    if is_of_other_care(state, text, own.value):
        return Wish("gap", state.gaps[0])
    if own.kind in ("topic", *_UNREAD) and state.topics and _ASKS_FOR_THE_REASON.fullmatch(words):
        return Wish("remark", "why")
    spoken = bool(state.said or state.topics) and NOT_IN_ARTICLE not in state.topics
    unread = own.kind in _UNREAD or own in _SOUNDS_LIKE_IT
    return _HELPS if unread and spoken and _HELPS_WITH_IT.fullmatch(words) else None


def _is_held_against_it(words: str, own: Wish) -> bool:
    unread = own.kind in _UNREAD or own in (Wish("remark", "choose_for_me"), _HELPS)
    return unread and len(words.split()) <= _MOST_WORDS_HELD and bool(_HELD_AGAINST_IT.search(words))


def is_of_other_care(state: State, text: str, topic: str) -> bool:
    """Whether words that sound like a topic ask it of other care that was left open just now: "does it leave marks"."""
    left_open = state.topics == (NOT_IN_ARTICLE,) and not state.said and bool(_OTHER_CARE.intersection(state.gaps[:1]))
    return left_open and topic in _ASKED_OF_ANY and bool(_OF_IT.fullmatch(bare(text)))


def _speaks_of_who_treats(state: State) -> bool:
    """Whether the last answer was about whoever gives the needles."""
    of_the_gap = NOT_IN_ARTICLE in state.topics and _WHO_TREATS.value in state.gaps
    return not state.said and (_LICENSED.value in state.topics or of_the_gap)
