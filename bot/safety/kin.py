"""The people one speaks of as one's own, "my mother", as parts of regular expressions: one list for every reader.

The net's own lists, which say whose a symptom is, are `people:` in `data/safety/context.yml`.
"""

from __future__ import annotations

import re

# Nobody's mother, husband or boss is a child.
GROWN = (
    r"mums?|moms?|mams?|mama|mother|dad|da|daddy|papa|father|parents?|gran|granny|nan|nana|grandma|grandmother|grandad|granddad|"
    r"grandpa|grandfather|husband|hubby|wife|missus|fiancee?|aunt|auntie|aunty|uncle|mil|fil|"
    r"(?:mother|father) in law|in laws?|boss|neighbou?r|colleague|coworker|client|patient"
)
# Whoever writes is hardly a child, and so is hardly one of these; it is not said outright.
NEAR = r"partner|friend|mate|boyfriend|girlfriend|roommate|flatmate|housemate"
# A son, a brother or a niece may be six or forty.
OF_ANY_AGE = r"sister|brother|son|daughter|nephew|niece|cousin|grandson|granddaughter"
ANYBODY = rf"{GROWN}|{NEAR}|{OF_ANY_AGE}"
# Who is named so without "my" is the writer's own.
NAMES = frozenset("mum mom mam mama dad daddy papa nan nana gran granny grandma grandpa grandad granddad hubby".split())
# Of a baby one may speak before it is born.
BORN_CHILD = r"kid|kiddo|child|toddler|teen(?:ager)?"
CHILD = rf"{BORN_CHILD}|baby"
# "Can mum have it", "what about the wife": whose they are need not be said. "Mom of two here" is the writer.
_AS_A_NAME = re.compile(
    r"(?P<before>^\W*|[,.;:!?]\W*|\b(?:can|could|may|might|should|would|will|does|is|for|about|and|or|but|if|whether|so|"
    r"then|now|ok|okay|hi|hello|take|see|treat|help|give|bring|with|think|says?|said|because|cos|since|when|while) )"
    r"(?:(?P<name>mum|mom|mam|mama|dad|daddy|papa|nan|nana|gran|granny|grandma|grandpa|grandad|granddad|hubby)|"
    r"the (?P<the>wife|husband|hubby|missus|boyfriend|girlfriend))\b(?! of\b| to (?:be|a|\d|two|three)\b| here\b)"
)

_HUSBANDS = frozenset({"husband", "boyfriend", "fiance", "friend"})
_WIVES = frozenset({"wife", "girlfriend", "fiancee", "friend"})
# Which people a word may be said of: "my partner" may be the husband named before.
_MAY_BE = {
    **dict.fromkeys(("mum", "mums", "mom", "moms", "mam", "mams", "mama", "mother"), frozenset({"mother"})),
    **dict.fromkeys(("dad", "da", "daddy", "papa", "father"), frozenset({"father"})),
    **dict.fromkeys(("parent", "parents"), frozenset({"mother", "father"})),
    **dict.fromkeys(("gran", "granny", "nan", "nana", "grandma", "grandmother"), frozenset({"grandmother"})),
    **dict.fromkeys(("grandad", "granddad", "grandpa", "grandfather"), frozenset({"grandfather"})),
    **dict.fromkeys(("husband", "hubby"), frozenset({"husband"})),
    **dict.fromkeys(("wife", "missus"), frozenset({"wife"})),
    "boyfriend": _HUSBANDS,
    "girlfriend": _WIVES,
    "fiance": _HUSBANDS,
    "fiancee": _WIVES,
    "partner": _HUSBANDS | _WIVES,
    **dict.fromkeys(("friend", "mate"), frozenset({"friend", "colleague", "neighbour", "boyfriend", "girlfriend"})),
    **dict.fromkeys(("colleague", "coworker"), frozenset({"colleague", "friend"})),
    **dict.fromkeys(("neighbour", "neighbor"), frozenset({"neighbour", "friend"})),
    **dict.fromkeys(("aunt", "auntie", "aunty"), frozenset({"aunt"})),
    "mil": frozenset({"mother in law"}),
    "fil": frozenset({"father in law"}),
    **dict.fromkeys(("in law", "in laws"), frozenset({"mother in law", "father in law"})),
    **dict.fromkeys(("client", "patient"), frozenset({"client", "mother", "father", "grandmother", "grandfather"})),
    **dict.fromkeys(
        ("kid", "kiddo", "child", "toddler", "baby", "teen", "teenager"),
        frozenset({"son", "daughter", "grandson", "granddaughter", "nephew", "niece", "brother", "sister"}),
    ),
    "boy": frozenset({"son", "grandson"}),
    "lad": frozenset({"son", "grandson"}),
    "girl": frozenset({"daughter", "granddaughter"}),
}
_MEN = frozenset(
    {"father", "grandfather", "husband", "boyfriend", "fiance", "uncle", "father in law", "brother", "son", "nephew"}
    | {"grandson"}
)
_WOMEN = frozenset(
    {"mother", "grandmother", "wife", "girlfriend", "fiancee", "aunt", "mother in law", "sister", "daughter", "niece"}
    | {"granddaughter"}
)

# Those of them who are no children: nobody asks whether a mother is under 18.
GROWN_PEOPLE = frozenset(
    {"mother", "father", "grandmother", "grandfather", "husband", "wife", "fiance", "fiancee", "aunt", "uncle", "boss"}
    | {"mother in law", "father in law", "colleague", "neighbour", "client"}
)
# All of whom something can be told, beside whoever writes.
EVERYBODY = (
    _MEN
    | _WOMEN
    | frozenset().union(*_MAY_BE.values())
    | frozenset({"boss", "cousin", "roommate", "flatmate", "housemate"})
)


def with_whose_they_are(text: str) -> str:
    """A text in lower case in which whom one calls by name, "mum" or "the wife", are one's own: "my mum", "my wife"."""
    words = text.lower().replace("’", "'")
    return _AS_A_NAME.sub(lambda found: f"{found['before']}my {found['name'] or found['the']}", words)


def may_be(word: str) -> frozenset[str]:
    """Who is meant by one of the words of this list: "my partner" is a husband, a wife, a boyfriend or a girlfriend."""
    return _MAY_BE.get(word, frozenset({word}))


def of_gender(people: frozenset[str], *, he: bool, she: bool) -> frozenset[str]:
    """Those of some people of whom it can be said "he", or "she"."""
    return people - (_WOMEN if he else frozenset()) - (_MEN if she else frozenset())
