"""Questions that ask what the clinic does: "do you treat both legs" tells of nobody's legs."""

from __future__ import annotations

import re

from bot.conversation.follow_ups import bare

_WHAT_IT_DOES = re.compile(
    r"(?:(?:hi|hello|hey|so|and|but|or|ok|okay|also|just|please|question|quick) )*"
    r"(?:do|does|can|could|will|would) (?:you|u|they|(?:the|your|this) (?:clinic|acupuncturists?|practitioners?|place)|"
    r"someone there|acupuncture) (?:(?:also|even|only|always|ever|usually|still|just) )*"
    r"(?:treat|do|needle|work on|help with|deal with|see|take on|accept|handle|offer|include|cover|go into|go near) .+"
)
# Who tells of somebody, or of a time, asks for more than that.
_OF_SOMEBODY = re.compile(
    r"\b(?:i|im|ive|id|me|my|mine|we|our|he|hes|she|shes|his|her|him|who|whos|since|now|today|tonight|yesterday|lately|"
    r"suddenly|began|started|starting|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"cant|cannot|wont|doesnt|not|lost|going|getting|gone|keeps?|help me)\b"
)
_SIGNS = re.compile(
    r"\b(?:numb\w*|weak\w*|tingl\w*|control|feeling|dead|los[es]\w*|loss|pee\w*|urin\w*|bladders?|bowels?|"
    r"incontinen\w*|poo\w*|chest|breath\w*|fevers?|faint\w*|blood\w*|bleed\w*|paraly\w*|strokes?|seizures?|collapse\w*|collapsing|cauda|"
    r"foot drop|saddle|groin|genital\w*|aneurysms?|overdos\w*|accidents?|crash\w*|fall\w*|fell)\b"
)
_MOST_WORDS = 12


def asks_what_the_clinic_does(sentence: str) -> bool:
    """Whether a sentence asks what is treated there, and tells of nobody."""
    words = bare(sentence)
    short = len(words.split()) <= _MOST_WORDS
    return short and bool(_WHAT_IT_DOES.fullmatch(words)) and not _OF_SOMEBODY.search(words)


def names_a_sign(sentence: str) -> bool:
    """Whether it names what may be a danger sign all the same: it is asked about, whoever may have it."""
    return bool(_SIGNS.search(bare(sentence)))
