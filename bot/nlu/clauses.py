"""Cuts a message where a patient might begin to ask or tell another thing; whether one does is decided elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

_QUESTION_WORDS = frozenset("what how when where why who which whose whats hows wheres whos wat wht hw".split())
OPENING_VERBS = frozenset(
    """is are do does did can could will would should shall has have am was were may might isnt arent dont doesnt cant
    wont""".split()
)
CONNECTIVES = frozenset("and also plus but then so & + n nd".split())
# What joins two things of equal weight; the others also stand inside a clause ("does it also help").
JOINS = frozenset("and plus & + nd".split())
# "for how many minutes", "after how many visits": the question word may stand second.
_BEFORE_QUESTION_WORD = frozenset("for after in by with on at to from until till".split())
# "I know how long it takes" goes on; "how soon does it work how long does it last" begins anew.
_LEADS_TO_QUESTION = frozenset(
    "know wonder wondering tell ask asking asked see say understand explain find me sure matter depend idea".split()
)
# Words of a question that leave open what it is about.
_EMPTY = frozenset(
    """a about acupuncture any anything are as at be better bit can could deal did do does doing ease fix for get give
    good got has have help helpful helps here how i if improve in is it kind like make matter maybe me my needles
    needling no normal of ok okay on one or please pls point should so some something sort still stuff tell that the
    them then there these they thing think this those to too treat try trying us use used usual usually way what will
    with work works worth would yes you your help soon""".split()
)
_SHORTEST_HALF = 2
_HELPING_VERBS = frozenset("can could will would should have has had may might".split())
_SUBJECTS = frozenset("i it he she we they you this that there".split())
_CONTRACTED = re.compile(r"(?:what|who|how|where)'?s \w+", re.IGNORECASE)
_SUBORDINATES = frozenset("if when because since after before while once for as though although unless".split())
_RELATIVE = frozenset("who which whose whom that".split())
_ASKING = re.compile(
    r"\?|\b(?:wonder(?:ing)?|want(?:ed)? to (?:know|ask)|like to know|tell me|let me know|curious|any idea|question"
    r"|need to know|asking|asks|ask (?:about|if|whether)|not sure (?:if|whether|how|what)|explain|explanation"
    r"|info(?:rmation)? (?:on|about)|any (?:use|good|help|hope|point|chance|effect)|convince me|yes or no|or what"
    r"|(?:does|would|will) (?:that|it) matter)\b",
    re.IGNORECASE,
)
_OWN_CASE = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|my|mine|we|our|me|he|she|his|her|they)\b", re.IGNORECASE)
_STRONG_MARK = re.compile(r"[?!;]+\s+|\n+")
_GREETING = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|thanks|thank you)\b", re.IGNORECASE
)
# What leads from a greeting to the question: "hello how are you I wanted to ask what a session is like".
_LEADS_OVER = re.compile(
    r"(?<=\w )(?<!and )(?=(?:i (?:just )?(?:want(?:ed)?|would like|need(?:ed)?) to (?:ask|know)|my question is)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A stretch of a message.

    Attributes:
        start, end: Its place in the message, in characters.
        asks: Whether it is put as a question or a wish to know.
        tells: Whether it is a statement about somebody's own case.
        joined: Whether it is a statement and the question about it, which must not be cut again.
        read_as: What to classify; differs from the stretch where a shared beginning is understood ("the cost" in
            "what are the risks and the cost").
    """

    start: int
    end: int
    asks: bool
    read_as: str
    tells: bool = False
    joined: bool = False


def sentences(doc: Doc) -> list[Part]:
    """The sentences of a message; also cut after "?", "!" and ";", where the parser sometimes runs on."""
    parts: list[Part] = []
    for span in doc.sents:
        start = span.start_char
        for match in _STRONG_MARK.finditer(doc.text, span.start_char, span.end_char):
            parts.extend(part_of(doc, start, match.end()))
            start = match.end()
        rest = _LEADS_OVER.search(doc.text, start, span.end_char)
        if rest and _GREETING.match(doc.text[start : rest.start()]):
            parts.extend(part_of(doc, start, rest.start()))
            start = rest.start()
        parts.extend(part_of(doc, start, span.end_char))
    return parts


