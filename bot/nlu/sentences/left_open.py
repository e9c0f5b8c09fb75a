"""Questions that leave open what they are about: "would it help", "how much of it", "can she come"."""

from __future__ import annotations

import re

from bot.nlu.sentences.question_forms import CONNECTIVES

# Words of a question that leave open what it is about.
_EMPTY = frozenset(
    """a about acupuncture any anything are as at be better bit can could deal did do does doing ease fix for get give
    good got has have help helpful helps here how i if improve in is it kind like make matter maybe me my needles
    needling no normal of ok okay on one or please pls point should so some something sort still stuff tell that the
    them then there these they thing think this those to too treat true try trying us use used usual usually way what
    whats will with work works worth would yes you your help soon both either even each all
    touch shift tackle cure target solve alright problem issue
    q question questions quick""".split()
)
# A question about somebody's case that names them only by a pronoun: "can she come", "would it suit him".
_EMPTY_OF_SOMEBODY = _EMPTY | frozenset("he she him her come have allowed able suit suitable".split())
# "how much of it", "and do you offer both" ask further about what was named in the question before.
# "is there proof of it" and "how is dry needling different" name something new.
_FURTHER = re.compile(
    r"^(?!(?:(?:and|but|so) )?(?:is|are) there ).*\b(?:of (?:it|that|them|those)|both)\W*$"
    r"|\b(?:it|that|this|they|those)\b.*\bdifferent\W*$",
    re.IGNORECASE,
)
# "How does it even work" asks for something, though all of its words are empty.
_HOW_IT_WORKS = re.compile(r"\bhow (?:do|does|would|can|could|will|did) .*\bworks?\W*$", re.IGNORECASE)
# And so does "what is this acupuncture".
_WHAT_IT_IS = re.compile(r"^(?:what|wat|wot)(?:'?s|s| is| even is) (?:this |an? )?acupuncture\W*$", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:it|that|this|these|those|them|one|ones|so|him|her|he|she|they)\b", re.IGNORECASE)
_TRUE_OR_NOT = re.compile(
    r"\W*(?:(?:so|and|but|well) )*(?:(?:is (?:that|it|this) )?(?:true|right|so|correct)(?: or (?:not|false|wrong|no))?|"
    r"or (?:not|is that rubbish))(?: (?:then|though))?\W*",
    re.IGNORECASE,
)
_LONGEST_EMPTY, _LONGEST_FURTHER = 9, 6


def says_nothing_alone(text: str) -> bool:
    """Whether a question leaves open what it is about: "would acupuncture be any good for something like that"."""
    return bool(_TRUE_OR_NOT.fullmatch(text)) or (_only(text, _EMPTY) and not _WHAT_IT_IS.search(text))


def leans_on_a_word(text: str) -> bool:
    """Whether a question points at what was told: "does it really do anything for that", "do I need one"."""
    return bool(_POINTS.search(text))


def is_about_somebody_told_of(text: str) -> bool:
    """Whether a question says nothing but whom it is about, and that by a pronoun: "can she come"."""
    return _only(text, _EMPTY_OF_SOMEBODY)


def asks_further(text: str) -> bool:
    """Whether a short question is about no more than what was named before it: "how much of it"."""
    return len(text.split()) <= _LONGEST_FURTHER and bool(_FURTHER.search(text))


def _only(text: str, empty: frozenset[str]) -> bool:
    words = [word for word in re.findall(r"[a-z]+", text.lower().replace("'", "")) if word not in CONNECTIVES]
    if _HOW_IT_WORKS.search(text):
        return False
    return 0 < len(words) <= _LONGEST_EMPTY and all(word in empty for word in words)
