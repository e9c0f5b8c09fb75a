"""Questions that say nothing of their own ("can needles help with that"), joined to what they are about."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from bot.nlu.clauses import Part
from bot.nlu.question_forms import asks_further, is_about_somebody_told_of, opens_as_question, says_nothing_alone


def joined_to_what_they_mean(doc: Doc, parts: list[Part]) -> list[Part]:
    """The parts, a question that says nothing of its own ("can needles help with that") joined to what it is about."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and part.asks and _leans_on(doc, before, part):
            # "had an MRI, it showed a bulge and they gave me pills, does it help with that" means all of it.
            while len(joined) > 1 and before.tells and joined[-2].tells and joined[-2].sentence == before.sentence:
                joined.pop()
                before = replace(before, start=joined[-1].start)
            text = doc.text[before.start : part.end]
            joined[-1] = replace(before, end=part.end, asks=True, read_as=text, tells=False, joined=True)
        else:
            joined.append(part)
    return joined


def _leans_on(doc: Doc, before: Part, part: Part) -> bool:
    """Whether a question means nothing without what stands before it."""
    if asks_further(part.read_as):
        return before.sentence == part.sentence
    if _puts_a_question(doc, before):
        return False
    return says_nothing_alone(part.read_as) or (before.tells and is_about_somebody_told_of(part.read_as))


def _puts_a_question(doc: Doc, part: Part) -> bool:
    return "?" in part.read_as or opens_as_question(doc, part.start, part.end)
