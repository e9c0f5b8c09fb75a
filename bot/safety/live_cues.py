"""Which words of a message that look like a cue are one: not the "no" of "not only", "if I may" or "no, I have"."""

from __future__ import annotations

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, Cue
from bot.safety.scope import TALE
from bot.safety.when.news import opens_news
from bot.safety.when.taken import SUBJECTS
from bot.safety.written.words import NEGATORS

# "What should I watch for, like a fever": a comma before these parts nothing.
_EXAMPLES = frozenset({"like", "such", "as", "including"})
# Words before "gone", "resolved" among which a "not" takes it back.
_TAKEN_BACK = 2
# "What would you do" is of the telling, "what would you do if I faint" is of fainting.
_COMPLETES = frozenset("if when whenever with for about of to in on by that whether how after before during".split())
# "A bit of blood" tells how much there is, and doubts nothing.
_VAGUELY = "vaguely"
_SUBSTANCES = frozenset("blood bleeding spotting fluid water pus discharge poo poop pee wee urine vomit".split())
_OF_WITHIN = 2


def live_cues(reader: Reader, context: Context) -> list[tuple[Cue, list[Span]]]:
    """The cues that stand in a message, in the order of the file, each with its places."""
    living = _Living(reader, context)
    return [(cue, spans) for cue in context.cues if (spans := living.places(cue))]


class _Living:
    """Tells of one message which places of a cue count.

    Args:
        reader: The message, with all concepts.
        context: Cues and marks.
    """

    def __init__(self, reader: Reader, context: Context) -> None:
        self._reader = reader
        self._context = context
        self._words = reader.message.words
        # "no doctor" is no denial, but "no infection, doctor says" is.
        self._pseudo = [s for s in self._spans("pseudo") if not self._holds_comma(s)]

    def places(self, cue: Cue) -> list[Span]:
        """The cue's places, without those inside a pseudo-cue ("not only") and the "no" that merely answers."""
        asides = self._spans("asides")
        spans = [s for s in self._reader.spans(cue.concept) if not any(self._is_of_aside(s, a) for a in asides)]
        if cue.name == _VAGUELY:
            spans = [s for s in spans if not self._is_how_much(s)]
        if cue.means == "past":
            goes_on = self._spans("not_over")
            over = [s for s in spans if not any(g.start <= s.start and s.end <= g.end for g in goes_on)]
            return [s for s in over if not self._is_denied(s)]
        if cue.means != "absent":
            spans = [s for s in spans if not any(opens_news(self._words, i) for i in range(s.start, s.end + 1))]
            return [s for s in spans if cue.name == TALE or not self._holds_comma(s)]
        backward = cue.looks == "backward"
        said = [s for s in spans if not self._is_pseudo(s, backward) and not self._is_answer(s)]
        if backward:
            return said
        # "Didn't fall, just got run over" is no "not got".
        return [s for s in said if not self._goes_round_a_subject(s) and not self._holds_comma(s)]

    def _is_how_much(self, span: Span) -> bool:
        """Whether it measures what has come: "a bit of blood", "a bit of pink spotting"."""
        after = self._words[span.end : span.end + _OF_WITHIN]
        return self._words[span.end - 1].text == "of" and any(word.text in _SUBSTANCES for word in after)

    def _is_of_aside(self, span: Span, aside: Span) -> bool:
        """Whether words that would deny or suppose are said of the telling itself: "believe it or not", "if I may"."""
        if not aside.start <= span.start < aside.end:
            return False
        after = self._words[aside.end].text if aside.end < len(self._words) else ""
        return span.end <= aside.end or after not in _COMPLETES

    def _goes_round_a_subject(self, span: Span) -> bool:
        """Whether somebody begins a clause between its words: "won't listen, I have" is no "not have"."""
        between = (i for i in range(span.start + 1, span.end) if not span.used >> i & 1)
        return any(self._words[i].text in SUBJECTS for i in between)

    def _holds_comma(self, span: Span) -> bool:
        """Whether words stand on both sides of a comma: "can be an infection, I have" is no "can I have"."""
        return any(
            self._words[i].comma and self._words[i].text not in _EXAMPLES for i in range(span.start + 1, span.end)
        )

    def _is_denied(self, cue: Span) -> bool:
        """Whether a "not" right before it takes the cue back: "it has not gone away"."""
        before = range(max(0, cue.start - _TAKEN_BACK), cue.start)
        return any(
            self._words[i].text in NEGATORS
            and self._words[i].sentence == self._words[cue.start].sentence
            and not self._holds_comma(Span(i, cue.start + 1, 0))
            for i in before
        )

    def _is_pseudo(self, cue: Span, backward: bool) -> bool:
        """Whether a cue begins in words that only look like a denial, or ends with them ("is sore, is it ok")."""
        return any(
            pseudo.start <= cue.start < pseudo.end or (backward and pseudo.end == cue.end) for pseudo in self._pseudo
        )

    def _is_answer(self, cue: Span) -> bool:
        word = self._words[cue.start]
        if word.text != "no" or cue.end - cue.start > 1 or cue.end >= len(self._words):
            return False
        follower = self._words[cue.end]
        opens = cue.start == 0 or self._words[cue.start - 1].sentence != word.sentence
        return follower.comma or follower.sentence != word.sentence or (opens and follower.text in SUBJECTS | {"my"})

    def _spans(self, mark: str) -> list[Span]:
        return self._reader.spans(self._context.marks[mark])
