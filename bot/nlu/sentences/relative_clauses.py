"""Clauses that begin with "which" and say more of what was told: "i sit all day, which does my back no favours"."""

from __future__ import annotations

import re

_SAYS_MORE = re.compile(
    r"\W*(?:(?:and|but|all|most|some|none) (?:of )?)?which (?:(?:only|just|really|never|always|usually|apparently) )?"
    r"(?:is|was|are|were|isn'?t|wasn'?t|does|did|do|has|had|have|made|makes?|means?|meant|gives?|gave|hurts?|feels?|felt"
    r"|helps?|helped|took|takes|turned|turns|sounds?|seems?|seemed|i|he|she|we|they|my)\b(?! (?:it|they|you|u)\b)",
    re.IGNORECASE,
)
# "Heat or needles, which is quicker" asks to choose; "which is better than the bed" does not.
_CHOOSES = re.compile(
    r"\b(?:better|best|safer|safest|faster|fastest|quicker|quickest|cheaper|cheapest|easier|more|first|or|right|one)\b"
    r"(?!.*\bthan\b)|\?|\bdo you\b",
    re.IGNORECASE,
)


def says_more_of_it(text: str) -> bool:
    """Whether a clause tells more of what stands before it, and does not ask which of several."""
    return bool(_SAYS_MORE.match(text)) and not _CHOOSES.search(text)
