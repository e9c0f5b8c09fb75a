"""Who does or is what a word says, by the sentence's grammar: "the tap leaks", "my dog lost control of his bladder".

Only what is plain is told. spaCy misreads many patients' sentences, and whoever relies on this must lose nothing where
it says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_VERBS = frozenset({"VERB", "AUX"})
_PREDICATES = frozenset({"acomp", "attr"})
_HAVING = frozenset({"have", "run", "lose"})
_STEPS = 4


def agents(doc: Doc) -> dict[int, tuple[int, bool]]:
    """For the tokens with a plain agent, its number, and whether it acts (and does not suffer or merely own)."""
    found: dict[int, tuple[int, bool]] = {}
    for token in doc:
        agent = _agent(token)
        if agent is not None:
            found[token.i] = agent
    return found


def _agent(token: Token) -> tuple[int, bool] | None:
    if token.pos_ in _VERBS:
        return _subject(token)
    if token.dep_ in _SUBJECTS or token.pos_ in ("NOUN", "PROPN"):
        # "the roof leaks" is often read as a noun, leaks of the roof.
        for relation in ("compound", "poss"):
            owner = next((child for child in token.children if child.dep_ == relation), None)
            if owner is not None:
                return owner.i, False
    if token.dep_ == "dobj" and token.head.lemma_ in _HAVING:
        return _subject(token.head)
    if token.dep_ in _PREDICATES and token.head.lemma_ == "be":
        return _subject(token.head)
    if token.pos_ == "ADJ" and any(child.dep_ in _SUBJECTS for child in token.children):
        return _subject(token)  # "the printer is paralysed", its participle read as an adjective
    if token.dep_ == "conj" and token.head.dep_ in _PREDICATES:
        return _agent(token.head)
    return None


def _subject(verb: Token) -> tuple[int, bool] | None:
    """The subject of a verb, shared with the verbs before it in "lost power and stopped"."""
    for _ in range(_STEPS):
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child.i, child.dep_ == "nsubj" and not any(c.dep_ == "auxpass" for c in verb.children)
        is_predicate = verb.dep_ in _PREDICATES and verb.head.lemma_ == "be"  # "is paralysed", read as a verb
        if (verb.dep_ not in ("conj", "aux", "xcomp") and not is_predicate) or verb.head.pos_ not in _VERBS:
            return None
        verb = verb.head
    return None
