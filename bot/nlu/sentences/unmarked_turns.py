"""Where a message turns from telling to asking, or back, without any mark: "i sit all day | what time do you shut".

A mark there would part them ("I sit all day. What time do you shut?"), and on a phone it is seldom typed.
"""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from bot.nlu.sentences.clause_beginnings import leads_in
from bot.nlu.sentences.question_forms import (
    CONNECTIVES,
    MEASURES,
    OPENING_VERBS,
    QUESTION_WORDS,
    acts,
    only_asks_an_opinion,
    orders,
)
from bot.nlu.sentences.relative_clauses import says_more_of_it
from bot.nlu.sentences.told_verbs import carries_on, is_copula

_OWN_SUBJECT = frozenset("i im ive id i'm i've we weve my our he she hes shes his her".split())
_HAVE_THEIR_VERB = frozenset("im ive id hes shes weve".split())
_OWNS = frozenset("my our his her".split())
_SUBJECTS = frozenset("i you it they we he she there this that acupuncture needles the a an".split())
_CONTRACTED = frozenset("whats hows wheres whos whens".split())
# What is asked behind them goes on with what stands before it, and so does what is told behind them and these.
_LEADS_TO_ASKING = frozenset(
    """know wonder wondering tell ask asking asked see say said says think thinks thought understand explain find sure
    matter matters depends idea and or but so then also plus that which who what how where why if whether hello hi hey
    ok okay yes no well""".split()
)
_LEADS_TO_TELLING = _LEADS_TO_ASKING | frozenset(
    """when while because cause cos cuz since after before until till til unless though although as than like once whose
    whom mean means meant hope guess suppose reckon believe feel feels afraid let make makes true case time way every
    each next last to not""".split()
)
_ASK_ON = frozenset("how what which whose whats hows".split())
_FEWEST_WORDS, _LONGEST_SUBJECT, _LONGEST_QUESTION_WORDS = 3, 4, 4
# "The pain i have", "anything i should bring": what stands before them may be what is had or brought.
_ANY_THING = frozenset("anything something everything nothing all things anyone someone".split())
_DEFINITE = frozenset("the that those these all any some no".split())


def turns(span: Span) -> list[int]:
    """The words with which it turns, by their number in the message."""
    found: list[int] = []
    start = span.start
    for token in span:
        left = span.doc[start : token.i]
        right = span.doc[token.i : span.end]
        if len(_words(left)) < _FEWEST_WORDS or len(_words(right)) < _FEWEST_WORDS:
            continue
        if only_asks_an_opinion(right):
            continue
        if (_begins_to_ask(token, right) and _has_told(left)) or (_begins_to_tell(token, right) and _has_asked(left)):
            found.append(token.i)
            start = token.i
    return found


def _words(span: Span) -> list[Token]:
    return [token for token in span if token.is_alpha]


def _before(token: Token) -> str:
    return re.sub(r"\W", "", token.nbor(-1).lower_)


def _has_told(left: Span) -> bool:
    """Whether these words tell of somebody's own case or wish, and neither ask nor lead to a question."""
    words = [token.lower_ for token in left if token.lower_ not in CONNECTIVES and token.is_alpha]
    if words[0] in QUESTION_WORDS | OPENING_VERBS | MEASURES or leads_in(left):
        return False
    if any(word in _ASK_ON for word in words[-_FEWEST_WORDS:]):
        return False  # "I want to say how many | do you need"
    own = any(word in _OWN_SUBJECT for word in words[:_LONGEST_SUBJECT])
    return own and any(token.pos_ in ("VERB", "AUX") or token.lower_ in _HAVE_THEIR_VERB for token in left)


def _has_asked(left: Span) -> bool:
    """Whether these words are a question that has said all: "will i bruise", but not "how many visits"."""
    words = [token for token in left if token.is_alpha and token.lower_ not in CONNECTIVES]
    opens = words and words[0].lower_ in QUESTION_WORDS | OPENING_VERBS
    if not opens or leads_in(left) or words[-1].lower_ in OPENING_VERBS | QUESTION_WORDS:
        return False
    if words[0].lower_ in _CONTRACTED or words[-1].dep_ in ("det", "poss", "amod"):
        return words[-1].dep_ not in ("det", "poss", "amod")
    verbs = [token for token in words if token.pos_ in ("VERB", "AUX")]
    return bool(verbs) and any(token.dep_ in ("nsubj", "nsubjpass", "expl") for token in words)


