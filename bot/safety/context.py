"""What surrounds a match: denied, over, doubted or only imagined; and since when.

After ConText (Harkema et al. 2009, J Biomed Inform 42:839): a cue changes the facts on one side of it, up to its
reach, until a terminator (scope.py). Changed for patients' own words: a question about oneself still tells the symptom.
"""

from __future__ import annotations

from functools import cached_property

from bot.safety.begun import Begun
from bot.safety.clinic_questions import names_a_sign
from bot.safety.denials import Denials
from bot.safety.disowned import Disowned
from bot.safety.excluded import Excluded
from bot.safety.fulfilled import Fulfilled
from bot.safety.known_causes import KnownCauses
from bot.safety.live_cues import live_cues
from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, Cue, FactRule
from bot.safety.questions import in_general, to_the_clinic
from bot.safety.scope import TALE, Scope
from bot.safety.when.afterthoughts import afterthoughts
from bot.safety.when.left_behind import LeftBehind
from bot.safety.when.taken import is_taken_now
from bot.safety.when.times import Time
from bot.safety.when.timing import Timing

# The cues of what is over now, and the days after which a sign that passes in minutes is history.
_GONE, _PASSED_DAYS = frozenset({"gone", "well_again"}), 30
# What may be named in a question without being anybody's.
_OF_NOBODY = frozenset({"symptom", "event", "condition"})
_SIGNS = frozenset({"symptom", "event"})
# By itself no danger, and of weight beside an illness.
_OF_ANY_PAIN = frozenset({"new_or_worse_pain", "recent_pain"})
# The cues by which something is only imagined, told of a tale or of a practice.
_SUPPOSED = frozenset({"imagined", "likened", "practice", TALE, "dreamt", "cured", "feared", "would_you"})
_LONG_AGO, _ASKED, _UNSURE = "long_ago", "asked_in_general", "unsure"
_A_YEAR = 365.0
_TREATMENTS = frozenset("acupuncture cupping needles needling treatment treatments session sessions".split())
_ANYBODY = frozenset({"you", "u", "one"})
_DOUBTS = frozenset({"maybe", "perhaps", "possibly", "idk"})
# Words from the match to the last of its sentence, that one included.
_DOUBT_REACH = 3


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
        self._words = reader.message.words
        contrasts = frozenset(s.start for s in self._spans("contrast"))
        long_ago = [at for cue in context.cues if cue.name == _LONG_AGO for at in reader.spans(cue.concept)]
        when = afterthoughts(self._words, contrasts, times, long_ago)
        contrasts -= when
        self._scope = Scope(reader, frozenset(s.start for s in self._spans("terminator")), contrasts, when)
        self._general, self._to_the_clinic = in_general(reader.message), to_the_clinic(reader.message)
        # "It was not there last year" dates what is new.
        compared = self._spans("not_over")
        times = tuple(t for t in times if not any(s.start <= t.start and t.end <= s.end for s in compared))
        self._fulfilled = Fulfilled(self._words, self._spans("fulfilled"), times)
        self._timing = Timing(reader, context, times, contrasts, when)
        self._causes = KnownCauses(reader, context, contrasts)
        self._left = LeftBehind(reader, context, times)
        self._disowned = Disowned(reader, context, self._scope)
        self._excluded = Excluded(reader, context)
        self._begun = Begun(reader, context)
        self._cues = live_cues(reader, context)
        self._denials = Denials(
            reader.message, self._scope, [(c, spans) for c, spans in self._cues if c.means == "absent"]
        )

    def status(self, span: Span, rule: FactRule) -> str:
        """The status of a fact found at `span`: the first cue, in the order of the file, that reaches it."""
        if self._denials.answers_no(span, rule) or self._disowned.holds(span, rule):
            return "absent"
        if rule.nature != "crisis" and self._excluded.holds(span):
            return "harmless"
        status = self._disowned.names_a_question(span, rule) or self._status(span, rule)
        asked = status == "uncertain" and bool(self._in_general(span, rule))
        if rule.nature in _SIGNS and self._begun.dates(span) and (asked or self._is_only_asked(status, span, rule)):
            return "present"  # "can needles help a uti that won't go away"
        if rule.fact in _OF_ANY_PAIN and self._is_only_asked(status, span, rule) and self._begun.is_the_askers(span):
            return "present"  # "does it help new back pain, I am on dialysis"
        if asked and self._spans("not_had_yet") and not self._timing.is_dated(span) and self._of_treatment(span):
            return "hypothetical"  # "is fever normal after cupping? never had it done"
        if (status == "hypothetical" or asked) and self._fulfilled.holds(span):
            return "present"
        if status == "hypothetical" and rule.nature in ("event", "condition") and self._timing.after.dates(span):
            return self._timing.status(span, rule)  # "would it be safe with a fusion? I had one in 2015"
        tale = status == "hypothetical" and self._is_of_a_tale(span, rule)  # "the film last night" dates the film
        if status == "hypothetical" and not tale and rule.nature in _SIGNS and self._timing.is_dated(span):
            # "Do you treat someone whose bladder stopped after lifting", but "help with impotence, since my back went".
            return "present" if self._is_told_of_oneself(span, rule) else "uncertain"
        open_ = status == "present" or (status == "uncertain" and rule.vague != "no")
        if open_ and (self._causes.explain(span, rule) or self._left.explains(span, rule)):
            return "harmless"  # "my chest is tight from asthma, the inhaler sorts it"
        veiled = status == "hypothetical" and rule.nature == "crisis" and self._is_of_you(span)
        return "uncertain" if veiled or (status == "present" and self._trails_off(span, rule)) else status

    def _is_only_asked(self, status: str, span: Span, rule: FactRule) -> bool:
        """Whether nothing but a question of what helps or what something is makes it nobody's."""
        if status != "hypothetical":
            return False
        return not any(
            cue.means == "hypothetical" and cue.name in _SUPPOSED and self._scope.reaches(cue, at, span, rule)
            for cue, spans in self._cues
            for at in spans
        )

    def _is_of_you(self, span: Span) -> bool:
        """Whether it is told of anybody, and so may be of oneself: "can it help if you want to die from the pain"."""
        return any(word.text in _ANYBODY for word in self._words[max(0, span.start - 1) : span.start])

    def _of_treatment(self, span: Span) -> bool:
        """Whether the sentence asks of what comes after a treatment: "a fever after cupping"."""
        sentence = self._words[span.start].sentence
        return any(word.text in _TREATMENTS and word.sentence == sentence for word in self._words[span.start :])

    def _status(self, span: Span, rule: FactRule) -> str:
        for cue, spans in self._cues:
            if cue.name == _ASKED and self._scope.holds_negator(span):
                continue  # "is it normal not to feel the paper when I wipe"
            if rule.nature in cue.natures and any(self._scope.reaches(cue, cue_span, span, rule) for cue_span in spans):
                if not self._is_void(cue, span, rule):
                    return cue.means
        if rule.vague != "no" and not self._in_general(span, rule):
            onset = self._timing.onset(span, rule)
            if onset == "old" or self._timing.status(span, rule) == "past":
                return "past"
            return "present" if rule.vague == "unless_new" and onset == "new" else "uncertain"
        if self._timing.after.says_it_is_over(span, rule) and not (rule.passing and not self._is_long_past(span, rule)):
            return "past"
        status = self._in_general(span, rule) or self._timing.status(span, rule)
        return "present" if status == "past" and self._has_returned(span, rule) else status

    def _is_void(self, cue: Cue, span: Span, rule: FactRule) -> bool:
        """Whether a cue that reaches the match leaves it as it is all the same."""
        if cue.name == _UNSURE:
            return (self._timing.days_ago(span, rule) or 0) >= _A_YEAR  # "nearly passed out, that was years back"
        if cue.means == "past" and (rule.recent_days or self._timing.says_new(span)):
            return True  # "cancer ten years ago and new back pain"
        if cue.name == _LONG_AGO and rule.nature == "medicine" and is_taken_now(self._words, span):
            return True  # "I take warfarin for a clot I had last year"
        if cue.means == "past" and self._has_returned(span, rule):
            return True  # "the fever was gone by Tuesday, now it is back"
        if cue.name in _GONE and rule.passing and not self._is_long_past(span, rule):
            return True  # "couldn't speak for ten minutes, fine now"
        return cue.spares_lasting and rule.lasting

    def _is_of_a_tale(self, span: Span, rule: FactRule) -> bool:
        return any(
            cue.name == TALE and any(self._scope.reaches(cue, at, span, rule) for at in spans)
            for cue, spans in self._cues
        )

    def _is_long_past(self, span: Span, rule: FactRule) -> bool:
        return (self._timing.days_ago(span, rule) or 0) > _PASSED_DAYS

    def _has_returned(self, span: Span, rule: FactRule) -> bool:
        """Whether a symptom is said to have come back; where feeling was lost, it is the feeling that came back."""
        if rule.nature not in ("symptom", "crisis") or self._scope.holds_negator(span):
            return False
        said = self._words[span.start].sentence
        return any(
            mark.start >= span.end and self._words[mark.start].sentence - said <= 1 for mark in self._spans("returned")
        )

    def _trails_off(self, span: Span, rule: FactRule) -> bool:
        """Whether the sentence ends in doubt right after the match: "my leg is a bit weak maybe"."""
        last = span.end
        while last < len(self._words) and self._words[last].sentence == self._words[span.start].sentence:
            last += 1
        doubt = last > span.end and last - span.end <= _DOUBT_REACH and self._words[last - 1].text in _DOUBTS
        return doubt and rule.nature in ("symptom", "event")

    def _is_told_of_oneself(self, span: Span, rule: FactRule) -> bool:
        """Whether what was supposed is dated in the same sentence by something of the writer's own."""
        words = self._words[span.end :]
        own = any(w.text in ("my", "i", "mine") for w in words if w.sentence == self._words[span.start].sentence)
        return own and self._timing.onset(span, rule) == "new"

    @cached_property
    def lasting(self) -> frozenset[int]:
        """The sentences that say that something has not passed: "and it hasn't come back"."""
        return frozenset(self._words[at.start].sentence for at in self._spans("lasts"))

    def is_read_into_a_question(self, span: Span, rule: FactRule) -> bool:
        """Whether some words of the fact are asked of the clinic, and those beside them tell no sign by themselves.

        "My back went out, do you treat both legs" tells of no leg; "went numb today, do you treat both legs" does.
        """
        told = [self._words[i].text for i in span.numbers if i not in self._to_the_clinic]
        mixed = 0 < len(told) < span.used.bit_count()
        return mixed and rule.nature in _OF_NOBODY and not names_a_sign(" ".join(told))

    def denied(self) -> tuple[tuple[int, int], ...]:
        """The places, in characters, of words that a "no" takes back, whether they are a fact or not."""
        return (*self._denials.places(), *self._disowned.places())

    def onset(self, span: Span, rule: FactRule) -> str:
        """The onset: "new", "old" or "unknown"."""
        return self._timing.onset(span, rule)

    def is_dated(self, span: Span) -> bool:
        """Whether a real day is named for the match."""
        return self._timing.is_dated(span)

    def days_ago(self, span: Span, rule: FactRule) -> float | None:
        """How long ago it was, where a point in the past is named for it and today is not."""
        return None if self._timing.is_just_now(span) else self._timing.days_ago(span, rule)

    def is_just_now(self, span: Span) -> bool:
        """Whether it is said to be of today or yesterday."""
        return self._timing.is_just_now(span)

    def is_checked(self) -> bool:
        """Whether the message says that a clinician has looked at it, and not that none has."""
        return self._causes.is_checked()

    def old_and_checked(self) -> Span | None:
        """Where the message says both that nothing changed and that a clinician has looked at it."""
        unchanged, checked = self._spans("unchanged"), self._spans("checked")
        return unchanged[0] if unchanged and checked else None

    def _spans(self, mark: str) -> list[Span]:
        return self._reader.spans(self._context.marks[mark])

    def _in_general(self, span: Span, rule: FactRule) -> str:
        """What a question about anyone makes of the fact; "" where it stands in none, or tells a loss ("can't")."""
        if rule.nature not in _OF_NOBODY or self._scope.holds_negator(span):
            return ""
        if all(i in self._to_the_clinic for i in span.numbers):
            return "hypothetical"
        return next(filter(None, (self._general.get(i, "") for i in span.numbers)), "")