def clauses(doc: Doc, sentence: Part) -> list[Part]:
    """The parts of one sentence, cut before every clause that could be another question; one part if none."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    cuts = [token.idx for token in span if token.i > span.start and _opens_another(token, span)] if span else []
    parts: list[Part] = []
    for start, end in zip([sentence.start, *cuts], [*cuts, sentence.end], strict=True):
        parts.extend(part_of(doc, start, end, asks=sentence.asks))
    return parts


def _opens_another(token: Token, span: Span) -> bool:
    """Whether a clause of its own may begin here: after a connective or a comma, with a question or a subject."""
    before = token.nbor(-1)
    if token.lower_ in _RELATIVE and (token.head.dep_ == "relcl" or before.pos_ in ("NOUN", "PRON", "PROPN")):
        return False
    after_mark = before.text in (",", "-", "--", "/", ".", "...", ":")
    after_word = before.lower_ in CONNECTIVES
    if token.lower_ in CONNECTIVES - JOINS and not after_mark and not after_word:
        return token.i + 1 < span.end and _begins_question(token.nbor(1), span)
    if token.lower_ in CONNECTIVES:
        # The connective belongs to what follows: cut before it, unless a mark or another stands there already.
        return token.i + 1 < span.end and not after_word and _begins_clause(token.nbor(1), span)
    if after_word:
        return False
    if after_mark:
        return _begins_clause(token, span) and not (
            _leads_in(span) and "," not in span.doc[span.start : token.i - 1].text
        )
    return runs_on(token, span)


def runs_on(token: Token, span: Span) -> bool:
    """Whether a second question begins without any mark: "does it hurt how long does it take"."""
    before = token.nbor(-1)
    if token.i - span.start < _SHORTEST_HALF or span.end - token.i < _SHORTEST_HALF:
        return False
    if before.lower_ in _LEADS_TO_QUESTION | _QUESTION_WORDS or before.pos_ in ("ADP", "AUX", "SCONJ", "PART"):
        return False
    # "and it | is sore" tells; "what is it | is it safe" asks.
    if before.lower_ in _SUBJECTS and (before.i == span.start or before.nbor(-1).lower_ not in OPENING_VERBS):
        return False
    following = token.nbor(1)
    if token.lower_ in _QUESTION_WORDS:
        turned = following.lower_ in OPENING_VERBS | {"much", "many", "long", "often", "soon", "about", "far"}
        return turned and _complete(span, token)
    left = span.doc[span.start : token.i]
    # "whats acupuncture does it hurt" has asked; "how many sessions does it take" is asking still.
    asked = bool(_CONTRACTED.match(left.text))
    if not asked and any(word.lower_ in _QUESTION_WORDS for word in left[-3:]):
        return False
    opens = token.lower_ in OPENING_VERBS and following.pos_ in ("PRON", "DET", "NOUN", "PROPN", "ADJ")
    lists = token.lower_ == "any" and before.pos_ not in ("NOUN", "PROPN", "PRON")
    return (opens or lists) and (asked or _complete(span, token))


def _leads_in(span: Span) -> bool:
    """Whether it opens with a condition, which belongs to the question after it: "when I stop going, does it …"."""
    return (
        span[0].lower_ in _SUBORDINATES
        and len(span) > 1
        and span[1].lower_ not in OPENING_VERBS | _QUESTION_WORDS | {"much", "many", "long", "often", "soon"}
    )


def _complete(span: Span, until: Token) -> bool:
    """Whether the words before have said something: a subject with its verb, or no verb and no question at all.

    "how long | does it hold" and "does it | do anything" have not.
    """
    if _leads_in(span):
        return False
    left = span.doc[span.start : until.i]
    subjects = [word for word in left if word.dep_ in ("nsubj", "nsubjpass", "expl")]
    if any(word.head.i < until.i and word.head.pos_ in ("VERB", "AUX") for word in subjects):
        return True
    return not any(word.lower_ in _QUESTION_WORDS | OPENING_VERBS or word.pos_ in ("AUX", "VERB") for word in left)


def _begins_clause(token: Token, span: Span) -> bool:
    if token.lower_ in CONNECTIVES and token.i + 1 < span.end:
        return _begins_clause(token.nbor(1), span)
    if _begins_question(token, span):
        return True
    # A clause with its own subject: "and I have sciatica", "and the needles hurt".
    return any(
        other.dep_ in ("nsubj", "nsubjpass", "expl") and other.i - token.i <= 3 and other.head.pos_ in ("VERB", "AUX")
        for other in token.doc[token.i : min(token.i + 4, span.end)]
    )


def _begins_question(token: Token, span: Span) -> bool:
    word = token.lower_
    if word in _QUESTION_WORDS or word in ("any", "about", "if", "whether"):
        return True
    if word in _BEFORE_QUESTION_WORD and token.i + 1 < span.end and token.nbor(1).lower_ in _QUESTION_WORDS:
        return True
    if word not in OPENING_VERBS or token.i + 1 >= span.end:
        return False
    following = token.nbor(1)
    # "and do it myself" orders, "and do you" asks.
    return following.pos_ in ("PRON", "DET", "NOUN", "PROPN", "VERB", "ADJ") and not (
        word == "do" and following.lower_ == "it"
    )


def _opens_as_question(doc: Doc, start: int, end: int) -> bool:
    """Whether its first word but connectives asks: "does it hurt", but not "did my back in on Saturday"."""
    span = doc.char_span(start, end, alignment_mode="contract") or ()
    first = next((token for token in span if token.is_alpha and token.lower_ not in CONNECTIVES), None)
    if first is None or first.lower_ in _QUESTION_WORDS:
        return first is not None
    if first.lower_ not in OPENING_VERBS:
        return False
    # "I fell and can barely move" goes on telling.
    if first.i and first.nbor(-1).lower_ in CONNECTIVES and first.i + 1 < len(doc):
        if first.lower_ in _HELPING_VERBS and first.nbor(1).pos_ in ("ADV", "VERB", "AUX", "PART"):
            return False
    acts = first.lower_ in ("do", "did", "have", "has", "had") and first.pos_ == "VERB"
    return not (acts and first.i + 1 < len(doc) and first.nbor(1).lower_ in ("my", "the", "a", "it"))


def joined_to_what_they_mean(doc: Doc, parts: list[Part]) -> list[Part]:
    """The parts, a question that says nothing of its own ("can needles help with that") joined to what it is about."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and not _puts_a_question(doc, before) and part.asks and says_nothing_alone(part.read_as):
            joined[-1] = Part(before.start, part.end, True, doc.text[before.start : part.end], joined=True)
        else:
            joined.append(part)
    return joined


def _puts_a_question(doc: Doc, part: Part) -> bool:
    return "?" in part.read_as or _opens_as_question(doc, part.start, part.end)


def says_nothing_alone(text: str) -> bool:
    """Whether a question leaves open what it is about: "would acupuncture be any good for something like that"."""
    words = [word for word in re.findall(r"[a-z]+", text.lower().replace("'", "")) if word not in CONNECTIVES]
    return 0 < len(words) <= 9 and all(word in _EMPTY for word in words)


def part_of(doc: Doc, start: int, end: int, asks: bool = False) -> list[Part]:
    """The trimmed stretch, or nothing when it holds no word."""
    text = doc.text[start:end]
    start += len(text) - len(text.lstrip(" ,.;:-"))
    stripped = doc.text[start:end].rstrip()
    if not any(character.isalnum() for character in stripped):
        return []
    words = stripped.lower().split()
    if all(word.strip(",.:;-") in CONNECTIVES for word in words):
        return []
    asking = bool(_ASKING.search(stripped)) or _opens_as_question(doc, start, start + len(stripped))
    tells = not asking and bool(_OWN_CASE.search(stripped))
    return [Part(start, start + len(stripped), asking or (asks and len(words) <= 3), stripped, tells)]
