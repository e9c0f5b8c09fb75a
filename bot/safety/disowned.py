"""Signs that are named and not told: "red flags are fever and such. I have none", "I ticked the fever one wrong"."""

from __future__ import annotations

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, FactRule
from bot.safety.scope import Scope

# Whoever is named beside the signs may be who has them.
_OWNERS = frozenset({"my", "mine", "he", "she", "his", "her", "him", "they", "their"})
_WRITER = frozenset({"i", "we", "me"})
# What "none of that" may be followed by, and still means here and now: "none of that before" tells that it is new.
_GOES_ON = frozenset(
    "myself personally though thankfully luckily fortunately thank thanks and but just or so at".split()
)
# Words between "the fever question" and "I pressed the wrong one".
_NAMED_BEFORE = 3
# "I clicked no by mistake", and "yes by mistake, I meant no".
_NO, _MEANT = frozenset({"no", "none", "never"}), frozenset({"meant", "mean"})


class Disowned:
    """Tells in one message which signs were only named.

    Args:
        reader: The message.
        context: The marks.
        scope: Whose the signs are said to be.
    """

    def __init__(self, reader: Reader, context: Context, scope: Scope) -> None:
        self._message = reader.message
        self._words = reader.message.words
        self._scope = scope
        self._misanswered = reader.spans(context.marks["misanswered"])
        self._said = [at for at in reader.spans(context.marks["disowned"]) if self._ends(at)]

    def holds(self, span: Span, rule: FactRule) -> bool:
        """Whether the writer says of this sign, in its sentence or the next one, to have none of it.

        Not of a wish to die, nor of a sign that is told as somebody's.
        """
        if not self._said or rule.nature == "crisis" or self._scope.is_owned(span):
            return False
        sentence = self._words[span.start].sentence
        return any(
            at.start >= span.end
            and self._words[at.start].sentence - sentence <= 1
            and not self._speaks_of(_OWNERS, sentence, at)
            for at in self._said
        )

    def names_a_question(self, span: Span, rule: FactRule) -> str:
        """The status of a match that names a question of the check answered wrongly: "I ticked the cancer one wrong".

        "hypothetical", since the question alone tells nothing; "uncertain" where a "no" was the wrong answer; else "".
        """
        if rule.nature == "crisis":
            return ""
        words = self._words
        sentence = words[span.start].sentence
        for at in self._misanswered:
            if words[at.start].sentence != sentence or span.end < at.start - _NAMED_BEFORE or span.start >= at.end:
                continue
            said_no = any(
                words[i].text in _NO and words[i - 1].text not in _MEANT and words[i - 1].sentence == sentence
                for i in range(1, at.end)
            )
            return "uncertain" if said_no else "hypothetical"
        return ""

    def places(self) -> list[tuple[int, int]]:
        """The sentences, in characters, that only name such signs, fact or not: "the page lists numbness"."""
        places: list[tuple[int, int]] = []
        for at in self._said:
            named = self._words[at.start].sentence - 1
            words = [word for word in self._words if word.sentence == named]
            if words and not self._speaks_of(_OWNERS | _WRITER, named, at):
                places.append((words[0].start, words[-1].end))
        return places

    def _speaks_of(self, whom: frozenset[str], sentence: int, at: Span) -> bool:
        """Whether the sentence, up to the words that deny, names somebody."""
        return any(word.text in whom for word in self._words[: at.start] if word.sentence == sentence)

    def _ends(self, at: Span) -> bool:
        """Whether it says so without more ado: not "none of that before last week"."""
        if at.end >= len(self._words):
            return True
        after = self._words[at.end]
        colon = ":" in self._message.text[self._words[at.end - 1].end : after.start]
        apart = colon or after.comma or after.sentence != self._words[at.start].sentence
        return apart or after.text in _GOES_ON
