"""How Scots, northern, Jamaican and Nigerian English say "not": "cannae", "couldna", "cyaan", "no fit stand"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# "Cannae", "dinnae", "wisnae", "couldna".
_SCOTS = re.compile(
    r"(can|cud|could|wud|would|should|did|do|does|dis|di|is|was|wis|were|are|has|have|had|will|wull|must)n?nae?"
)
_STEMS = {
    "cud": "could", "wud": "would", "dis": "do", "di": "do", "is": "be", "was": "be", "wis": "be", "were": "be",
    "are": "be", "has": "have", "had": "have", "wull": "will", "does": "do",
}  # fmt: skip
_WORDS = {"nae": "no", "cannit": "can not", "cyaan": "can not", "caan": "can not"}
# Nigerian "no fit stand" and "no dey feel": the verb follows.
_PIDGIN = {"fit": "can", "dey": "do"}
# "No fit for work": these are no verbs.
_NO_VERBS = frozenset("for in into to with on at and or but of the a an my me so at all".split())


def opened(token: Token) -> str | None:
    """The plain words for one token, or None where it is no such word."""
    text = token.lower_
    if text in _WORDS:
        return _WORDS[text]
    if scots := _SCOTS.fullmatch(text):
        return f"{_STEMS.get(scots[1], scots[1])} not"
    if text == "no" and _denies_ability(token):
        return _PIDGIN[token.nbor().lower_]
    if text in _PIDGIN and token.i and token.nbor(-1).lower_ == "no" and _denies_ability(token.nbor(-1)):
        return "not"
    return None


def _denies_ability(no: Token) -> bool:
    """Whether "no" begins "no fit" or "no dey" with a verb behind it."""
    doc = no.doc
    if no.i + 2 >= len(doc) or doc[no.i + 1].lower_ not in _PIDGIN:
        return False
    verb = doc[no.i + 2]
    return verb.is_alpha and verb.lower_ not in _NO_VERBS
