"""Consult-first: what counts as suggesting a healthcare provider first, and which wording is used when."""

from __future__ import annotations

import re
from dataclasses import dataclass

# An invitation, then a provider, then (or before) the word that puts the provider first. One sentence must hold all
# three: this is the machine's test of the promise the product makes in every reply.
_INVITES = r"\b(?:ask|asking|talk|talking|speak|check|checking|see|call|consult|consulting|run (?:it|this) by)\b"
_PROVIDER = r"\b(?:healthcare provider|health care provider|doctor|provider|nurse|midwife|specialist)\b"
_FIRST = r"\b(?:first|before)\b"
_SENTENCE = re.compile(r"[^.!?]+[.!?]?")
_ALL = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (_INVITES, _PROVIDER, _FIRST))


def suggests_provider_first(text: str) -> bool:
    """Whether some sentence of `text` suggests consulting one's healthcare provider first."""
    return any(all(p.search(sentence) for p in _ALL) for sentence in _SENTENCE.findall(text))


LENGTHS = ("long", "medium", "short", "in_check", "asked_already", "after_help")


@dataclass(frozen=True)
class ConsultLines:
    """The wordings: three lengths, beside a question of the check, to who asked already, after an emergency."""

    long: tuple[str, ...]
    medium: tuple[str, ...]
    short: tuple[str, ...]
    in_check: tuple[str, ...]
    asked_already: tuple[str, ...]
    after_help: tuple[str, ...]

    def pick(self, length: str, turn: int) -> str:
        """The wording for this turn of the conversation: a different one from turn to turn, the same on replay."""
        lines: tuple[str, ...] = getattr(self, length)
        return lines[turn % len(lines)]
