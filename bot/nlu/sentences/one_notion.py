"""Words joined that are one thing to whoever says them: "wear and tear", "old and stiff", "between physio and this"."""

from __future__ import annotations

import re

from spacy.tokens import Token

# Two words that are one: "wear and tear". And any word said twice: "better and better".
_PAIRS = frozenset(
    tuple(pair.split("/"))
    for pair in """aches/pains ache/pain back/forth bits/pieces black/blue by/large come/go comes/goes cut/dried
    dos/donts do/dont each/every far/wide first/foremost flesh/blood give/take here/there hit/miss ifs/buts in/out
    ins/outs loud/clear now/then odds/ends off/on on/off one/only out/about peace/quiet pins/needles
    safe/sound sick/tired skin/bone skin/bones touch/go trial/error tried/tested tried/true up/about up/down
    ups/downs wait/see wear/tear""".split()
)
_BESIDE = frozenset("with alongside beside besides like between".split())
# "help with booking and parking": what follows is what it is about.
_ABOUT_SOMETHING = frozenset("help deal assist question start begin".split())
# What is weighed is no list: a question about each thing would miss which of them is meant.
_WEIGHS = re.compile(
    r"\b(?:more|better|less|worse|rather|safer|cheaper|quicker|faster|easier)\b[^,;?]*\b(?:than|or)\b"
    r"|\bor (?:only|just|rather|mainly|mostly|merely)\b",
    re.IGNORECASE,
)


def joins_a_pair(joint: Token) -> bool:
    """Whether what stands on its two sides is one notion: "wear and tear", "years and years", "too old and stiff"."""
    if not 0 < joint.i < len(joint.doc) - 1:
        return False
    first, second = (word.lower_.replace("'", "") for word in (joint.nbor(-1), joint.nbor(1)))
    # "What do they do and do they hurt" asks twice.
    again = first == second and joint.nbor(1).pos_ in ("NOUN", "ADJ", "ADV", "NUM")
    return again or (first, second) in _PAIRS or _joins_states(joint)


def _joins_states(joint: Token) -> bool:
    """Whether it stands between what one thing may be: "are the needles thin | and bendy", "too old | and stiff"."""
    first = joint.head
    while first.dep_ == "conj":
        first = first.head
    second = next((word for word in joint.head.rights if word.dep_ == "conj" and word.i > joint.i), None)
    is_state = first.dep_ == "acomp" or (first.pos_ == "ADJ" and first.dep_ in ("ccomp", "xcomp", "oprd"))
    if not is_state or second is None or joint.dep_ != "cc":
        return False
    clause = ("nsubj", "nsubjpass", "expl", "aux", "auxpass")
    return not any(word.dep_ in clause and word.i > joint.i for word in second.lefts)


def weighs(text: str) -> bool:
    """Whether one thing is held against another: "is it more for muscles or for nerves", "sciatica or only aches"."""
    return bool(_WEIGHS.search(text))


def is_one_thing(joint: Token) -> bool:
    """Whether what it joins is one thing in the question, so that neither half asks for itself."""
    return joins_a_pair(joint) or _joins_subjects(joint) or keeps_company(joint)


def _joins_subjects(joint: Token) -> bool:
    """Whether it stands between those who do one thing: "my wife and I | and her sister are curious"."""
    first = joint.head
    while first.dep_ == "conj":
        first = first.head
    verb = first.head
    return first.dep_ in ("nsubj", "nsubjpass") and verb.i > joint.i and first.pos_ in ("NOUN", "PROPN", "PRON")


def keeps_company(joint: Token) -> bool:
    """Whether it stands between the things that something is done with: "do it with physio | and Pilates"."""
    first = joint.head
    while first.dep_ == "conj":
        first = first.head
    beside = first.head
    if first.dep_ == "pobj" and beside.lower_ == "of" and beside.i and beside.nbor(-1).lower_ == "instead":
        return True
    return first.dep_ == "pobj" and beside.lower_ in _BESIDE and beside.head.lemma_ not in _ABOUT_SOMETHING
