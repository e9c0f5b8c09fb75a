"""What is on screen in the check: a question in its words, with what it lists and what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.suitability.interview_state import SOMEONE_ELSE, Known, open_options
from bot.suitability.questions import Option, Question
from bot.suitability.tiers import Answer


@dataclass(frozen=True)
class Choice:
    """One button of a follow-up."""

    id: str
    label: str


@dataclass(frozen=True)
class Prompt:
    """What is on screen.

    Attributes:
        question: The id of the question.
        kind: "yes_no", "which" (choose one of `choices`) or "anything_else" (choose another; "no" means that is all).
        text: The words, for the person who needs care or about her.
        items: What a "yes" to a group may mean, to be listed below a yes-or-no question about it.
        choices: For "which" and "anything_else". "No" and "not sure" are always possible as well.
        why: The answer to "why do you ask?".
        examples: What people might say.
        named_by_item: As `Question.named`; none where a choice is asked for.
        told_by: Of each of `items` or `choices` that has such: its label and the words that tell of it
            (`Option.named`).
        again: Asked again in simpler words, after "not sure".
        besides: Something of this question is known already: ask for what else there is.
        step, of: Progress; `of` is about how many there will be.
    """

    question: str
    kind: str
    text: str
    items: tuple[str, ...]
    choices: tuple[Choice, ...]
    why: str
    examples: tuple[str, ...]
    named_by_item: tuple[tuple[str, ...], ...]
    told_by: tuple[tuple[str, tuple[str, ...]], ...]
    again: bool
    besides: bool
    step: int
    of: int

    @property
    def named(self) -> tuple[str, ...]:
        """The names of all that is listed."""
        return tuple(dict.fromkeys(chain.from_iterable(self.named_by_item)))


def shown(question: Question, so_far: Known, step: int, of: int) -> Prompt:
    """The question as it is asked by now: what was said already is left out of it.

    Args:
        question: The one on screen.
        so_far: What is known.
        step: Which one it is of those asked.
        of: About how many there will be.
    """
    other = so_far.facts.get(SOMEONE_ELSE) is Answer.YES
    follow_up = question.follow_up if so_far.on_follow_up(question) else None
    again = so_far.screen(question) in so_far.unsure_once
    options = open_options(question, so_far)
    besides = not follow_up and not again and any(so_far.facts.get(f) is Answer.YES for f in question.facts)
    asks = follow_up or question
    if again:
        text = asks.simpler_other if other else asks.simpler
    else:
        text = asks.text_other if other else asks.text
    items = () if follow_up else question.items or tuple(o.label for o in options if not o.closes)
    if besides:
        text = _besides(text, other=other, lists_rest=bool(items) and not question.items)
    elif not follow_up and not again and _partly_denied(question, options):
        # "No cancer", "my doctor has looked at it" are not met with the question that asks for just that.
        text = _of_these(other=other)
    return Prompt(
        question=question.id,
        kind="yes_no" if not follow_up else "anything_else" if so_far.chosen else "which",
        text=text,
        items=items,
        choices=tuple(Choice(o.id, o.label) for o in options) if follow_up else (),
        why=question.why,
        examples=question.examples,
        named_by_item=() if follow_up else question.named,
        told_by=() if question.items else tuple((o.label, o.named) for o in options if o.named and not o.closes),
        again=again,
        besides=besides,
        step=step,
        of=of,
    )


def _besides(text: str, *, other: bool, lists_rest: bool) -> str:
    """The question about what else there is. Where the rest is listed below, what was told is not asked once more."""
    if lists_rest and not text.startswith("Are any of these"):
        text = _of_these(other=other)
    return f"Besides what you told me, {text[0].lower()}{text[1:]}"


def _of_these(*, other: bool) -> str:
    return "Are any of these true for them?" if other else "Are any of these true?"


def _partly_denied(question: Question, options: Sequence[Option]) -> bool:
    """Whether something that a question lists, and maybe asks for by name, was denied before it came up."""
    everything = question.follow_up.options if question.follow_up and not question.items else ()
    return 0 < len(options) < len(everything)
