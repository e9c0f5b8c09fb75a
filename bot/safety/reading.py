"""What the net makes of one sentence as a whole: denied, long over, another's, harmless, and what is left to tell.

Facts are found word by word (`net`); a classifier that sees the same sentence without the "no" is told by these whether
the net has read its words and found them no danger (docs/decisions/0027).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from bot.safety import clauses
from bot.safety.clinic_questions import asked_of_the_clinic, beside_what_is_asked, names_a_sign, speaks_of_what_is_named
from bot.safety.denied_throughout import only_denies
from bot.safety.finding import Finding, Heard

# What is said of these says nothing about a danger sign.
SAID_OF_ANY_PAIN = frozenset(
    {"new_or_worse_pain", "recent_pain", "pain_unchecked", "age_65_plus", "for_someone_else", "minor_injury_pain"}
)
# Facts that have nothing to do with a danger sign, told beside a denial ("no numbness, stiff in the mornings").
_BESIDE = frozenset(
    {"inflammatory_pattern", "needle_fear", "nsaid_or_aspirin", "metal_allergy", "keloid", "for_someone_else"}
)
# What is no danger as long as the pain is not new.
_QUIET_WITHOUT_NEW_PAIN = frozenset({"known_aneurysm", "cancer_now", "cancer_past"})
_OLD_AND_CHECKED = "old_checked_neuro"
# What is so in one sentence is so in the next: a story of the past, of a film, of someone else.
_GOES_ON = frozenset({"past", "hypothetical"})
# A message of more words may hold something else that the classifier is right about.
_SHORT = 30
# Of so many words a sentence tells several things.
_LONG = 14
_SUICIDAL = re.compile(r"suicid\w*", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """One sentence, or a short message, with what the net heard in it."""

    heard: Heard

    def about(self, facts: Collection[str]) -> Reading:
        """The same words with nothing known of them but these facts: neither others nor what is denied."""
        return Reading(replace(self.heard, findings=tuple(f for f in self.findings if f.fact in facts), denied=()))

    def beside(self, facts: Collection[str]) -> Reading:
        """The same words without what is known of these facts."""
        return Reading(replace(self.heard, findings=tuple(f for f in self.findings if f.fact not in facts)))

    def without_told(self, facts: Collection[str], *, but_own_past: bool = False) -> Reading:
        """The same words without these facts, unless harmless, or known beside pain that is not new."""
        if self._is_known_without_new_pain:
            return self
        gone = [f for f in self.findings if f.fact in facts and f.status != "harmless"]
        if but_own_past:
            gone = [f for f in gone if f.status == "present" or (f.status == "past" and f.subject != "patient")]
        return Reading(replace(self.heard, findings=tuple(f for f in self.findings if f not in gone)))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The facts found in it, and those of sentences before that go on in it."""
        return self.heard.findings

    @cached_property
    def names_danger(self) -> bool:
        """Whether it names a place where danger signs sit, or a word they are told in."""
        return clauses.names_danger(self.heard.text)

    @cached_property
    def may_name_danger(self) -> bool:
        """Whether it holds any word at all that a danger sign is told in; if not, it tells of an ordinary ache."""
        return clauses.may_name_danger(self.heard.text)

    @property
    def is_long(self) -> bool:
        """Whether it is told in many words, as the sentences of a story are."""
        return len(self.heard.text.split()) >= _LONG

    @property
    def asks_for_meaning(self) -> bool:
        """Whether it asks what a word means, and tells nothing of the writer: "what do you mean by both legs"."""
        return clauses.asks_for_meaning(self.heard.text)

    @cached_property
    def asks_the_clinic(self) -> str:
        """What it asks the clinic, where it tells nothing beside that may be of danger: "do you treat both legs"."""
        text = self.heard.text
        beside = [text[start:end] for start, end in beside_what_is_asked(text)]
        if any(clauses.may_name_danger(told) or speaks_of_what_is_named(told) for told in beside):
            return ""
        return " ".join(text[start:end] for start, end in asked_of_the_clinic(text))

    @property
    def asks_the_clinic_of_a_sign(self) -> bool:
        """Whether what it asks the clinic names a danger sign, which whoever asks may have."""
        return names_a_sign(self.asks_the_clinic)

    @property
    def is_only_a_place_or_time(self) -> bool:
        """Whether it says where something is or since when, not what, and nothing was found in it: "left leg"."""
        return not self.findings and clauses.is_only_a_place_or_time(self.heard.text)

    @cached_property
    def left(self) -> str:
        """What it tells beside what it denies, and beside the clauses of harmless sayings and of what it doubts.

        In small letters. Places keep their positions; what is taken away is blank.
        """
        text = self.heard.text
        places = [*self.heard.denied]
        for finding in self.findings:
            if finding.status == "absent":
                places.append((finding.start, finding.end))
            elif finding.status in ("harmless", "uncertain"):
                places += [p for p in clauses.parts(text) if p[0] < finding.end and finding.start < p[1]]
        return clauses.without(text.lower(), places)

    @property
    def left_may_name_danger(self) -> bool:
        """Whether what is left of it holds any word that a danger sign is told in."""
        return clauses.may_name_danger(self.left)

    @property
    def left_may_name_crisis(self) -> bool:
        """Whether beside what was found it holds a word that a wish to die is told in, or tells more of the writer."""
        left = self.left
        beside = clauses.without(self.heard.text, ((f.start, f.end) for f in self.findings))
        return clauses.may_name_crisis(beside) or any(
            clauses.tells_of_oneself(left[start:end]) for start, end in clauses.parts(left)
        )

    @property
    def only_denies_crisis(self) -> bool:
        """Whether it says no more of a wish to die than that there is none: "not suicidal, just fed up"."""
        denied = any(found.status == "absent" for found in self.findings)
        return denied and not clauses.may_name_crisis(_SUICIDAL.sub("", self.heard.text))

    @cached_property
    def tells_more(self) -> bool:
        """Whether what is left of it tells of danger."""
        return clauses.tells_danger(self.left)

    @property
    def is_well(self) -> bool:
        """Whether the words of danger in it all say that it is well, and no fact was found."""
        return self.names_danger and not self.tells_more and not self.findings

    @property
    def is_weakened(self) -> bool:
        """Whether anything in it is denied, harmless, past, supposed or someone else's."""
        return bool(self.heard.denied) or any(_is_not_of_now(f) for f in self.findings)

    def is_explained(self, *, beside: bool) -> bool:
        """Whether the net read the same words and found them harmless: denied, past, supposed, someone else's.

        A denial explains nothing beside which more is told; what is past or another's nothing that is of these days.

        Args:
            beside: Whether what is left of it counts; a wish to die is explained by what was read about that alone.
        """
        if self._is_known_without_new_pain:
            return True
        tells_more = beside and self.tells_more
        of_now = tells_more and clauses.is_of_these_days(self.left)
        return any(
            _is_not_of_now(found) and not (tells_more if found.status == "absent" else of_now)
            for found in self.findings
            if found.status != "harmless"
        )

    @property
    def _is_known_without_new_pain(self) -> bool:
        absent = {f.fact for f in self.findings if f.status == "absent"}
        return "new_or_worse_pain" in absent and any(f.fact in _QUIET_WITHOUT_NEW_PAIN for f in self.findings)

    @property
    def looks_alike(self) -> bool:
        """Whether the net knows these words as a harmless saying or situation, and they hold little else.

        What is dated of oneself beside the saying is something else: "the boiler leaks and so do I since my back went".
        """
        harmless = any(f.status == "harmless" for f in self.findings)
        short = len(self.heard.text.split()) <= _SHORT
        return harmless and short and not clauses.is_dated_of_oneself(self.left)

    @property
    def only_sounds_alike(self) -> bool:
        """Whether the net knows words of a fact in it that mean something else here: "sweating after mowing"."""
        return bool(self.heard.voided)

    @property
    def is_old_and_checked(self) -> bool:
        """Whether all that a short text tells is old, unchanged and seen by a clinician."""
        facts = [f for f in self.findings if f.status in ("present", "uncertain")]
        aged = all(f.onset == "old" or f.fact == _OLD_AND_CHECKED for f in facts)
        checked = any(f.fact == _OLD_AND_CHECKED for f in facts)
        return aged and checked and len(self.heard.text.split()) <= _SHORT

    def says_it_is_not(self, *, past_too: bool) -> bool:
        """Whether a short text denies danger signs or tells of someone else's, and nothing left of it speaks of one.

        Args:
            past_too: Whether what is over counts as denied.
        """
        told = [f for f in self.findings if f.fact not in SAID_OF_ANY_PAIN and f.fact not in _BESIDE]
        return only_denies(self.heard, told, past_too=past_too)


