"""The tiers a check can end in, ordered by caution, and the three answers a question can have."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Tier(IntEnum):
    """An outcome of the check; a greater value is the more cautious one.

    The order is the precedence of the research pack (docs/safety.md): crisis before everything, "generally suitable"
    only when nothing else is left.
    """

    GENERALLY_SUITABLE_CONSULT_FIRST = 0
    PROVIDER_FIRST_WITH_CAUTION = 1
    NOT_SUITABLE = 2
    URGENT = 3
    EMERGENCY = 4
    CRISIS = 5

    @property
    def id(self) -> str:
        """The name used in the content files, in replies and in stored assessments."""
        return self.name.lower()

    @classmethod
    def from_id(cls, name: str) -> Tier:
        """Read back what `id` gave.

        Raises:
            ValueError: when there is no such tier; the message lists those there are.
        """
        for tier in cls:
            if tier.id == name:
                return tier
        raise ValueError(f'unknown tier "{name}"; use one of {", ".join(t.id for t in cls)}')

    @property
    def in_doubt(self) -> Tier:
        """The tier when a criterion of this tier may or may not be met, the person being not sure after a re-ask.

        An unsure emergency is urgent, an unsure urgent sign or precaution is "provider first" (pack, G03). Possible
        thoughts of suicide stay a crisis: offering 988 harms nobody. What would not have mattered does not matter.
        """
        return _IN_DOUBT[self]


_IN_DOUBT = {
    Tier.CRISIS: Tier.CRISIS,
    Tier.EMERGENCY: Tier.URGENT,
    Tier.URGENT: Tier.PROVIDER_FIRST_WITH_CAUTION,
    Tier.NOT_SUITABLE: Tier.PROVIDER_FIRST_WITH_CAUTION,
    Tier.PROVIDER_FIRST_WITH_CAUTION: Tier.PROVIDER_FIRST_WITH_CAUTION,
    Tier.GENERALLY_SUITABLE_CONSULT_FIRST: Tier.GENERALLY_SUITABLE_CONSULT_FIRST,
}


class Answer(StrEnum):
    """What a person said about one fact. A fact without an answer was not asked."""

    NO = "no"
    UNSURE = "unsure"
    YES = "yes"


class Level(IntEnum):
    """How far a condition is met; ordered so that `all` is the least of its parts and `any` the greatest."""

    NO = 0
    NOT_ASKED = 1
    UNSURE = 2
    YES = 3

    @classmethod
    def of(cls, answer: Answer | None) -> Level:
        """The level of one fact."""
        return _LEVELS[answer]


_LEVELS = {None: Level.NOT_ASKED, Answer.NO: Level.NO, Answer.UNSURE: Level.UNSURE, Answer.YES: Level.YES}
