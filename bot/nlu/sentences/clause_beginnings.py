"""Whether a clause that asks or tells another thing may begin at a word, by the parse."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from bot.nlu.sentences.one_notion import joins_a_pair
from bot.nlu.sentences.question_forms import (
    CONNECTIVES,
    JOINS,
    MEASURES,
    OPENING_VERBS,
    QUESTION_WORDS,
    acts,
    begins_question,
    only_asks_an_opinion,
    orders,
    says_that_it_asks,
)
from bot.nlu.sentences.told_verbs import carries_on, is_copula

# "I know how long it takes" goes on; "how soon does it work how long does it last" begins anew.
_LEADS_TO_QUESTION = frozenset(
    "know wonder wondering tell ask asking asked see say understand explain find me sure matter depend idea".split()
)
_LEADS_TO_OR_ASKS = _LEADS_TO_QUESTION | QUESTION_WORDS
_NO_JOINS, _VERBS_AND_MEASURES = CONNECTIVES - JOINS, OPENING_VERBS | MEASURES
_BEGINS_A_SECOND = QUESTION_WORDS | OPENING_VERBS | {"any"}
_SHORTEST_HALF = 2
# What a question may end with: "what are they like", "what time are you open till".
_MAY_END = frozenset("like till until for in on up with at about off".split())
_SUBJECTS = frozenset("i it he she we they you ye this that there".split())
# "What's" is two words to the parser, with its apostrophe or without.
_IS_CONTRACTED = frozenset(("'s", "s"))
_CONTRACTED = re.compile(r"(?:what|who|how|where)'?s \w+", re.IGNORECASE)
# "There's hardly any pain" tells.
_HARDLY = frozenset("hardly barely scarcely not n't without never".split())
# What is done, behind "do": "my physio does something called cupping", "if acupuncture does anything for it".
_NEVER_WHO_DOES = frozenset("something anything nothing everything".split())
_SUBORDINATES = frozenset("if when because since after before while once for as though although unless".split())
_RELATIVE = frozenset("who which whose whom that".split())


def opens_another(token: Token, span: Span) -> bool:
    """Whether a clause of its own may begin here: after a connective or a comma, with a question or a subject."""
    before = token.nbor(-1)
    if token.lower_ in JOINS and (joins_a_pair(token) or _is_between(token, span)):
        return False
    if token.lower_ in JOINS and token.i + 2 < span.end and token.nbor(1).lower_ == "that":
        if says_that_it_asks(span.doc[span.start : token.i].text):
            return True  # "I'd want to know that they are new | and that the person is qualified"
    after_mark = before.text in (",", "-", "--", "/", ".", "...", ":")
    tells_more = token.head.dep_ == "relcl" and not (after_mark and _asks_who(token, span))
    if token.lower_ in _RELATIVE and (tells_more or before.pos_ in ("NOUN", "PRON", "PROPN")):
        return False
    after_word = before.lower_ in CONNECTIVES
    if before.lower_ == "if":
        return False  # "and if | so how much"
    if token.lower_ in _NO_JOINS and not after_mark and not after_word:
        following = next((word for word in span.doc[token.i + 1 : span.end] if word.lower_ not in CONNECTIVES), None)
        return following is not None and begins_question(following, span)
    if token.lower_ in CONNECTIVES:
        # The connective belongs to what follows: cut before it, unless a mark or another stands there already.
        return token.i + 1 < span.end and not after_word and _begins_clause(token.nbor(1), span)
    if after_word or before.lower_ == "or":
        return False
    if after_mark:
        in_the_condition = leads_in(span) and not any(mark in span.doc[span.start : token.i - 1].text for mark in ",:")
        return _begins_clause(token, span) and not in_the_condition and not suggests_an_answer(token, span)
    return runs_on(token, span)


def _is_between(joint: Token, span: Span) -> bool:
    """Whether it joins the two that something stands between: "between what she does | and what you do"."""
    left = [word.lower_ for word in span.doc[span.start : joint.i]]
    return "between" in left and not JOINS.intersection(left[left.index("between") :])


def _asks_who(token: Token, span: Span) -> bool:
    """Whether it is a short question after another: "what is it, who does it"."""
    short = token.i + 1 < span.end <= token.i + 4 and token.nbor(1).lower_ in OPENING_VERBS
    return short and span[0].lower_ in QUESTION_WORDS | OPENING_VERBS


def runs_on(token: Token, span: Span) -> bool:
    """Whether a second question begins without any mark: "does it hurt how long does it take"."""
    if token.lower_ not in _BEGINS_A_SECOND or is_copula(token) or only_asks_an_opinion(span.doc[token.i : span.end]):
        return False
    before = token.nbor(-1)
    if token.i - span.start < _SHORTEST_HALF or span.end - token.i < _SHORTEST_HALF:
        return False
    if before.lower_ in _LEADS_TO_OR_ASKS or before.pos_ in ("AUX", "PART"):
        return False
    # "For | how long" goes on; "what does it feel like | can they cause an infection" has said all.
    ends = before.lower_ in _MAY_END and before.i > span.start
    inverted = token.lower_ in QUESTION_WORDS and token.nbor(1).lower_ in OPENING_VERBS
    goes_on = before.nbor(-1).pos_ not in ("VERB", "PRON", "AUX", "ADJ") if ends else True
    if before.pos_ in ("ADP", "SCONJ") and goes_on and not (ends and inverted):
        return False
    # "and it | is sore" tells; "what is it | is it safe" asks.
    if before.lower_ in _SUBJECTS and (before.i == span.start or before.nbor(-1).lower_ not in OPENING_VERBS):
        return False
    following = token.nbor(1)
    if token.lower_ in OPENING_VERBS and carries_on(token):
        return False
    if token.lower_ in _RELATIVE and token.head.dep_ == "relcl" and before.pos_ in ("NOUN", "PROPN"):
        return False  # "is there a lady | who does it"
    if token.lower_ in QUESTION_WORDS:
        return following.lower_ in _VERBS_AND_MEASURES | _IS_CONTRACTED and _complete(span, token)
    left = span.doc[span.start : token.i]
    # "whats acupuncture does it hurt" has asked; "how many sessions does it take" is asking still.
    asked = bool(_CONTRACTED.match(left.text))
    if not asked and any(word.lower_ in QUESTION_WORDS for word in left[-3:]):
        return False
    opens = token.lower_ in OPENING_VERBS and following.pos_ in ("PRON", "DET", "NOUN", "PROPN", "ADJ")
    if opens and (acts(token) or orders(token) or _has_its_subject(token, span) or suggests_an_answer(token, span)):
        return False
    lists = token.lower_ == "any" and before.pos_ not in ("NOUN", "PROPN", "PRON") and before.lower_ not in _HARDLY
    lists = lists and not (token.i + 1 < span.end and token.nbor(1).lower_ == "of")
    return (opens or lists) and (asked or _complete(span, token))


def suggests_an_answer(token: Token, span: Span) -> bool:
    """Whether a question goes on to name the answers it expects: "what causes it, | is it posture"."""
    first = next((word.lower_ for word in span if word.lower_ not in CONNECTIVES), "")
    if first not in QUESTION_WORDS or token.lower_ not in OPENING_VERBS or token.i + 2 >= span.end:
        return False
    if token.nbor(1).lower_ not in ("it", "that", "they", "this", "i"):
        return False
    names_one = token.lower_ in ("is", "are") and token.nbor(2).pos_ in ("NOUN", "PROPN", "NUM")
    return names_one or any(word.lower_ == "or" for word in token.doc[token.i : span.end])


def _has_its_subject(token: Token, span: Span) -> bool:
    """Whether a verb goes with a subject before it: "my appointment | is Tuesday" tells.

    "Acupuncture | does it" begins to ask, "acupuncture does something" goes on.
    """
    if token.nbor(1).pos_ == "PRON" and token.nbor(1).lower_ not in _NEVER_WHO_DOES:
        return False
    if token.nbor(1).lower_ in _NEVER_WHO_DOES and token.nbor(-1).pos_ in ("NOUN", "PROPN"):
        return token.i + 2 >= span.end or token.nbor(2).pos_ not in ("VERB", "AUX")  # "does anything help" asks
    verbs = (token, token.head) if token.dep_ in ("aux", "auxpass") else (token,)
    subjects = (word.i for verb in verbs for word in verb.children if word.dep_ in ("nsubj", "nsubjpass", "csubj"))
    return any(span.start <= place < token.i for place in subjects)


def leads_in(span: Span) -> bool:
    """Whether it opens with a condition, which belongs to the question after it: "when I stop going, does it …"."""
    first = next((word for word in span if word.lower_ not in CONNECTIVES), span[0])
    return (
        first.lower_ in _SUBORDINATES
        and first.i + 1 < span.end
        and first.nbor(1).lower_ not in OPENING_VERBS | QUESTION_WORDS | MEASURES
    )


def _complete(span: Span, until: Token) -> bool:
    """Whether the words before have said something: a subject with its verb, or no verb and no question at all.

    "how long | does it hold" and "does it | do anything" have not.
    """
    if leads_in(span):
        return False
    left = span.doc[span.start : until.i]
    subjects = [word for word in left if word.dep_ in ("nsubj", "nsubjpass", "expl")]
    if any(word.head.i < until.i and word.head.pos_ in ("VERB", "AUX") for word in subjects):
        return True
    return not any(word.lower_ in QUESTION_WORDS | OPENING_VERBS or word.pos_ in ("AUX", "VERB") for word in left)


def _begins_clause(token: Token, span: Span) -> bool:
    if token.lower_ in CONNECTIVES and token.i + 1 < span.end:
        return _begins_clause(token.nbor(1), span)
    if begins_question(token, span):
        return True
    # A clause with its own subject: "and I have sciatica", "and the needles hurt"; "and drink beer while I …" has none.
    for other in token.doc[token.i : min(token.i + 4, span.end)]:
        if other.i > token.i and other.lower_ in _SUBORDINATES:
            return False
        if other.dep_ in ("nsubj", "nsubjpass", "expl") and other.head.pos_ in ("VERB", "AUX"):
            return True
    return False
