"""The people one speaks of as one's own, "my mother", as parts of regular expressions: one list for every reader.

The net's own lists, which say whose a symptom is, are `people:` in `data/safety/context.yml`.
"""

from __future__ import annotations

# Nobody's mother, husband or boss is a child.
GROWN = (
    r"mums?|moms?|mams?|mother|dad|da|daddy|father|parents?|gran|granny|nan|nana|grandma|grandmother|grandad|granddad|"
    r"grandpa|grandfather|husband|hubby|wife|missus|fiancee?|aunt|auntie|aunty|uncle|mil|fil|"
    r"(?:mother|father) in law|in laws?|boss|neighbou?r|colleague|coworker|client|patient"
)
# Whoever writes is hardly a child, and so is hardly one of these; it is not said outright.
NEAR = r"partner|friend|mate|boyfriend|girlfriend"
# A son, a brother or a niece may be six or forty.
OF_ANY_AGE = r"sister|brother|son|daughter|nephew|niece|cousin|grandson|granddaughter"
ANYBODY = rf"{GROWN}|{NEAR}|{OF_ANY_AGE}"
CHILD = r"kid|child|toddler|baby|teen(?:ager)?"
