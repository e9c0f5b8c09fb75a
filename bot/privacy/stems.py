"""The words of a text as staff search them: in lower case, without accents and endings, without the commonest words."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40
# Words in nearly every message find nothing and would make up half of the index.
_TOO_COMMON = frozenset(
    """
    a about all am an and any are as at be been but by can could did do does for from get had has have he her him his
    how i if in is it its just me my no not of on or our she so that the their them then there they this to too up us
    was we were what when where which who will with would you your yes im ive id
    """.split()
)
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", ""))


def stems(text: str) -> frozenset[str]:
    """What `text` can be found by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    words = (word[:_LONGEST] for word in _WORD.findall(plain) if word not in _TOO_COMMON)
    return frozenset(_stem(word) for word in words)


def _stem(word: str) -> str:
    """One word without the endings of number and tense; the same for the words of a family, not always a word."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + instead
            break
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
