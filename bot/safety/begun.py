"""What a question names and somebody has: "do you needle for loss of bowel control? started two days ago"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context
from bot.safety.written.words import Word

_ANYBODY = frozenset(
    "people somebody someone patients patient anyone anybody others clients folks persons men women man woman".split()
)
_WRITER = frozenset({"i", "im", "ive", "my"})
_ASKS = frozenset("can could may might should will would do does am if when".split())


class Begun:
    """Reads in one message when what a question names began, which nobody tells of what is only asked in general.

    Args:
        reader: The message.
        context: The marks.
    """

    def __init__(self, reader: Reader, context: Context) -> None:
        self._words: Sequence[Word] = reader.message.words
        self._marks = reader.spans(context.marks["begun"])

    def dates(self, span: Span) -> bool:
        """Whether it is said when the match began, in its sentence or at the beginning of the next."""
        return any(self._is_of(at, span) for at in self._marks) and not self._is_of_anybody(span)

    def is_the_askers(self, span: Span) -> bool:
        """Whether the sentence goes on about the writer, and asks no more: "new back pain, I am on dialysis"."""
        words, sentence = self._words, self._words[span.start].sentence
        return any(
            words[i].text in _WRITER and words[i].sentence == sentence and words[i - 1].text not in _ASKS
            for i in range(span.end, len(words))
        ) and not self._is_of_anybody(span)

    def _is_of(self, at: Span, span: Span) -> bool:
        if at.start < span.end and span.start < at.end:
            return False
        said, dated = self._words[span.start].sentence, self._words[at.start].sentence
        if said == dated:
            return at.start >= span.end
        return dated == said + 1 and self._words[at.start - 1].sentence == said

    def _is_of_anybody(self, span: Span) -> bool:
        sentence = self._words[span.start].sentence
        return any(word.text in _ANYBODY for word in self._words[: span.end] if word.sentence == sentence)
