"""What a message does, read by words alone: asks, agrees and no more, wants it again, gives a score, was an image."""

from __future__ import annotations

import re

from bot.conversation.by_words.yes_and_no import FILLER, leading_answer
from bot.safety.written.letters import bare

# "Yes but does it hurt" answers and asks.
_ASKS = re.compile(
    r"\b(?:(?:what|how|when|why|where|who)(?:s|d|ll)?|"
    r"which|do you|does it|do they|is it|are there|are they|can i|can you|"
    r"could i|will it|will i|would it|should i)\b|"
    r"(?:^|\b(?:and|but|so|then|or) )am i\b|"
    # "No and do the needles hurt": a verb before its subject.
    r"(?:^|\b(?:and|but|also|so|oh|or|btw|way|though) )(?:do|does|did|is|are|was|will|would|can|could|should) "
    r"(?:i|it|they|you|we|he|she|there|this|that|these|those|the|a|an|any|my|your|needles?|acupuncture|insurance|"
    r"people|patients)\b|"
    # "Would sorting out the seat help", "acupuncture any use for strains", "it calms it, true or false".
    r"^(?:does|would|will|can|could) (?!being\b)\w{2,}ing\b|"
    r"(?:^|\b(?:acupuncture|needles?|needling|this|it) )any (?:use|good|help|point|chance)\b|"
    r"\b(?:true or (?:false|not)|yes or no|or not)$|"
    # "Ok. Would the needles go near it"; "ok do it" asks nothing.
    r"^(?:(?:ok|okay|right|well|then|fine|thanks) )+(?:does|is|are|will|would|can|could|should) "
    r"(?:i|it|they|you|we|he|she|there|this|that|these|those|the|an?|any|my|your|needles?|acupuncture)\b"
)
_SENTENCE_ENDS = re.compile(r"[.!;,\n]+")
_TELL_ME = re.compile(
    r"\b(?:tell me|explain|wonder(?:ing|ed|s(?= (?:if|whether|how|what|when|where|who|why)))?|"
    r"like to know|want to know|need to know|curious|ask you|what about|cost)\b"
)
# Agrees to an offer or wishes to go on, and says nothing to a question about one's health.
_AGREEMENT = re.compile(
    rf"^{FILLER}(?:ok|okay|sure|right|alright|all right|fine|cool|got it|i see|k|kk|"
    r"continue|go on|carry on|keep going|proceed|im back|ready|next|next question)"
    r"(?: thanks| thank you| please| then)?$"
)
_REPEAT = re.compile(
    r"^(?:sorry |pardon |wait |ok |please )*(?:(?:can|could|would) you )?(?:please )?(?:repeat|say)"
    r"(?: (?:that|it|this|again))+(?: please)?$|"
    r"^(?:sorry |pardon |wait )*(?:what was (?:that|the question|your question|it)(?: again)?|"
    r"whats the question(?: again)?|(?:the )?question again|what did you (?:ask|say)|sorry what)(?: please)?$|"
    r"^(?:pardon|come again|once more|again(?: please)?|what was that|(?:in |use )?(?:simpler|plain|easier) words?|"
    r"(?:in |say (?:that|it) in )?(?:plain|simple|normal|proper) english|in english)(?: please| pls)?$"
)
_NUMBER = re.compile(r"\b(10|\d)\b")
# A score may be written as a word, nearly alone: "one" in a sentence is seldom a score.
_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OUT_OF_TEN = re.compile(r"(?:\bout )?(?:\bof |/ ?)(?:10|ten)\b")
_SCORE_IN_WORDS = re.compile(
    r"(?:(?:about|around|maybe|probably|perhaps|like|roughly|say|id say|i would say|i guess|i think|i suppose|its|"
    r"it is|was|an?|solid|more|close to|just|only|at least|well|oh|um|uh|hmm|so|usually|mostly|today|on average|up to|"
    r"my pain) )*"
    rf"(?P<score>{'|'.join(_NUMBER_WORDS)})"
    r"(?: (?:or so|i think|i guess|i suppose|maybe|probably|perhaps|today|usually|mostly|most days|on average|"
    r"really|now|id say|i would say|ish))*"
)


# "Emotionally, I mean": words that sounded like a danger sign were an image.
_IMAGE = re.compile(
    r"^(?:(?:no|oh|sorry|haha|lol|nah|i|it|that|thats|its|was|is|am|im|meant|mean|just|only|purely|more|a|an|in|by) )*"
    r"(?:emotionally|mentally|figuratively|metaphorically|not literally|not physically|(?:figure|manner|way) of "
    r"(?:speech|speaking)|(?:old )?(?:expression|saying)|metaphor|jok(?:e|ing)|kidding|exaggerating|exaggeration|"
    r"being dramatic)"
    r"(?: (?:i|mean|meant|only|of|speech|thing|sense|haha|lol|speaking|though))*$"
)


# What is said to an answer and asks nothing more: "phew", "oh what a shame".
_EXCLAIMS = re.compile(
    r"(?:(?:oh|ah|well|ok|okay|hm+|right|and|but|thats|that is|its|what|such|a|an|bit of|real|really|so|my|no) )*"
    r"(?:phew|shame|pity|blimey|crikey|gosh|golly|yikes|ouch|oof|eek|eww?|ugh|jeez|jesus|heavens|goodness(?: me)?|"
    r"dear(?: me)?|god|omg|whoa|huh|aw+|o+h+|bummer|drat|damn|dang|crap|typical|relief|oh well|too bad|disappointing|"
    r"unlucky|weird|strange|odd|mad|crazy|bizarre|fascinating|surprising|reassuring|surprise)"
    r"(?: then| though| that is| isnt it| to hear| haha| lol)*"
)


def only_exclaims(text: str) -> bool:
    """Whether the message is a word of surprise, relief or regret and no more."""
    return "?" not in text and bool(_EXCLAIMS.fullmatch(bare(text)))


def calls_it_an_image(text: str) -> bool:
    """Whether the message says no more than that words were no symptom: "emotionally i mean", "just an expression"."""
    return bool(_IMAGE.match(bare(text)))


def asks(text: str) -> bool:
    """Whether some part of the message is worded as a question or asks to be told."""
    parts = (bare(text), *map(bare, _SENTENCE_ENDS.split(text)))
    return "?" in text or any(_ASKS.search(words) or _TELL_ME.search(words) for words in parts)


def is_bare_answer(text: str) -> bool:
    """Whether the message is an answer and next to nothing else."""
    words = bare(text)
    parts = (words, *map(bare, _SENTENCE_ENDS.split(text)))
    return leading_answer(text) is not None and len(words.split()) <= 5 and not any(map(_ASKS.search, parts))


def only_agrees(text: str) -> bool:
    """Whether the message is an "ok" and no more: a yes to an offer, no answer to a question about one's health."""
    return bool(_AGREEMENT.match(bare(text)))


def asks_to_repeat(text: str) -> bool:
    """Whether the message wants to hear the last answer again."""
    return bool(_REPEAT.match(bare(text)))


def number_in(text: str) -> str | None:
    """The score written in a message, 0 to 10; None when there is none."""
    if match := _NUMBER.search(_OUT_OF_TEN.sub("", text.lower())):
        return match[1]
    said = _SCORE_IN_WORDS.fullmatch(bare(_OUT_OF_TEN.sub("", text.lower())))
    return str(_NUMBER_WORDS.index(said["score"])) if said else None
