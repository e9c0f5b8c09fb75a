"""The text of a parsed message, put together once: spaCy joins it anew from its tokens whenever it is asked."""

from __future__ import annotations

from typing import cast

from spacy.tokens import Doc

_KEY = "message_text"


def text_of(doc: Doc) -> str:
    """What `doc.text` gives. The cutting of a message asks some thirty times for it, of a long story hundreds."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = doc.text
    return cast(str, doc.user_data[_KEY])
