"""Since when a fact has been there, and whether it is over, by the times that the message names."""

from __future__ import annotations

from itertools import pairwise

from bot.safety.kin import NAMES
from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context, FactRule
from bot.safety.run_ons import clause_starts, opens_sentence, tells_of_another
from bot.safety.when.afterthoughts import is_said_behind, trails
from bot.safety.when.lasted import when_it_lasted
from bot.safety.when.news import is_of_a_birth, is_of_what_follows
from bot.safety.when.sentence_after import SentenceAfter
from bot.safety.when.taken import SUBJECTS, is_taken_now
from bot.safety.when.times import Time
from bot.safety.written.words import NEGATORS

_OLD_DAYS = 365.0
OVER_DAYS = 150.0
_NEW_DAYS = 92.0
_TIME_REACH = 9
# Words after "since surgery" among which the year is named.
_DATED_WITHIN = 2
_STILL_WITHIN = 2
_SPEAKS_OF_NEW = frozenset({"onset_new", "worse"})
_SPEAKS_OF_OLD = frozenset({"unchanged", "onset_old"})
# Words before "usual", "as always" of which one may be a "not".
_DENIED_WITHIN = 1
_HAD = frozenset("had have survived beat got was".split())
# What is "still" so and also that has not stayed as it was.
_GROWS = frozenset("weaker worse worsening spreading climbing getting progressing increasing more now".split())


