"""Ids of the code in the words of whoever works at the clinic."""

from __future__ import annotations

_WORDS = {
    "chitchat": "small talk",
    "generally_suitable_consult_first": "generally suitable, consult first",
    "not_in_article": "not in the article",
    "out_of_scope": "about something else",
    "provider_first_with_caution": "provider first, with caution",
    "red_flag": "danger sign",
    "suitability_personal": "the check",
}


def words(name: str | None) -> str:
    """A name to read; where an id says enough by itself, the id without underscores."""
    return _WORDS.get(name or "") or (name or "").replace("_", " ")
