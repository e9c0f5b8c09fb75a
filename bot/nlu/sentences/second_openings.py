"""Where a second question may begin without any mark, by its words alone; the topics decide whether one does.

Of what runs on without marks the parse is often wrong: "how long is it is it safe" is one clause to it.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from bot.nlu.sentences.clause_beginnings import leads_in
from bot.nlu.sentences.clauses import Part, part_of
from bot.nlu.sentences.question_forms import CONNECTIVES, MEASURES, OPENING_VERBS, QUESTION_WORDS

_SUBJECTS = frozenset("i it you u they we he she there this that the my your acupuncture needles anyone".split())
# What stands before one of these goes on: "I know | how long", "for | how long", "and | does it".
_GOES_ON = (
    frozenset(
        """know wonder wondering tell ask asking asked see say said understand explain find me sure matter depend
        depends idea if whether for after before by with at to from until till of in on or not than that which because
        when while as no so""".split()
    )
    | CONNECTIVES
    | QUESTION_WORDS
    | OPENING_VERBS
    | MEASURES
)
_TELLS = frozenset("i im ive id i'm i've we he she they it its hes shes my".split())
_OPENERS = QUESTION_WORDS | OPENING_VERBS
_LONGEST_KEYWORDS, _FEWEST_WORDS, _MOST = 4, 2, 3


def second_openings(doc: Doc, part: Part) -> list[tuple[Part, Part]]:
    """The halves of a part before each word that opens another question, the first ones first."""
    if not _may_open_twice(part.read_as.lower().split()):
        return []
    span = doc.char_span(part.start, part.end, alignment_mode="expand")
    if not span or leads_in(span):
        return []
    tokens = [token for token in span if token.is_alpha]
    words = [token.lower_ for token in tokens]
    pairs: list[tuple[Part, Part]] = []
    for place in range(_FEWEST_WORDS, len(tokens) - 1):
        before = words[:place]
        opens = words[place] in _OPENERS and _opens(tokens[place])
        if not _begins_again(before, words[place:]):
            if not opens or not (_has_asked(before) or _are_keywords(tokens[:place])):
                continue
        cut = tokens[place].idx
        left, right = part_of(doc, part.start, cut), part_of(doc, cut, part.end)
        if left and right:
            pairs.append((replace(left[0], asks=True), replace(right[0], asks=True)))
    return pairs[:_MOST]


def _may_open_twice(words: list[str]) -> bool:
    """Whether a look is worth while: most parts have no word behind their first two that opens a question."""
    later = words[_FEWEST_WORDS:-1]
    return words[0] in later or not _OPENERS.isdisjoint(later)


def _opens(token: Token) -> bool:
    """Whether a verb stands before its subject here, or a question word before either."""
    following, before = token.nbor(1), token.nbor(-1)
    if before.lower_ in _GOES_ON or before.pos_ in ("DET", "ADP"):
        return False
    if token.lower_ in QUESTION_WORDS:
        does = token.lower_ in ("who", "what") and following.tag_ in ("VBZ", "VBD")
        return does or following.lower_ in OPENING_VERBS | MEASURES | {"'s", "s"}
    return following.lower_ in _SUBJECTS


def _has_asked(before: list[str]) -> bool:
    """Whether it is a question that has said all: "how long is it", "can i drive", but not "how many needles"."""
    words = [word for word in before if word not in CONNECTIVES]
    if len(words) < _FEWEST_WORDS:
        return False
    if words[0] in OPENING_VERBS:
        return len(words) > _FEWEST_WORDS
    if words[0] not in QUESTION_WORDS:
        return False
    verbs = [place for place, word in enumerate(words) if word in OPENING_VERBS]
    return bool(verbs) and verbs[0] + 1 < len(words)


def _are_keywords(before: list[Token]) -> bool:
    """Whether it only names things: "opening times", "parking prices"."""
    named = all(token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "CCONJ") for token in before)
    return named and len(before) <= _LONGEST_KEYWORDS and _TELLS.isdisjoint(token.lower_ for token in before)


def _begins_again(before: list[str], after: list[str]) -> bool:
    """Whether the same two words begin again, or "any": "good for stress | good for sleep", "any risks | any pain"."""
    if before[0] != after[0]:
        return False
    twice = before[1] == after[1] and min(len(before), len(after)) > _FEWEST_WORDS
    return twice or after[0] == "any"
