"""What surrounds a match: denied, over, doubted or only imagined; and since when.

After ConText (Harkema et al. 2009, J Biomed Inform 42:839): a cue changes the facts on one side of it, up to its
reach, until a terminator. Changed for patients' own words: runs under one "no" follow the list, not the sentence;
"cannot" is part of the symptom; a question about oneself still tells the symptom.
"""

from __future__ import annotations

from bot.safety.grammar import Reader, Span
from bot.safety.questions import in_general
from bot.safety.rules import Context, Cue, FactRule
from bot.safety.times import Time
from bot.safety.timing import SUBJECTS, Timing, trails

_NEGATORS = frozenset({"no", "not", "never", "without", "nor", "cannot", "neither", "hardly", "barely", "unable"})
_NOBODY = frozenset({"nobody", "unchecked"})
# Words before "checked" among which a "not" takes it away.
_DENIED_REACH = 3
_OWNERS = frozenset({"my", "i", "me", "these", "mine", "his", "our"})
_BEFORE_POSSESSIVE = frozenset({"ADP", "CCONJ", "VERB", "SCONJ", "DET", "AUX", "PART"})
_CLAUSE_WORDS = frozenset({"i", "he", "she", "it", "they", "can", "not", "no", "since", "be", "is", "are", "have"})
_HEDGES = frozenset({"might", "maybe", "possibly", "perhaps"})
_DOUBTS = frozenset({"maybe", "perhaps", "possibly", "idk"})
# Words from the match to the last of its sentence, that one included.
_DOUBT_REACH = 3
_STILL_SUPPOSED = frozenset({"suddenly", "just", "still", "only"})
# Words between a comma and "gone now", "not sure": an afterthought about what stands before the comma.
_AFTERTHOUGHT = 0


