"""A message cut into its sentences, or into the items of a numbered list."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from bot.nlu.sentences.clauses import Part, asked_as_another, part_of
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.unmarked_turns import turns

_STRONG_MARK = re.compile(r"[?!;]+\s+|\n+")
_GREETING = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|thanks|thank you)\b", re.IGNORECASE
)
# "1) does it hurt 2) how long 3. parking"
_NUMBERED = re.compile(r"(?:(?<=\s)|^)([1-9])[.):]\s+(?=\w)")
# What leads from a greeting to the question: "hello how are you I wanted to ask what a session is like".
_LEADS_OVER = re.compile(
    r"(?<=\w )(?<!and )(?=(?:i (?:just )?(?:want(?:ed)?|would like|need(?:ed)?) to (?:ask|know)|my question is)\b)",
    re.IGNORECASE,
)


def sentences(doc: Doc) -> list[Part]:
    """The sentences of a message; also cut after "?", "!" and ";", and where it turns without a mark.

    What is numbered from one on is a question each.
    """
    parts: list[Part] = []
    text = text_of(doc)
    numbers = list(_NUMBERED.finditer(text))
    if len(numbers) > 1 and [int(number[1]) for number in numbers] == list(range(1, len(numbers) + 1)):
        ends = [number.start() for number in numbers[1:]] + [len(text)]
        items = [part_of(doc, number.end(), end, asks=True) for number, end in zip(numbers, ends, strict=True)]
        before = part_of(doc, 0, numbers[0].start())
        return [replace(part, sentence=part.start) for found in (before, *items) for part in found]
    for span in doc.sents:
        start = span.start_char
        marks = [match.end() for match in _STRONG_MARK.finditer(text, span.start_char, span.end_char)]
        for end in sorted({*marks, *(doc[place].idx for place in turns(span))}):
            parts.extend(part_of(doc, start, end))
            start = end
        rest = _LEADS_OVER.search(text, start, span.end_char)
        if rest and _GREETING.match(text[start : rest.start()]):
            parts.extend(part_of(doc, start, rest.start()))
            start = rest.start()
        parts.extend(part_of(doc, start, span.end_char))
    asked = [part if place == 0 else asked_as_another(doc, parts[place - 1], part) for place, part in enumerate(parts)]
    return [replace(part, sentence=part.start) for part in asked]