class Timing:
    """Reads the times around matches in one message.

    Args:
        reader: The message.
        context: The marks.
        times: The time expressions of the message.
        contrasts: Words that set two clauses against each other ("but").
        afterthoughts: Words that begin a clause which says no more than when ("but in the nineties").

    Attributes:
        after: What the next sentence says of the time of this one.
    """

    def __init__(
        self,
        reader: Reader,
        context: Context,
        times: tuple[Time, ...],
        contrasts: frozenset[int],
        afterthoughts: frozenset[int],
    ) -> None:
        self._afterthoughts = afterthoughts
        self._reader = reader
        self._context = context
        self._times = times
        self._contrasts = contrasts
        self._message = reader.message
        self._words = reader.message.words
        self._clauses = clause_starts(self._words)
        self.after = SentenceAfter(reader, context, times)

    def onset(self, span: Span, rule: FactRule) -> str:
        """The onset: "new", "old" or "unknown"; always "unknown" where it does not matter."""
        if self._old_and_same(span, rule):
            return "old"
        if not rule.onset_matters:
            return "unknown"
        if self._near("onset_new", span):
            return "new"
        time = self._time(span, rule)
        always = self._reader.spans(self._context.marks["always_did"])
        if self._near("onset_old", span) or self._is_left_of_old(span) or is_said_behind(self._words, span, always):
            return "old"
        if time is not None and time.kind != "bare":
            if time.days >= _OLD_DAYS:
                return "old"
            if time.days <= _NEW_DAYS:
                return "new"
        return "unknown"

    def _is_left_of_old(self, span: Span) -> bool:
        """Whether it is "still" there since what the clause before dates years back: "shingles in 2021, still numb"."""
        stills = self._reader.spans(self._context.marks["still"])
        if self._near("worse", span) or not any(
            self._words[s.start].text == "still" and self._gap(s.start, s.end, span) <= _STILL_WITHIN for s in stills
        ):
            return False
        sentence = self._words[span.start].sentence
        if any(word.text in _GROWS for word in self._words[span.start :] if word.sentence == sentence):
            return False
        return any(
            time.kind == "ago"
            and time.days >= _OLD_DAYS
            and time.end <= span.start
            and self._words[time.start].sentence == sentence
            for time in self._times
        )

    def status(self, span: Span, rule: FactRule) -> str:
        """The status of a fact that no cue changes: "present", or what its age makes of it."""
        time = self._time(span, rule)
        if time is not None and self.says_new(span) and (time.end <= span.start or self._is_of_what_was(span, time)):
            time = None  # "cancer ten years ago and new back pain", "new back pain and had cancer in 2015"
        if time is not None and self._is_of_today(span, time):
            time = None  # "a clot in 2015 and today I cannot breathe"
        if rule.recent_days is not None:
            if time is None:
                return "present" if rule.lasting or self._near("recent", span) else "uncertain"
            return "past" if time.days > rule.recent_days else "present"
        lasts_on = rule.nature in ("symptom", "crisis", "medicine") and not rule.brief
        over = _OLD_DAYS if lasts_on else OVER_DAYS
        if time is None or rule.lasting or time.kind != "ago" or time.days < over:
            return "present"
        if rule.nature == "medicine" and is_taken_now(self._words, span):
            return "present"  # "I take warfarin for a clot I had last year"
        if rule.nature == "event":
            return "past"  # the crash is over though its pain "still nags"
        return "present" if (not rule.brief and self._near("still", span)) or self._goes_on(span) else "past"

    def _is_of_what_was(self, span: Span, time: Time) -> bool:
        """Whether the time behind the match is of what one had besides: "new back pain and had cancer in 2015"."""
        between = [word.text for word in self._words[span.end : time.start]]
        return any(one in ("and", "but") and other in _HAD for one, other in pairwise(between))

    def days_ago(self, span: Span, rule: FactRule) -> float | None:
        """How long ago it was, where a point in the past is named for it."""
        time = self._time(span, rule)
        return time.days if time is not None and time.kind == "ago" else None

    def is_just_now(self, span: Span) -> bool:
        """Whether it is said to be of today or yesterday."""
        return self._near("just_now", span)

    def says_new(self, span: Span) -> bool:
        """Whether the match itself says that it is new."""
        marks = self._reader.spans(self._context.marks["onset_new"])
        return any(span.start <= mark.start and mark.end <= span.end for mark in marks)

    def _old_and_same(self, span: Span, rule: FactRule) -> bool:
        """Whether it is said to be as it always was, and either old or seen by a clinician."""
        if rule.nature != "symptom" or rule.acute or not self._near("unchanged", span) or self._near("worse", span):
            return False
        time = self._time(span, rule)
        aged = time is not None and time.kind != "bare" and time.days >= _OLD_DAYS
        return aged or self._near("onset_old", span) or self._near("checked", span)

    def _is_of_today(self, span: Span, time: Time) -> bool:
        """Whether today or yesterday is named nearer to the match than the time that was found."""
        far = self._gap(time.start, time.end, span)
        return any(self._gap(s.start, s.end, span) < far for s in self._reader.spans(self._context.marks["just_now"]))

    def _goes_on(self, span: Span) -> bool:
        """Whether a word of the present ("now") stands in the same clause."""
        for mark in self._reader.spans(self._context.marks["goes_on"]):
            first, last = min(mark.end, span.end), max(mark.start, span.start)
            if self._gap(mark.start, mark.end, span) <= _TIME_REACH:
                if not any(self._words[i].comma for i in range(first, last + 1)):
                    return True
        return False

    def _near(self, mark: str, span: Span) -> bool:
        spans = self._reader.spans(self._context.marks[mark])
        if mark == "still":
            spans = [s for s in spans if not s.start or self._words[s.start - 1].text != "never"]  # "never again"
        if mark in _SPEAKS_OF_NEW:
            idle = self._reader.spans(self._context.marks["not_new"])
            spans = [s for s in spans if not any(i.start <= s.start and s.end <= i.end for i in idle)]
            spans = [s for s in spans if not self._holds_old_time(s) and not is_of_what_follows(self._words, s, span)]
        if mark in _SPEAKS_OF_OLD:
            spans = [s for s in spans if not self._is_denied(s)]
            if self._reader.spans(self._context.marks["new_birth"]):
                spans = [s for s in spans if not is_of_a_birth(self._words, s)]
        return any(self._gap(s.start, s.end, span) <= _TIME_REACH for s in spans)

    def _is_denied(self, mark: Span) -> bool:
        """Whether a "not" right before it takes it back: "this isn't her usual"."""
        before = range(max(0, mark.start - _DENIED_WITHIN), mark.start)
        return any(
            self._words[i].text in NEGATORS
            and self._message.same_sentence(i, mark.start)
            and not any(self._words[j].comma for j in range(i + 1, mark.start + 1))
            for i in before
        )

    def _holds_old_time(self, span: Span) -> bool:
        """Whether a time of years stands within these words, or dates them: "since 1998", "since surgery in 2008"."""
        since = self._words[span.start].text == "since"
        return any(
            t.days >= _OLD_DAYS
            and span.start < t.end
            and t.start < span.end + (_DATED_WITHIN if since else 0)
            and self._message.same_sentence(span.start, t.start)
            and not any(self._words[i].comma for i in range(span.end, t.start + 1))
            for t in self._times
        )

    def is_dated(self, span: Span) -> bool:
        """Whether a real day is named for it, as nobody does for what is only supposed."""
        return self._near("dated", span)

    def _gap(self, start: int, end: int, span: Span) -> int:
        """Words between, or 99 across sentences."""
        first, last = min(start, span.start), max(end, span.end) - 1
        if self._words[last].sentence - self._words[first].sentence > 1:
            return 99
        if start >= span.end:
            return self._message.distance(span.end, start)
        return max(0, self._message.distance(end, span.start)) if end <= span.start else 0

    def _time(self, span: Span, rule: FactRule) -> Time | None:
        near = [(self._gap(t.start, t.end, span), t.start, t) for t in self._times]
        near = [entry for entry in near if entry[0] <= _TIME_REACH and self._same_clause(entry[2], span)]
        nearest = min(near, key=lambda entry: entry[:2])[2] if near else self.after.time(span, rule)
        if nearest is None or nearest.kind == "ago":
            return nearest
        return when_it_lasted(self._message, self._times, nearest)

    def _same_clause(self, time: Time, span: Span) -> bool:
        first, last = min(time.end, span.end), max(time.start, span.start)
        if not self._message.same_sentence(min(time.start, span.start), max(time.end, span.end) - 1):
            return False
        if time.end <= span.start and trails(self._words, Span(time.start, time.end, 0)):
            return False  # "melanoma in 2018, new pain"
        if self._runs_on(time, span):
            return False
        between = range(span.end, time.start)
        if time.start >= span.end and any(self._words[i].comma and i not in self._afterthoughts for i in between):
            return False  # "muddled, spine infection last year"
        return not any(i in self._contrasts or self._opens_clause(i) for i in range(first, last))

    def _runs_on(self, time: Time, span: Span) -> bool:
        """Whether they stand in two clauses that nothing parts: "i had sciatica years ago my foot is numb"."""
        if time.start >= span.end:
            return tells_of_another(self._words, self._clauses, span.end, time.start)
        starts = sum(index in self._clauses for index in range(time.end, span.start + 1))
        return starts > opens_sentence(self._words, time.start)

    def _opens_clause(self, index: int) -> bool:
        """Whether a new clause begins here: ", I had" or "and my"."""
        word, before = self._words[index], self._words[index - 1] if index else None
        if word.text not in SUBJECTS | NAMES | {"my", "his", "her"}:
            return False
        return word.comma or (before is not None and (before.text in ("and", "so") or before.comma))
