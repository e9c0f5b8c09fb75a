"""Where a second question may begin without any mark, by its words alone; the topics decide whether one does.

Of what runs on without marks the parse is often wrong: "how long is it is it safe" is one clause to it.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Span, Token

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
_LONGEST_KEYWORDS, _FEWEST_WORDS, _MOST = 4, 2, 3


def second_openings(doc: Doc, part: Part) -> list[tuple[Part, Part]]:
    """The halves of a part before each word that opens another question, the likeliest first."""
    span = doc.char_span(part.start, part.end, alignment_mode="expand")
    if not span or leads_in(span):
        return []
    pairs: list[tuple[Part, Part]] = []
    for token in span:
        before, after = span.doc[span.start : token.i], span.doc[token.i : span.end]
        if len(_words(before)) < _FEWEST_WORDS or len(_words(after)) < _FEWEST_WORDS:
            continue
        if _begins_again(before, after) or (_opens(token) and (_has_asked(before) or _are_keywords(before))):
            left, right = part_of(doc, part.start, token.idx), part_of(doc, token.idx, part.end)
            if left and right:
                pairs.append((replace(left[0], asks=True), replace(right[0], asks=True)))
    return pairs[:_MOST]


def _words(span: Span) -> list[str]:
    return [token.lower_ for token in span if token.is_alpha]


def _opens(token: Token) -> bool:
    """Whether a verb stands before its subject here, or a question word before either."""
    following, before = token.nbor(1).lower_, token.nbor(-1).lower_
    if before in _GOES_ON or token.nbor(-1).pos_ in ("DET", "ADP"):
        return False
    if token.lower_ in QUESTION_WORDS:
        does = token.lower_ in ("who", "what") and token.nbor(1).tag_ in ("VBZ", "VBD")
        return does or following in OPENING_VERBS | MEASURES | {"'s", "s"}
    return token.lower_ in OPENING_VERBS and following in _SUBJECTS


def _has_asked(before: Span) -> bool:
    """Whether it is a question that has said all: "how long is it", "can i drive", but not "how many needles"."""
    words = [word for word in _words(before) if word not in CONNECTIVES]
    if len(words) < _FEWEST_WORDS:
        return False
    if words[0] in OPENING_VERBS:
        return len(words) > _FEWEST_WORDS
    if words[0] not in QUESTION_WORDS:
        return False
    verbs = [place for place, word in enumerate(words) if word in OPENING_VERBS]
    return bool(verbs) and verbs[0] + 1 < len(words)


def _are_keywords(before: Span) -> bool:
    """Whether it only names things: "opening times", "parking prices"."""
    words = _words(before)
    named = all(token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "CCONJ") or not token.is_alpha for token in before)
    return named and len(words) <= _LONGEST_KEYWORDS and not _TELLS.intersection(words)


def _begins_again(before: Span, after: Span) -> bool:
    """Whether the same two words begin again: "good for stress | good for sleep"."""
    first, again = _words(before), _words(after)
    return len(first) > _FEWEST_WORDS and first[:2] == again[:2] and len(again) > _FEWEST_WORDS
