"""Questions that leave out their verb, by how they open: "worth a shot w needles", "ok to drive home after"."""

from __future__ import annotations

import re

# "Safe to say" and "ok to start" tell or agree.
_OPENING = re.compile(
    r"\W*(?:(?:still|also|would it be|maybe|so|really|and|but) )*(?:"
    r"worth (?:it\W*$|a (?:shot|go|try|bash|punt|visit|look|crack)|try|trying|doing|having|coming|"
    r"the (?:money|bother|trip|hassle|effort|drive))|"
    r"(?:ok|okay|alright|all right|safe|allowed|possible) "
    r"(?:to (?!say|assume|talk|go on|start$|begin$|continue)\w+|if i)|"
    r"too (?:late|early|soon|old|young|far gone) (?:for|to)\b)",
    re.IGNORECASE,
)


def asks_without_a_verb(text: str) -> bool:
    """Whether a clause opens a question that leaves out its verb."""
    return bool(_OPENING.match(text))
