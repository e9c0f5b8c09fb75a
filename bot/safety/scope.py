"""How far a cue reaches: which words round "no", "used to" or "what if" it changes the meaning of.

After ConText (Harkema et al. 2009, J Biomed Inform 42:839). Changed for patients' own words: runs under one "no" follow
the list, not the sentence, and "cannot" is part of the symptom.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.safety.denies_nothing import denies_nothing
from bot.safety.kin import NAMES
from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Cue, FactRule
from bot.safety.run_ons import clause_starts, opens_sentence, passes_into, tells_of_another
from bot.safety.supposed_and_so import is_so_all_the_same
from bot.safety.when.afterthoughts import trails
from bot.safety.when.taken import SUBJECTS
from bot.safety.written.words import NEGATORS

_OWNERS = frozenset({"my", "i", "me", "these", "mine", "his", "our"})
# "I read about a man who couldn't feel his legs".
_ANYBODY = frozenset("man woman guy lady bloke person someone somebody".split())
_NO_NAME_AFTER = frozenset("a the some this that another one new no single busy".split())
# In a film "his legs" are a character's, who is no owner.
TALE, IMAGE, _CHARACTER = "fiction", "likened", "his"
# Words before a match among which an owner makes it somebody's.
_OWNER_REACH = 3
_BEFORE_POSSESSIVE = frozenset({"ADP", "CCONJ", "VERB", "SCONJ", "DET", "AUX", "PART"})
_CLAUSE_WORDS = frozenset({"i", "he", "she", "it", "they", "can", "not", "no", "since", "be", "is", "are", "have"})
_HEDGES = frozenset({"might", "maybe", "possibly", "perhaps"})
# After these a comma goes on with what is supposed: "what if, say, I faint", "red flags like, for instance, numbness".
_GOES_ON = frozenset({"if", "when", "like", "as", "such", "or", "including", "say", "about", "of"})
_STILL_SUPPOSED = frozenset({"suddenly", "just", "still", "only"})
# "In the film he is paralysed after a crash": the crash is his too.
_OF_A_TALE, _AFTER = frozenset({"he", "she", "they"}), frozenset({"after", "when"})
_THEIRS = frozenset({"his", "her", "their"})
# Words between a comma and "gone now", "not sure": an afterthought about what stands before the comma.
_AFTERTHOUGHT = 0
# What opens a denial as clinicians write it: its list may close with "and" ("negative for fever, chills and sweats").
_FORMAL = frozenset({"negative", "denies", "deny", "denied", "ruled", "rule", "free", "absence"})

# Words after a sign that tell it has come, so that the "no" before the last comma was not its own.
_DATES = frozenset(
    "since today tonight yesterday now lately recently started starting began came come coming getting worse".split()
)


class Scope:
    """Tells whether a cue reaches a match in one message.

    Args:
        reader: The message.
        terminators: Words that end the reach of a cue before them.
        contrasts: Words that set two clauses against each other ("but").
        afterthoughts: Words that begin a clause which says no more than when ("but when I was 30").
    """

    def __init__(
        self, reader: Reader, terminators: Collection[int], contrasts: Collection[int], afterthoughts: Collection[int]
    ) -> None:
        self._afterthoughts = afterthoughts
        self._message = reader.message
        self._words = reader.message.words
        self._clauses = clause_starts(self._words)
        self._terminators = terminators
        self._contrasts = contrasts

    def reaches(self, cue: Cue, at: Span, span: Span, rule: FactRule) -> bool:
        """Whether the cue that stands at `at` changes the meaning of the match at `span`."""
        if cue.means == "absent" and any(i in self._contrasts for i in range(span.start, span.end)):
            return False
        return not self._runs_on(cue, at, span) and self._takes_in(cue, at, span, rule)

    def _takes_in(self, cue: Cue, at: Span, span: Span, rule: FactRule) -> bool:
        """Whether the cue reaches the match, both in one clause."""
        if cue.means == "hypothetical" and is_so_all_the_same(self._words, cue, span, rule):
            return False
        own_doubt = self.holds_negator(span)  # "can't tell if I'm peeing"
        if cue.means == "hypothetical" and cue.looks == "forward" and span.start < at.end < span.end and not own_doubt:
            # "can acupuncture cause a collapsed lung": the cue takes in a part of the match; the rest is imagined.
            rest = next((i for i in span.numbers if i >= at.end), None)
            if rest is None or (cue.yields_to_owner and self.is_owned(span)):
                return False
            return self._clear(at, at.end, rest, cue, rule, span)
        if cue.looks == "inside":
            return span.start < at.start and at.end <= span.end
        if at.used & span.used:
            return False
        if cue.yields_to_owner and self.is_owned(span, at, in_tale=cue.name == TALE):
            return False
        if cue.means == "past" and self._goes_on(cue, at, span):
            return False
        inside = at.start > span.start and at.end < span.end
        if cue.means == "absent" and (self.holds_negator(span) or denies_nothing(self._words, at, span, rule.fact)):
            # "don't have no feeling": two negations of one symptom, in dialect, still tell the symptom.
            return False
        if inside:
            hedged = cue.means == "uncertain" and not rule.acute and self._hedges(at.start)
            return cue.looks == "forward" and (cue.means == "absent" or hedged)
        if cue.looks in ("forward", "both") and at.end <= span.start:
            return self._clear(at, at.end, span.start, cue, rule, span)
        if cue.looks in ("backward", "both") and at.start >= span.end:
            return self._clear(at, span.end, at.start, cue, rule, span)
        return False

    def _runs_on(self, cue: Cue, at: Span, span: Span) -> bool:
        """Whether the cue and the match stand in two clauses that nothing parts: "does it hurt my crotch is numb"."""
        words = self._words
        if cue.means != "past" and passes_into(self._clauses, at, at.end):
            return True  # "can i come | i have been numb" is no "can i have"
        if cue.looks == "inside":
            return False
        if at.end <= span.start:
            starts = [i for i in range(at.end, span.start + 1) if i in self._clauses]
            if cue.means == "hypothetical":
                goes_on = _OF_A_TALE if cue.name == TALE else {"they"}
                starts = [i for i in starts if words[i].text not in goes_on]
            fronted = cue.means == "past" and opens_sentence(words, at.start)
            fronted = fronted and not any(w.pos == "VERB" for w in words[at.end : starts[0] if starts else at.end])
            return len(starts) > fronted
        return at.start >= span.end and tells_of_another(words, self._clauses, span.end, at.start)

    def sets_apart(self, index: int) -> bool:
        """Whether this word ends what a cue before it reaches."""
        return index in self._terminators

    def holds_negator(self, span: Span) -> bool:
        """Whether a "not" is part of the match ("can't feel")."""
        return any(self._words[i].text in NEGATORS for i in span.numbers)

    def _hedges(self, index: int) -> bool:
        """Whether this word doubts what stands around it: "one leg might be weaker", not "might as well be dead"."""
        after = self._words[index + 1].text if index + 1 < len(self._words) else ""
        return self._words[index].text in _HEDGES and after != "as"

    def _goes_on(self, cue: Cue, at: Span, span: Span) -> bool:
        """Whether what a cue dates began then and is not over: "since last year"; or is of another time."""
        if at.start and self._words[at.start - 1].text == "since":
            return True
        return cue.looks == "forward" and self._is_later(at, span)

    def _is_later(self, at: Span, span: Span) -> bool:
        """Whether the match is of today or of another clause: "used to hold, now it goes", "cancer years ago, numb"."""
        if any(word.text == "now" for word in self._words[span.start : span.end]):
            return True
        return at.end <= span.start and trails(self._words, at)

    def _clear(self, at: Span, start: int, end: int, cue: Cue, rule: FactRule, span: Span) -> bool:
        """Whether nothing between the words `start` and `end` ends the cue's scope."""
        words, message = self._words, self._message
        listed = cue.means == "absent" and cue.looks == "forward" and self._is_list(at, start, span)
        if message.distance(start, end) > (cue.reach * 3 if listed else cue.reach):
            return False
        if not message.same_sentence(max(0, start - 1), end):
            return False
        if cue.means == "hypothetical" and start == at.end and self._is_apart(at):
            return False
        forward = end == span.start or end < span.end
        ends = self._terminators if forward else self._contrasts
        if cue.means == "hypothetical":
            # "what would you do if a patient suddenly said that they ..." goes on supposing.
            told_of = cue.name == TALE and any(words[i].text in _OF_A_TALE | _THEIRS for i in range(start, end))
            still = _STILL_SUPPOSED | _AFTER if told_of else _STILL_SUPPOSED
            ends = frozenset(index for index in ends if words[index].text not in still)
        if any(index in ends for index in range(start, end + forward)):
            return False
        for index in range(start, min(end + 1, len(words))):
            supposed = cue.means == "hypothetical" and words[index].text == "they"
            if index > start and words[index].text in SUBJECTS and cue.looks == "forward" and not supposed:
                return False
            if index > start and cue.looks == "forward" and self._opens_clause(index):
                return False
        if cue.means == "absent" and cue.looks == "forward":
            crosses = any(words[i].comma or words[i].text == "and" for i in range(start, span.start + 1))
            if rule.nature == "medicine" and any(words[i].comma for i in range(start, span.start + 1)):
                return False
            return not crosses or listed or (self._noun_like(start, span) and not self._is_news(span))
        commas = [i for i in range(start, min(end + 1, len(words))) if words[i].comma and i > 0]
        if cue.looks == "backward" and commas and cue.means in ("past", "uncertain"):
            return commas[-1] in self._afterthoughts or message.distance(commas[-1], end) <= _AFTERTHOUGHT
        # "Watched telly last night, both legs numb" is no tale, "feels like it broke, fell off a roof" no image.
        told = cue.name == IMAGE or (cue.name == TALE and rule.nature == "symptom")
        last = end + 1 if told else end
        return not [i for i in commas if cue.looks == "backward" or start < i < last]

    def _is_apart(self, at: Span) -> bool:
        """Whether a comma ends what is supposed: "can acupuncture help, both feet have been numb since Tuesday"."""
        if at.end >= len(self._words) or not self._words[at.end].comma:
            return False
        return self._words[at.end].text not in _GOES_ON and self._words[at.end - 1].text not in _GOES_ON

    def _opens_clause(self, index: int) -> bool:
        """Whether "my", "his" or "her" begins a clause of its own: "without numbness my foot just hangs"."""
        before = self._words[index - 1]
        # The tagger takes a symptom before "my" for a verb.
        governs = before.pos in _BEFORE_POSSESSIVE and not before.text.endswith("ness")
        return self._words[index].text in {"my", "his", "her"} and not governs

    def _is_list(self, at: Span, start: int, span: Span) -> bool:
        """Whether a run under one "no" goes on to an "or" at the match: "no fever, numbness or weight loss"."""
        words = self._words
        sentence = words[start].sentence
        closes = {"or", "nor"}
        if any(words[i].text in _FORMAL for i in range(at.start, at.end)):
            closes.add("and")
        for index in range(start, len(words)):
            if words[index].sentence != sentence or index in self._terminators:
                return False
            if words[index].text in SUBJECTS or words[index].text in {"no", "not"}:
                return False
            if words[index].text in closes and index + 4 >= span.start:
                return True
        return False

    def _noun_like(self, start: int, span: Span) -> bool:
        """Whether what follows a comma or "and" is a bare noun, and so still under the "no"."""
        if any(self._words[i].text in _CLAUSE_WORDS for i in range(start, span.end)):
            return False
        used = [self._words[i] for i in span.numbers]
        return all(w.pos in ("NOUN", "PROPN", "ADP", "X") or w.text.endswith("ing") for w in used)

    def _is_news(self, span: Span) -> bool:
        """Whether the match is dated, as no denial is: "no fever, numbness in my groin since Monday"."""
        for index in range(span.end, len(self._words)):
            word = self._words[index]
            if word.comma or word.sentence != self._words[span.start].sentence:
                return False
            if word.text in _DATES:
                return True
        return False

    def is_owned(self, span: Span, cue: Span | None = None, *, in_tale: bool = False) -> bool:
        """Whether the match is told as somebody's: "will it help my numb legs".

        Whose words the cue itself is of says nothing: "I read that numbness in the saddle area needs the ER".
        """
        first = max(0, span.start - _OWNER_REACH)
        if cue is not None and cue.end <= span.start:
            first = max(first, cue.end)
        told = self._words[cue.end : span.start] if cue is not None else ()
        of_nobody = in_tale or any(word.text in _ANYBODY for word in told)
        owners = _OWNERS - {_CHARACTER} if of_nobody else _OWNERS
        named = not in_tale and any(self._is_a_name(i) for i in range(first, span.end))
        return named or any(self._words[i].text in owners for i in range(first, span.end))

    def _is_a_name(self, index: int) -> bool:
        """Whether somebody of one's own is named as such: "dad is vomiting", not "a mum"."""
        before = self._words[index - 1].text if index else ""
        return self._words[index].text in NAMES and before not in _NO_NAME_AFTER
