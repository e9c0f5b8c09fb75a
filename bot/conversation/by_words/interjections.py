"""What is said to the answer before the next question, or behind it, and asks nothing: "oh ok.", "got it,", "lol"."""

from __future__ import annotations

import re

# Words that are nothing but that, whatever follows them.
_PLAIN = r"(?:oh|ah+|aha|hm+|mm+|ok|okay|okey|kk?|lol|lmao|haha+|wow|gotcha|cool cool|yikes|phew|huh)"
# Words that are something else where no mark or connective follows: "right leg", "I see double", "thanks for that".
_ELSE = (
    r"(?:right|cool|nice|great|good|sweet|awesome|perfect|lovely|brilliant|interesting|sure|alright|all right|fine|"
    r"understood|noted|true|fair enough|fair|makes sense|that makes sense|i see|i get it|got it|got you|good to know|"
    r"that'?s (?:good|great|nice|fine|cool|interesting|helpful|good to (?:know|hear))|sounds (?:good|fair|great)|"
    r"(?:many )?thanks|thank (?:you|u)|thx|ty|cheers|ta|that helps|very helpful|helpful|wait|well|hmm+)"
)
_MARK = r"\s*[.,!;:…–—-]+\s*"
_GOES_ON = r"\s+(?=(?:and|but|so|then|what|how|why|who|when|where|is|are|does|do|can|could|would|will|should)\b)"
_ONE = re.compile(rf"(?:{_PLAIN}(?:{_MARK}|\s+)|{_ELSE}(?:{_MARK}|{_GOES_ON}))", re.IGNORECASE)
_PLAIN_ONE = re.compile(rf"{_PLAIN}(?:{_MARK}|\s+)", re.IGNORECASE)
# "Ok with my pills?", "ok for runners" ask by it.
_ASKS_BY_IT = re.compile(r"(?:with|for|to|if|by|in|on|at|since|after|before|that|then)\b", re.IGNORECASE)

# What is said behind a question and is no part of it.
BEHIND = r"lol|lmao|ha(?:ha+)+h?|just (?:curious|wondering|asking)"
# What is said behind a few words and is no part of them: "and me lol", "how often tho".
_ASIDE = re.compile(
    rf"[\s,.;:!-]+(?:{BEHIND}|tho|though|btw|by the way|please|pls|plz|(?<=\w\s)then)[\s?!.,]*$",
    re.IGNORECASE,
)
_FEWEST_WORDS, _MOST_WORDS = 2, 7


def before_asides(text: str) -> int:
    """Where a message of a few words ends before what is only said behind it, in characters: "and me | lol".

    A word alone is left as it is: "please", "what then", "and then" mean something else.
    """
    end = len(text)
    while len(text[:end].split()) <= _MOST_WORDS and (aside := _ASIDE.search(text, 0, end)):
        if len(text[: aside.start()].split()) < _FEWEST_WORDS:
            break
        end = aside.start()
    return end


def after_interjections(text: str) -> int:
    """Where a message begins behind what is only said to the answer before it, in characters; 0 where all is that.

    "Oh ok. And me?" begins at "and"; "ok thanks", "right side this time" and "ok with my pills?" at their start.
    """
    at = len(text) - len(text.lstrip())
    while found := _ONE.match(text, at):
        marked = not found[0].endswith(" ") or bool(re.search(r"[^\w\s]\s*$", found[0]))
        if _PLAIN_ONE.fullmatch(found[0]) and not marked and _ASKS_BY_IT.match(text, found.end()):
            break
        at = found.end()
    rest = text[at:].strip()
    alone = not re.search(r"\w", rest) or re.fullmatch(rf"(?:{_PLAIN}|{_ELSE})\W*", rest, re.IGNORECASE)
    return 0 if alone else at