def read_part(heard: Heard, start: int, end: int) -> Reading:
    """What the net makes of the text between two places, with what goes on into it from the sentences before."""
    text = heard.text[start:end]
    findings: list[Finding] = []
    goes_on = not clauses.is_of_these_days(text)
    for found in heard.findings:
        if found.start < end and start < found.end:
            findings.append(replace(found, start=max(0, found.start - start), end=min(end, found.end) - start))
        elif goes_on and found.start < start and (found.status in _GOES_ON or found.subject != "patient"):
            findings.append(replace(found, start=0, end=0))
    denied = tuple((max(0, a - start), min(b, end) - start) for a, b in heard.denied if a < end and start < b)
    denied = tuple(place for place in denied if clauses.names_danger(text[slice(*place)]))
    voided = tuple((max(0, a - start), min(b, end) - start) for a, b in heard.voided if a < end and start < b)
    return Reading(Heard(text, tuple(findings), denied, voided))


def names_danger_beside(heard: Heard) -> bool:
    """Whether a message names a place or word of danger outside the facts that were found in it."""
    return clauses.names_danger(clauses.without(heard.text, ((f.start, f.end) for f in heard.findings)))


def may_name_danger_beside(heard: Heard) -> bool:
    """Whether outside the facts that were found a message holds any word at all that a danger sign is told in."""
    return clauses.may_name_danger(clauses.without(heard.text, ((f.start, f.end) for f in heard.findings)))


def _is_not_of_now(found: Finding) -> bool:
    """Whether the net read a fact as denied, harmless, past, supposed or someone else's."""
    told = found.status in ("present", "uncertain") and found.onset != "old" and found.subject == "patient"
    return found.fact not in SAID_OF_ANY_PAIN and not told
