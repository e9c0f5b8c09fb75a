"""What a message says is not so, fact or not: all of "no numbness, tingling or trouble with my bladder".

A fact that a "no" reaches is absent (scope.py); the classifier behind the net sees the same words without the "no", so
it is told which words are taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from bot.safety.patterns.matching import Span
from bot.safety.patterns.rules import Cue, FactRule
from bot.safety.scope import Scope
from bot.safety.when.taken import SUBJECTS
from bot.safety.written.words import Message

# "Fever? no", and what may stand between: "run a fever? me? never".
_NOES = frozenset({"no", "nope", "nah", "never", "none", "nil", "negative"})
# What opens a question to the clinic.
_ASKS_OTHERS = frozenset("do does can could is are will would should may might what why how when who".split())
_ECHOES = frozenset({"me", "moi"})
_SHORT_QUESTION = 7
# Words before the "no" of a list: "bladder trouble no, fever no".
_TICKED = 3
# What a denial is looked at with, where no fact is found: any symptom.
_ANY_SYMPTOM = FactRule("", "symptom")
# Words between two denied ones that go with them: "trouble with my bladder".
_JOINS = 2
# A "no" before these tells a loss: "no feeling or control of my bladder", "without noticing".
_LOSSES = frozenset(
    "feeling feel sensation control strength power grip movement urge warning reflex reflexes notice noticing know "
    "knowing realise realising realize realizing idea clue relief sleep rest energy appetite position way drop".split()
)
# Who does not feel a thing any more has lost it, and who does not feel these any more is well.
_SENSES = frozenset("feel notice sense".split())
_AILMENTS = frozenset(
    "pain pains ache aches numbness tingling weakness weak numb sick ill symptom symptoms problem it that".split()
)
# Words after the "no" among which the loss is named: "not much control".
_NAMES_THE_LOSS = 2


class Denials:
    """The denials of one message.

    Args:
        message: The message.
        scope: How far its cues reach.
        cues: The cues that deny, with their places.
    """

    def __init__(self, message: Message, scope: Scope, cues: Sequence[tuple[Cue, list[Span]]]) -> None:
        self._message = message
        self._words = message.words
        self._scope = scope
        self._cues = cues

    def answers_no(self, span: Span, rule: FactRule) -> bool:
        """Whether it is a short question that the writer answers with "no": "shortness of breath? no. fever? never"."""
        if rule.nature == "crisis" or self._scope.holds_negator(span):
            return False
        ticked = {index for first, no in self._ticked_off for index in range(first, no + 1)}
        # "Numbness no, legs no": what reaches from one part into the next is denied in both.
        if ticked.issuperset(range(span.start, span.end)):
            return True
        return self._no_to(self._words[span.start].sentence) is not None

    @cached_property
    def _ticked_off(self) -> list[tuple[int, int]]:
        """Where short parts of a list end in "no", that word's number last: "numbness no, weakness no".

        One alone may tell a loss in few words of English ("control no"), so there must be two.
        """
        words = self._words
        found: list[tuple[int, int]] = []
        first = 0
        for index, word in enumerate(words):
            if index and (word.comma or word.sentence != words[index - 1].sentence or words[index - 1].text == "no"):
                first = index
            after = words[index + 1] if index + 1 < len(words) else None
            closes = after is None or after.comma or after.text == "and" or after.sentence != word.sentence
            named = {word.text for word in words[first:index]}
            if word.text == "no" and closes and 0 < index - first <= _TICKED and not named & (_LOSSES | SUBJECTS):
                found.append((first, index))
        return found if len(found) > 1 else []

    def _no_to(self, sentence: int) -> int | None:
        """The word "no" that answers a short question to oneself, an echo ("me?") left out; None without one."""
        words = self._words
        first = next(i for i, word in enumerate(words) if word.sentence == sentence)
        if words[first].text in _ASKS_OTHERS:
            return None
        after = next((i for i in range(first, len(words)) if words[i].sentence != sentence), len(words))
        for _ in range(2):
            if after >= len(words) or after - first > _SHORT_QUESTION or not self._asks_before(after):
                return None
            if words[after].text not in _ECHOES:
                break
            first, after = after, after + 1
        else:
            return None
        alone = after + 1 >= len(words) or words[after + 1].comma or words[after + 1].sentence != words[after].sentence
        return after if words[after].text in _NOES and alone and not self._asks_before(after + 1) else None

    def _asks_before(self, index: int) -> bool:
        """Whether a question mark stands before the word of this number."""
        end = self._words[index].start if index < len(self._words) else None
        return "?" in self._message.text[self._words[index - 1].end : end]

    def places(self) -> tuple[tuple[int, int], ...]:
        """The places, in characters, of words that a "no" takes back, the "no" among them, fact or not."""
        taken = set[int]()
        for cue, spans in self._cues:
            for at in spans:
                taken.update(self._taken_back(cue, at))
        for sentence in {word.sentence for word in self._words}:
            if (answer := self._no_to(sentence)) is not None:
                taken.update(i for i in range(answer + 1) if self._words[i].sentence >= sentence)
        taken.update(i for first, no in self._ticked_off for i in range(first, no + 1))
        places: list[tuple[int, int]] = []
        last = -_JOINS
        for index in sorted(taken):
            word = self._words[index]
            joined = index - last <= _JOINS and all(
                self._words[i].text not in SUBJECTS and not self._scope.sets_apart(i) for i in range(last + 1, index)
            )
            if places and joined and self._words[last].sentence == word.sentence:
                places[-1] = (places[-1][0], word.end)
            else:
                places.append((word.start, word.end))
            last = index
        return tuple(places)

    def _taken_back(self, cue: Cue, at: Span) -> list[int]:
        """The words that one "no" takes back, itself among them; none where it takes back nothing."""
        sentence = self._words[at.start].sentence
        reached = [
            index
            for index, word in enumerate(self._words)
            if word.sentence == sentence
            and self._scope.reaches(cue, at, Span(index, index + 1, 1 << index), _ANY_SYMPTOM)
        ]
        lost = any(self._words[i].text in _LOSSES for i in [i for i in reached if i >= at.end][:_NAMES_THE_LOSS])
        if reached and self._words[at.end - 1].text in _SENSES:
            after = {self._words[i].text for i in reached}
            lost = lost or ("anymore" in after and not after & _AILMENTS)
        return [*range(at.start, at.end), *reached] if reached and not lost else []