def _begins_to_ask(token: Token, right: Span) -> bool:
    if is_copula(token) or _before(token) in _LEADS_TO_ASKING or token.nbor(-1).pos_ in ("AUX", "DET"):
        return False
    word = token.lower_
    if (
        token.nbor(-1).tag_ == "VBG"
        and token.i > 1
        and token.nbor(-2).text in ",-"
        and right[1].lower_ in ("the", "my")
    ):
        return False  # "I'm on patrol, turning is the job"
    if word in _CONTRACTED or (word in ("what", "how", "where", "who") and right[1].lower_ in ("'s", "s")):
        return True
    if word in QUESTION_WORDS:
        return _inverted(right) and not says_more_of_it(right.text) and not _says_who_it_is(token, right)
    if (
        word not in OPENING_VERBS
        or carries_on(token)
        or acts(token)
        or orders(token)
        or token.nbor(-1).pos_ in ("ADP", "PART", "PRON")
    ):
        return False
    return right[1].lower_ in _SUBJECTS and right[1].lower_ not in ("a", "an")


def _says_who_it_is(token: Token, right: Span) -> bool:
    """Whether it says more of somebody who was named: "a toddler | who naps at one", but not "… who does it"."""
    named = token.nbor(-1).pos_ in ("NOUN", "PROPN")
    return token.lower_ == "who" and named and right[1].lower_ not in OPENING_VERBS


def _inverted(right: Span) -> bool:
    """Whether a verb stands before its subject, or has none: "what time do you shut", but not "what time you shut"."""
    verb = right[2] if right[1].lower_ == "else" else right[1]
    if right[0].lower_ in ("what", "who", "which") and verb.pos_ == "VERB" and verb.tag_ in ("VBZ", "VBD"):
        return True
    for place in range(1, min(_LONGEST_QUESTION_WORDS, len(right) - 1)):
        if right[place].lower_ in OPENING_VERBS:
            return right[place + 1].lower_ in _SUBJECTS or right[place + 1].pos_ in ("PRON", "NOUN", "PROPN", "DET")
        if right[place].lower_ in _SUBJECTS - {"the", "a", "an"}:
            return False
    return False


def _begins_to_tell(token: Token, right: Span) -> bool:
    word = token.lower_
    if word not in _OWN_SUBJECT or _before(token) in _LEADS_TO_TELLING | OPENING_VERBS:
        return False
    before = token.nbor(-1)
    if before.pos_ in ("AUX", "SCONJ", "PART", "DET") or (
        before.pos_ == "ADP" and before.dep_ == "prep" and word in _OWNS
    ):
        return False
    if word in _OWNS:
        return _has_a_verb_of_its_own(token)
    if word in _HAVE_THEIR_VERB or right[1].text in ("'m", "'ve", "'s", "'d", "m", "ve"):
        return True
    if right[1].pos_ not in ("VERB", "AUX") and right[1].dep_ not in ("neg", "advmod"):
        return False
    is_definite = before.pos_ in ("NOUN", "PROPN") and any(child.lower_ in _DEFINITE for child in before.lefts)
    return not (is_definite or before.lower_ in _ANY_THING)


def _has_a_verb_of_its_own(token: Token) -> bool:
    """Whether "my back" is followed by what it does or is: "my back is bad"."""
    owned = token.head
    if token.dep_ == "poss" and owned.dep_ in ("nsubj", "nsubjpass"):
        return owned.head.i > owned.i
    after = token.doc[token.i + 2] if token.i + 2 < len(token.doc) else token
    return after.tag_ in ("VBZ", "VBP", "VBD", "MD") and token.nbor(-1).pos_ not in ("VERB", "ADP")
