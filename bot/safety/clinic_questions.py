"""Questions that ask what the clinic does: "do you treat both legs" tells of nobody's legs.

Where such a question stands, for the net and for what the classifier makes of a sentence alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.safety.written.letters import bare

_TOKEN = re.compile(r"[\w'’]+|[.!?;\n]|[,:–—]|-{1,2}(?=\s)")
_STRONG = frozenset(".!?;\n")
# After these another clause may begin.
_JOINTS = frozenset("and but so or also plus because cos cause since as if when".split())
# It may begin without any ("my back's out do you treat both legs"), but not after these.
_OPENERS = frozenset({"do", "does", "can", "could", "will", "would"})
_ASKING = frozenset("what how when where why which who whom whats if whether that than like all".split())
# Most messages hold none: they are looked through once, and not word by word.
_MAY_ASK = re.compile(
    r"\b(?:do|does|can|could|will|would)\W+(?:you|u|they|the|your|this|someone|acupuncture)\b", re.IGNORECASE
)
_WHAT_IT_DOES = re.compile(
    r"(?:(?:hi|hello|hey|so|and|but|or|ok|okay|also|plus|just|please|question|quick) )*"
    r"(?:do|does|can|could|will|would) (?:you|u|they|(?:the|your|this) (?:clinic|acupuncturists?|practitioners?|place)|"
    r"someone there|acupuncture) (?:(?:also|even|only|always|ever|usually|still|just) )*"
    r"(?:treat|do|needle|work on|help with|deal with|see|take on|accept|handle|offer|include|cover|go into|go near) .+"
)
# Who tells of somebody, or of a time, asks for more than that.
_OF_SOMEBODY = re.compile(
    r"\b(?:i|im|ive|id|me|my|mine|we|our|he|hes|she|shes|his|her|him|who|whos|since|now|today|tonight|yesterday|lately|"
    r"suddenly|began|started|starting|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"this (?:morning|afternoon|evening|week|month|weekend)|last (?:night|week|month|year)|ago|whose|stopped|stopping|"
    r"cant|cannot|wont|doesnt|not|lost|going|getting|gone|keeps?|help me)\b"
)
_SIGNS = re.compile(
    r"\b(?:numb\w*|weak\w*|tingl\w*|control|feeling|dead|los[es]\w*|loss|pee\w*|urin\w*|bladders?|bowels?|"
    r"incontinen\w*|poo\w*|chest|breath\w*|fevers?|faint\w*|blood\w*|bleed\w*|paraly\w*|strokes?|seizures?|collapse\w*|"
    r"collapsing|cauda|foot drop|saddle|groin|genital\w*|aneurysms?|overdos\w*|accidents?|crash\w*|fall\w*|fell|"
    r"buckl\w*|drag\w*|jelly|gone|(?:giv\w+|gave) (?:way|out|up|from))\b"
)
# What is said of these is said of what the question names: "do you treat legs, they packed in".
_OF_WHAT_IS_NAMED = re.compile(
    r"\b(?:they|theyre|theyve|them|their|these|those|which)\b|^(?:it|both)\b(?! (?:legs|feet))"
)
_MOST_WORDS = 12


@dataclass(frozen=True)
class _Token:
    word: str
    start: int
    end: int
    sentence: int
    after_mark: bool


def asked_of_the_clinic(text: str) -> tuple[tuple[int, int], ...]:
    """The places, in characters, of questions that ask what is treated there and tell of nobody.

    One that is only a clause of its sentence ("my back went out, do you treat both legs") names no danger sign either:
    beside what is told it may ask about just that.
    """
    if not _MAY_ASK.search(text):
        return ()
    tokens = _tokens(text)
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(tokens):
        last = _end_of_question(tokens, first) if _may_begin(tokens, first) else 0
        if last:
            found.append((tokens[first].start, tokens[last - 1].end))
        first = max(last, first + 1)
    return tuple(found)


def beside_what_is_asked(text: str) -> tuple[tuple[int, int], ...]:
    """The places, in characters, of what stands beside such questions; none where a text holds no such question."""
    asked = asked_of_the_clinic(text)
    if not asked:
        return ()
    tokens = [t for t in _tokens(text) if not any(start <= t.start < end for start, end in asked)]
    places: list[tuple[int, int]] = []
    for token in tokens:
        if places and not any(places[-1][1] <= start < token.start for start, _ in asked):
            places[-1] = places[-1][0], token.end
        else:
            places.append((token.start, token.end))
    return tuple(places)


def names_a_sign(text: str) -> bool:
    """Whether a question to the clinic names what may be a danger sign: it is asked about, whoever may have it."""
    return bool(_SIGNS.search(bare(text)))


def speaks_of_what_is_named(text: str) -> bool:
    """Whether what stands beside such a question may speak of what that names: "they packed in"."""
    return bool(_OF_WHAT_IS_NAMED.search(bare(text)))


def _may_begin(tokens: list[_Token], at: int) -> bool:
    token = tokens[at]
    if at == 0 or token.after_mark or token.sentence != tokens[at - 1].sentence or token.word in _JOINTS:
        return True
    return token.word in _OPENERS and tokens[at - 1].word not in _ASKING


def _end_of_question(tokens: list[_Token], first: int) -> int:
    """The place behind the last word of the longest such question that begins here; 0 where none does."""
    end = first + 1
    while end < len(tokens) and tokens[end].sentence == tokens[first].sentence:
        end += 1
    opens = first == 0 or tokens[first - 1].sentence != tokens[first].sentence
    breaks = [at for at in range(first + 1, end) if tokens[at].after_mark or tokens[at].word in _JOINTS]
    for last in (end, *reversed(breaks)):
        words = " ".join(token.word for token in tokens[first:last])
        if last - first > _MOST_WORDS or not _WHAT_IT_DOES.fullmatch(words) or _OF_SOMEBODY.search(words):
            continue
        beyond = next((" ".join(t.word for t in tokens[at:last]) for at in breaks if at < last), "")
        whole = opens and last == end
        if not _OF_WHAT_IS_NAMED.search(beyond) and (whole or not _SIGNS.search(words)):
            return last
    return 0


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    sentence, after_mark = 0, False
    for found in _TOKEN.finditer(text.lower()):
        piece = found.group()
        if word := bare(piece):
            tokens.append(_Token(word, found.start(), found.end(), sentence, after_mark))
            after_mark = False
        else:
            sentence += piece in _STRONG
            after_mark = True
    return tokens
