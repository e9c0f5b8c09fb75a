"""Verbs that could open a question where they stand and tell: "trouble | is i fainted", "doesn't hurt as such"."""

from __future__ import annotations

from spacy.tokens import Token

# "My cousin now only | does needles" goes on.
_SAID_OF_WHAT_IS_DONE = frozenset("only now just still always never also even usually mostly really".split())
_COPULAS = frozenset("is was are were".split())
_SUBJECTS = frozenset("i he she we they it you this that there".split())
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CONTRACTED = frozenset("'s ’s 'm ’m 've ’ve 'd ’d 'll ’ll 're ’re".split())
_MAYBE, _BARE = frozenset("could might may must would should".split()), frozenset("be have".split())
_NOT = frozenset("n't nt n’t not".split())
_JOINTS = frozenset("and but so or then also plus".split())


def is_copula(token: Token) -> bool:
    """Whether a verb that could open a question joins what is told before it to what that is."""
    if token.lower_ not in _COPULAS or token.i == 0 or token.i + 2 >= len(token.doc):
        return False
    before, following, second = token.nbor(-1), token.nbor(1), token.nbor(2)
    if before.lower_ in _JOINTS or not before.is_alpha:
        return False
    if following.lower_ in _SUBJECTS:
        # "Trouble is i fainted" has a verb of its own behind it, "is it sore" has none.
        return second.text.lower() in _CONTRACTED or (second.tag_ in _FINITE and second.lower_ not in _COPULAS)
    return before.pos_ in ("NOUN", "PROPN") and before.dep_ == "nsubj" and before.head.i == token.i


def carries_on(token: Token) -> bool:
    """Whether a verb goes on with what was told before an adverb: "my cousin now only | does needles"."""
    if token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    return token.nbor(-1).lower_ in _SAID_OF_WHAT_IS_DONE and token.nbor(1).lower_ not in _SUBJECTS


def drops_its_subject(verb: Token) -> bool:
    """Whether it says what something is or is not and names it not: "doesn't hurt as such", "could be the shoes"."""
    rest = verb.doc[verb.i + 1 :]
    if verb.lower_ in _MAYBE and len(rest) > 1 and rest[0].lower_ in _BARE:
        return True
    denied = len(rest) > 1 and rest[0].lower_ in _NOT
    return denied and rest[1].pos_ in ("VERB", "ADV", "ADJ")
