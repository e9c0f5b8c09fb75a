"""What the check asks: one screen after the other, each with the follow-up that asks which of a group it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.suitability.tiers import Answer


@dataclass(frozen=True)
class Option:
    """One choice of a follow-up; choosing it sets facts.

    Attributes:
        closes: Nothing else of the list is asked then.
        named: Words that tell of it in answer to the question and might be about anything else elsewhere, lower case.
    """

    id: str
    label: str
    sets: Mapping[str, Answer]
    closes: bool = False
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """Asks which of a group it is, after "yes" to the group.

    Attributes:
        yes: What a plain "yes" sets, where the follow-up is itself a yes-or-no question that narrows down the first one
            ("is it someone under 18?"); empty where it asks which one of a list.
        simpler: The re-ask of such a question after "not sure"; `simpler_other` about another person.
        unsure: What is set when the person does not know which; the rest of the group is then unsure.
        none: What is set when the person says "none of these"; being contradicted, the rest is then unsure.
    """

    text: str
    text_other: str
    options: tuple[Option, ...]
    unsure: Mapping[str, Answer]
    none: Mapping[str, Answer]
    yes: Mapping[str, Answer] = field(default_factory=dict)
    simpler: str = ""
    simpler_other: str = ""


@dataclass(frozen=True)
class Question:
    """One screen, worded so that "no" is the reassuring answer.

    Attributes:
        title: What it asks about in a few words, for a provider who reads the answers.
        yes: The facts that "yes" sets at once, before any follow-up.
        also: Further facts the wording names; "no" denies them, and "yes" leaves them open.
        items: What the question lists, where it has no follow-up that does.
        named: Short names of what it lists, lower case, those of one item after the other. Said alone in answer, such
            as "bladder", they are a "yes"; what an ordinary sore back has as well ("leg") is none.
        text_other: The same question about another person.
        simpler: The re-ask after "not sure"; `simpler_other` about another person.
        why: The answer to "why do you ask?".
        confirms: Whether a first plain "yes" is asked about once more in the simpler words: people who are adults
            answer "yes" to a question about age out of habit.
    """

    id: str
    text: str
    text_other: str
    simpler: str
    simpler_other: str
    why: str
    yes: Mapping[str, Answer]
    also: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    named: tuple[tuple[str, ...], ...] = ()
    follow_up: FollowUp | None = None
    confirms: bool = False
    title: str = ""

    @property
    def name(self) -> str:
        """Its title; of rules kept from before questions had one, the words of its id."""
        return self.title or self.id.replace("_", " ").capitalize()

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact the question speaks about; "no" denies those not known yet."""
        not_known_which = self.follow_up.unsure if self.follow_up else ()
        return self.answerable.union(not_known_which)

    @cached_property
    def answerable(self) -> frozenset[str]:
        """The facts that an answer or a choice can affirm, without what "not sure which" alone sets."""
        return frozenset(self.yes).union(self.also, *(o.sets for o in self.options))

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices of its follow-up, if it has one."""
        return self.follow_up.options if self.follow_up else ()

    def option(self, option_id: str) -> Option:
        """The choice of that id.

        Raises:
            KeyError: when the follow-up has no such choice.
        """
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)
