"""What the files of `data/safety` say, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NATURES = ("symptom", "event", "condition", "medicine", "trait", "crisis")


@dataclass(frozen=True)
class FactRule:
    """How one fact is found.

    Attributes:
        fact: Its id in `data/suitability/facts.yml`.
        nature: "symptom" and "event" are what a person has now, so that a relative who has them is the patient;
            "condition" and "medicine" are what someone lives with, and a relative's is family history; a "trait"
            (age) tells nothing unless it is the patient's, so a relative who has it is the patient; a "crisis" is a
            symptom that no "if" takes away.
        onset_matters: Whether new and old are told apart.
        acute: Whether "old and unchanged" never makes it harmless.
        passing: Whether it is a danger sign also when it has passed, as a stroke that lasted ten minutes is; not when
            it is said to be long ago.
        vague: Whether the words leave it open, so that it is only asked about: "yes", "no", or "unless_new" for words
            that name what many have had for years ("incontinence", "a weak leg"): told as new, they alarm.
        lasting: Whether "years ago" leaves it present (a pacemaker fitted in 2015 is still there).
        past_becomes: The fact that is present when this one is past (`cancer_now` becomes `cancer_past`).
        checked_days, checked_becomes: From this many days ago on, an event is over if a clinician has looked at it, and
            otherwise stands for that other fact, which is asked about (a crash three weeks ago: `unchecked_injury`).
        brief: Whether it is an illness of some weeks, so that five months later what is "still" there is what it left.
        recent_days: Older than this it is past; None where age does not matter.
        found_by, absent_by, unless, unless_said, harmless: Names of the concepts that hold the patterns: that show
            it, that show its absence, that void an overlapping match, that give every match in the same sentence a
            harmless reason, that void an overlapping match and tell by themselves that nothing is wrong ("my foot fell
            asleep when I sat on it").
        known_causes: Name of the concept that holds illnesses which explain it where the message also says that they
            are under control ("tight from asthma, the inhaler sorts it").
        explained_by: Name of the concept that holds the sign together with what explains it for anyone ("winded from
            the sprint"), unless the message says that it is out of proportion or tells another sign of the fact.
        left_by: Name of the concept that holds illnesses which leave it behind: no sign where the illness is years back
            and it is "still" there ("a stroke three years ago, my left side is still weak").
    """

    fact: str
    nature: str
    onset_matters: bool = False
    acute: bool = False
    passing: bool = False
    vague: str = "no"
    lasting: bool = False
    past_becomes: str | None = None
    checked_days: int | None = None
    checked_becomes: str = ""
    brief: bool = False
    recent_days: int | None = None
    found_by: str = ""
    absent_by: str = ""
    unless: str = ""
    unless_said: str = ""
    harmless: str = ""
    known_causes: str = ""
    explained_by: str = ""
    left_by: str = ""


@dataclass(frozen=True)
class Cue:
    """Words that change what a fact found near them means.

    Attributes:
        name: For tests and staff.
        means: "absent", "past", "uncertain" or "hypothetical".
        looks: "forward", "backward" or "both": on which side of the cue the fact stands; "inside": it must stand
            within the words that show the fact.
        reach: How many words away it may be.
        natures: The natures of facts it changes.
        yields_to_owner: Whether it has no effect where the patient speaks of "my" or "these" ("will it help my
            numb legs" tells that the legs are numb).
        spares_lasting: Whether it has no effect on facts that last ("years ago" on a pacemaker).
        concept: Name of the concept that holds its phrases.
    """

    name: str
    means: str
    looks: str
    reach: int
    natures: frozenset[str]
    yields_to_owner: bool
    spares_lasting: bool
    concept: str


@dataclass(frozen=True)
class Context:
    """The content of `context.yml`, apart from the phrases, which the grammar holds under concept names.

    Attributes:
        cues: In order of precedence.
        marks: Concept names by what they mark: "terminator", "pseudo", "checked" and so on.
        people: Kin words by kind: "household", "relatives", "others", "trades", "clinicians".
    """

    cues: tuple[Cue, ...]
    marks: Mapping[str, str]
    people: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Tongue:
    """What a language other than English tells danger with: phrases as in `bot.safety.tongues.foreign_phrase`.

    Attributes:
        language: Its ISO 639-1 code.
        phrases: By fact.
        denials, denials_after: What denies a phrase before it, and right behind it.
        contrasts: Words that end what a denial reaches ("but").
        intensifiers: Words that may stand between those of a phrase ("very", "now", "please").
        harmless: Sayings in which the words of a phrase tell nothing ("dying of laughter").
        over: What tells of an illness as past ("after a stroke"), unless its sentence names these days.
        long_ago: What dates an event years back ("ten years ago", "as a child").
        lately: What is of these days, beside which nothing in the sentence counts as long ago.
        letters: Letters that are read as another, or as none ("").
        spaced: Whether words are written apart.
        whole: Whether its words in Latin letters are so short that each must stand by itself.
        reach: How many characters `…` stands for at most.
    """

    language: str
    phrases: Mapping[str, tuple[str, ...]]
    denials: tuple[str, ...] = ()
    denials_after: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()
    intensifiers: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    long_ago: tuple[str, ...] = ()
    lately: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    spaced: bool = True
    whole: bool = False
    reach: int = 20
