"""The result of a check on one page, for the patient to print and show to a provider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.content import Content
from bot.suitability.interview import SOMEONE_ELSE
from bot.suitability.ruleset import Criterion, Outcome, RuleSet, Source
from bot.suitability.tiers import Answer, Tier

_LENGTH = "long"


@dataclass(frozen=True)
class Reason:
    """A criterion that was met, with what it rests on."""

    id: str
    item: str
    because: str
    advice: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Summary:
    """One finished check.

    Attributes:
        about_other: Who "you" is, where the answers were given for someone else; "" where they were not.
        outcome: The words of its tier.
        reasons: Every criterion that was met, most cautious first.
        told, unsure, denied: What was answered yes, not sure and no, in plain words.
        version: Of the rules it was made with.
        is_current: Whether those are the rules in use now. The words shown are those of the rules in use, while tier
            and reasons are those recorded.
        at: When it was made, where the clinic is.
    """

    consult_first: str
    about_other: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    told: tuple[str, ...]
    unsure: tuple[str, ...]
    denied: tuple[str, ...]
    version: str
    is_current: bool
    at: datetime


def summarise(
    content: Content, tier: str, rule_ids: Iterable[str], answers: Mapping[str, str], version: str, at: datetime
) -> Summary:
    """The page of one stored assessment.

    Args:
        content: The content in use.
        tier: The tier recorded.
        rule_ids: The criteria recorded; those the rules no longer have are left out.
        answers: The answers recorded, by fact; facts the rules no longer have are left out.
        version: The version of the rules recorded.
        at: When it was recorded, in the zone in which it is to be shown.

    Raises:
        ValueError: when there is no such tier.
    """
    rules = content.rules
    criteria = {c.id: c for c in rules.criteria}
    return Summary(
        consult_first=content.phrases.consult.pick(_LENGTH, 0),
        about_other=content.phrases.say("outcome_for_other") if answers.get(SOMEONE_ELSE) == Answer.YES else "",
        outcome=rules.outcomes[Tier.from_id(tier)],
        reasons=tuple(_reason(rules, criteria[rule]) for rule in rule_ids if rule in criteria),
        told=_in_words(rules, answers, Answer.YES),
        unsure=_in_words(rules, answers, Answer.UNSURE),
        denied=_in_words(rules, answers, Answer.NO),
        version=version,
        is_current=version == rules.version,
        at=at,
    )


def as_text(content: Content, summary: Summary) -> str:
    """The same page as plain text, without markup."""
    outcome, clinic = summary.outcome, content.clinic
    parts: list[tuple[str, Iterable[str]]] = [
        ("", [summary.consult_first]),
        ("", [summary.about_other] if summary.about_other else []),
        ("Result", [outcome.headline, outcome.meaning]),
        ("What to do", [f"- {line}" for line in outcome.what_to_do]),
        ("Why", [f"- {r.item} ({r.id}). {r.because} {r.advice} {_named(r.sources)}" for r in summary.reasons]),
        ("You said yes to", [f"- {line}" for line in summary.told]),
        ("You were not sure about", [f"- {line}" for line in summary.unsure]),
        ("You said no to", [f"- {line}" for line in summary.denied]),
        ("What would change it", [outcome.what_would_change_it]),
        ("Get help if you notice any of this", [f"- {line}" for line in outcome.watch_for]),
        ("", [outcome.limits]),
        ("", [f"Rules {summary.version}, {summary.at:%B %d, %Y}. {clinic.name}. {clinic.contact}".strip()]),
    ]
    written = [(head, list(lines)) for head, lines in parts]
    said = ["\n".join([head, *lines] if head else lines) for head, lines in written if lines]
    return "\n\n".join([f"Result of your check at {clinic.name}", *said]) + "\n"


def _reason(rules: RuleSet, criterion: Criterion) -> Reason:
    sources = tuple(rules.sources[name] for name in criterion.sources)
    return Reason(criterion.id, criterion.item, criterion.because, criterion.advice, sources)


def _named(sources: Iterable[Source]) -> str:
    names = "; ".join(f"{s.title} ({s.publisher}, {s.year})" for s in sources)
    return f"Sources: {names}." if names else ""


def _in_words(rules: RuleSet, answers: Mapping[str, str], wanted: Answer) -> tuple[str, ...]:
    """What was answered so, in the order of facts.yml."""
    return tuple(fact.means for fact in rules.facts.values() if answers.get(fact.id) == wanted.value)
