"""The words in which somebody who has told of an illness, an implant or a medicine asks what needles do to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.faults import ContentFaults, Fault, read_yaml, top_faults

Feared = Mapping[str, re.Pattern[str]]
_PHRASE = re.compile(r"[a-z]+(?: [a-z]+)*\*?")


def read_feared(path: Path, facts: Collection[str]) -> Feared:
    """The pattern of each fact's words, to be searched in a message of bare words.

    Args:
        path: `data/feared.yml`.
        facts: The ids that there are.

    Raises:
        ContentFaults: unknown keys and facts, and what is no list of words.
    """
    data = read_yaml(path)
    faults = top_faults(path, data, "feared")
    found: dict[str, re.Pattern[str]] = {}
    for fact, phrases in (data.get("feared") or {}).items():
        if fact not in facts:
            faults.append(Fault(str(path), f"feared.{fact}", "no such fact", "use an id of suitability/facts.yml"))
        elif not isinstance(phrases, list) or not all(_is_phrase(phrase) for phrase in phrases) or not phrases:
            faults.append(
                Fault(str(path), f"feared.{fact}", "is no list of words", 'write words in lower case, "bleed*" for all')
            )
        else:
            found[fact] = re.compile(rf"\b(?:{'|'.join(phrase.replace('*', '[a-z]*') for phrase in phrases)})\b")
    if faults:
        raise ContentFaults(faults)
    return found


def _is_phrase(phrase: object) -> bool:
    return isinstance(phrase, str) and bool(_PHRASE.fullmatch(phrase))