class Surroundings:
    """Reads the context of matches in one message.

    Args:
        reader: The message, with all concepts.
        context: Cues and marks.
        times: The time expressions of the message.
    """

    def __init__(self, reader: Reader, context: Context, times: tuple[Time, ...]) -> None:
        self._reader = reader
        self._context = context
        self._message = reader.message
        self._words = reader.message.words
        self._terminators = frozenset(s.start for s in self._spans("terminator"))
        self._contrasts = frozenset(s.start for s in self._spans("contrast"))
        self._pseudo = [s for s in self._spans("pseudo")]
        self._general = in_general(reader.message)
        self._timing = Timing(reader, context, times, self._contrasts)
        self._cues = [(cue, spans) for cue in context.cues if (spans := self._live(cue))]

    def status(self, span: Span, rule: FactRule) -> str:
        """The status of a fact found at `span`: the first cue, in the order of the file, that reaches it."""
        status = self._status(span, rule)
        asked = status == "uncertain" and bool(self._in_general(span, rule))
        if (status == "hypothetical" or asked) and self._is_fulfilled(span):
            return "present"
        if status == "hypothetical" and rule.nature in ("symptom", "event") and self._timing.is_dated(span):
            return "uncertain"  # "do you treat someone whose bladder stopped after lifting"
        return "uncertain" if status == "present" and self._trails_off(span, rule) else status

    def _status(self, span: Span, rule: FactRule) -> str:
        for cue, spans in self._cues:
            if rule.nature in cue.natures and any(self._reaches(cue, cue_span, span, rule) for cue_span in spans):
                if cue.means == "past" and (rule.recent_days or self._timing.says_new(span)):
                    continue  # "cancer ten years ago and new back pain"
                if not (cue.spares_lasting and rule.lasting):
                    return cue.means
        if rule.vague != "no" and not self._in_general(span, rule):
            onset = self._timing.onset(span, rule)
            if onset == "old" or self._timing.status(span, rule) == "past":
                return "past"
            return "present" if rule.vague == "unless_new" and onset == "new" else "uncertain"
        return self._in_general(span, rule) or self._timing.status(span, rule)

    def _trails_off(self, span: Span, rule: FactRule) -> bool:
        """Whether the sentence ends in doubt right after the match: "my leg is a bit weak maybe"."""
        last = span.end
        while last < len(self._words) and self._words[last].sentence == self._words[span.start].sentence:
            last += 1
        doubt = last > span.end and last - span.end <= _DOUBT_REACH and self._words[last - 1].text in _DOUBTS
        return doubt and rule.nature in ("symptom", "event")

    def _is_fulfilled(self, span: Span) -> bool:
        """Whether what was supposed is then said to be so: "if I get numb I should go; it is numb now"."""
        said = self._words[span.start].sentence
        return any(
            mark.start >= span.end and self._words[mark.start].sentence - said <= 1 for mark in self._spans("fulfilled")
        )

    def onset(self, span: Span, rule: FactRule) -> str:
        """The onset: "new", "old" or "unknown"."""
        return self._timing.onset(span, rule)

    def is_dated(self, span: Span) -> bool:
        """Whether a real day is named for the match."""
        return self._timing.is_dated(span)

    def days_ago(self, span: Span) -> float | None:
        """How long ago it was, where a point in the past is named for it and today is not."""
        return None if self._timing.is_just_now(span) else self._timing.days_ago(span)

    def is_just_now(self, span: Span) -> bool:
        """Whether it is said to be of today or yesterday."""
        return self._timing.is_just_now(span)

    def is_checked(self) -> bool:
        """Whether the message says that a clinician has looked at it, and not that none has."""
        said = [self._words[max(0, s.start - _DENIED_REACH) : s.end] for s in self._spans("checked")]
        return any(not any(w.text in _NEGATORS or w.text in _NOBODY for w in words) for words in said)

    def old_and_checked(self) -> Span | None:
        """Where the message says both that nothing changed and that a clinician has looked at it."""
        unchanged, checked = self._spans("unchanged"), self._spans("checked")
        return unchanged[0] if unchanged and checked else None

    def _spans(self, mark: str) -> list[Span]:
        return self._reader.spans(self._context.marks[mark])

    def _live(self, cue: Cue) -> list[Span]:
        """The cue's places, without those inside a pseudo-cue ("not only") and the "no" that merely answers."""
        spans = self._reader.spans(cue.concept)
        if cue.means == "past":
            goes_on = self._spans("not_over")
            return [s for s in spans if not any(g.start <= s.start and s.end <= g.end for g in goes_on)]
        if cue.means != "absent":
            return spans
        backward = cue.looks == "backward"
        return [s for s in spans if not self._is_pseudo(s, backward) and not self._is_answer(s)]

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

    def _reaches(self, cue: Cue, at: Span, span: Span, rule: FactRule) -> bool:
        if cue.means == "absent" and any(i in self._contrasts for i in range(span.start, span.end)):
            return False
        own_doubt = self._holds_negator(span)  # "can't tell if I'm peeing"
        if cue.means == "hypothetical" and cue.looks == "forward" and span.start < at.end < span.end and not own_doubt:
            # "can acupuncture cause a collapsed lung": the cue takes in a part of the match; the rest is imagined.
            rest = next((i for i in range(at.end, span.end) if span.used >> i & 1), None)
            if rest is None or (cue.yields_to_owner and self._owned(span)):
                return False
            return self._clear(at.end, rest, cue, rule, span)
        if cue.looks == "inside":
            return span.start < at.start and at.end <= span.end
        if at.used & span.used:
            return False
        if cue.yields_to_owner and self._owned(span):
            return False
        if cue.means == "past" and cue.looks == "forward" and self._is_later(at, span):
            return False
        inside = at.start > span.start and at.end < span.end
        if cue.means == "absent" and self._holds_negator(span):
            # "don't have no feeling": two negations of one symptom, in dialect, still tell the symptom.
            return False
        if inside:
            hedged = cue.means == "uncertain" and not rule.acute and self._hedges(at.start)
            return cue.looks == "forward" and (cue.means == "absent" or hedged)
        if cue.looks in ("forward", "both") and at.end <= span.start:
            return self._clear(at.end, span.start, cue, rule, span)
        if cue.looks in ("backward", "both") and at.start >= span.end:
            return self._clear(span.end, at.start, cue, rule, span)
        return False

    def _hedges(self, index: int) -> bool:
        """Whether this word doubts what stands around it: "one leg might be weaker", not "might as well be dead"."""
        after = self._words[index + 1].text if index + 1 < len(self._words) else ""
        return self._words[index].text in _HEDGES and after != "as"

    def _is_later(self, at: Span, span: Span) -> bool:
        """Whether the match is of today or of another clause: "used to hold, now it goes", "cancer years ago, numb"."""
        if any(word.text == "now" for word in self._words[span.start : span.end]):
            return True
        return at.end <= span.start and trails(self._words, at)

    def _clear(self, start: int, end: int, cue: Cue, rule: FactRule, span: Span) -> bool:
        """Whether nothing between the words `start` and `end` ends the cue's scope."""
        words, message = self._words, self._message
        listed = cue.means == "absent" and cue.looks == "forward" and self._is_list(start, span)
        if message.distance(start, end) > (cue.reach * 3 if listed else cue.reach):
            return False
        if not message.same_sentence(max(0, start - 1), end):
            return False
        forward = end == span.start or end < span.end
        ends = self._terminators if forward else self._contrasts
        if cue.means == "hypothetical":
            # "what would you do if a patient suddenly said that they ..." goes on supposing.
            ends = frozenset(index for index in ends if words[index].text not in _STILL_SUPPOSED)
        if any(index in ends for index in range(start, end + forward)):
            return False
        for index in range(start, min(end + 1, len(words))):
            supposed = cue.means == "hypothetical" and words[index].text == "they"
            if index > start and words[index].text in SUBJECTS and cue.looks == "forward" and not supposed:
                return False
            new_subject = words[index].text in {"my", "his", "her"} and words[index - 1].pos not in _BEFORE_POSSESSIVE
            if index > start and new_subject and cue.looks == "forward":
                return False
        if cue.means == "absent" and cue.looks == "forward":
            crosses = any(words[i].comma or words[i].text == "and" for i in range(start, span.start + 1))
            if rule.nature == "medicine" and any(words[i].comma for i in range(start, span.start + 1)):
                return False
            return not crosses or listed or self._noun_like(start, span)
        commas = [i for i in range(start, min(end + 1, len(words))) if words[i].comma and i > 0]
        if cue.looks == "backward" and commas and cue.means in ("past", "uncertain"):
            return message.distance(commas[-1], end) <= _AFTERTHOUGHT
        return not [i for i in commas if cue.looks == "backward" or start < i < end]

    def _is_list(self, start: int, span: Span) -> bool:
        """Whether a run under one "no" goes on to an "or" at the match: "no fever, numbness or weight loss"."""
        words = self._words
        sentence = words[start].sentence
        for index in range(start, len(words)):
            if words[index].sentence != sentence or index in self._terminators:
                return False
            if words[index].text in SUBJECTS or words[index].text in {"no", "not"}:
                return False
            if words[index].text in ("or", "nor") and index + 4 >= span.start:
                return True
        return False

    def _noun_like(self, start: int, span: Span) -> bool:
        """Whether what follows a comma or "and" is a bare noun, and so still under the "no"."""
        if any(self._words[i].text in _CLAUSE_WORDS for i in range(start, span.end)):
            return False
        used = [w for i, w in enumerate(self._words[span.start : span.end], span.start) if span.used >> i & 1]
        return all(w.pos in ("NOUN", "PROPN", "ADP", "X") or w.text.endswith("ing") for w in used)

    def _holds_negator(self, span: Span) -> bool:
        return any(span.used >> i & 1 and self._words[i].text in _NEGATORS for i in range(span.start, span.end))

    def _owned(self, span: Span) -> bool:
        first = max(0, span.start - 3)
        return any(self._words[i].text in _OWNERS for i in range(first, span.end))

    def _in_general(self, span: Span, rule: FactRule) -> str:
        """What a question about anyone makes of the fact; "" where it stands in none, or tells a loss ("can't")."""
        if rule.nature not in ("symptom", "event", "condition") or self._holds_negator(span):
            return ""
        meanings = [self._general.get(i, "") for i in range(span.start, span.end) if span.used >> i & 1]
        return next(filter(None, meanings), "")
