"""The result of a check on one page, for the patient to print and show to a provider."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.content import Content
from bot.suitability.evaluator import levels_by_criterion, levels_of
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.ruleset import Criterion, Outcome, RuleSet, Source
from bot.suitability.tiers import Answer, Level, Tier

_LENGTH = "long"


@dataclass(frozen=True)
class Reason:
    """A criterion that was met, with what it rests on.

    Attributes:
        sources: Their numbers in the summary's list.
        told, unsure: The answers it was met by, yes and not sure, in plain words.
    """

    id: str
    item: str
    because: str
    advice: str
    sources: tuple[int, ...]
    told: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Facts that one question asks about, in plain words; without `facts` all of them are meant."""

    kind: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """One finished check.

    Attributes:
        about_other: Who "you" is, where the answers were given for someone else; "" where they were not.
        outcome: The words of its tier.
        reasons: Every criterion that was met, most cautious first, with the answers it was met by.
        told, unsure: What else was answered yes, and not sure.
        denied: What was answered no, by question.
        unasked: What was asked but not answered, or not asked, by question.
        sources: What the reasons rest on, each once, numbered from 1.
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
    denied: tuple[Group, ...]
    unasked: tuple[Group, ...]
    sources: tuple[Source, ...]
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
    known = {fact: Answer(answers[fact]) for fact in rules.facts if fact in answers}
    # For whom it was is said on top of the page.
    for_other = known.pop(SOMEONE_ELSE, Answer.NO) is Answer.YES
    criteria = [rules.criterion(rule) for rule in rule_ids if rule in rules.order]
    sources = list(dict.fromkeys(name for criterion in criteria for name in criterion.sources))
    rest, reasons = dict(known), []
    for criterion in criteria:
        # What is in doubt is named once, under the gravest criterion that judges it.
        facts = _doubts(rules, criterion, known) & rest.keys() if criterion.is_process else _told(criterion, known)
        met_by = {fact: known[fact] for fact in known if fact in facts}
        reasons.append(_reason(rules, criterion, met_by, sorted(sources.index(name) + 1 for name in criterion.sources)))
        rest = {fact: answer for fact, answer in rest.items() if fact not in facts}
    open_ones = _not_known_which(rules)
    denied = [fact for fact, answer in known.items() if answer is Answer.NO and fact not in open_ones]
    unasked = [fact for fact in rules.facts if fact in rules.asked_facts - known.keys() - {SOMEONE_ELSE} - open_ones]
    return Summary(
        consult_first=content.phrases.consult.pick(_LENGTH, 0),
        about_other=content.phrases.say("outcome_for_other") if for_other else "",
        outcome=rules.outcomes[Tier.from_id(tier)],
        reasons=tuple(reasons),
        told=_in_words(rules, rest, Answer.YES),
        unsure=_in_words(rules, rest, Answer.UNSURE),
        denied=_by_question(rules, denied),
        unasked=_by_question(rules, unasked, shortened=True),
        sources=tuple(rules.sources[name] for name in sources),
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
        ("Get help if you notice any of this", [f"- {line}" for line in outcome.watch_for]),
        ("What you said, and why it matters", [_reason_in_text(reason) for reason in summary.reasons]),
        ("You also said yes to", [f"- {line}" for line in summary.told]),
        ("You were also not sure about", [f"- {line}" for line in summary.unsure]),
        ("What would change it", [outcome.what_would_change_it]),
        ("", [outcome.limits]),
        ("You said no to", [_group_in_text(group) for group in summary.denied]),
        ("Not asked, or not answered", [_group_in_text(group) for group in summary.unasked]),
        ("Sources", [f"{n}. {s.title} ({s.publisher}, {s.year})" for n, s in enumerate(summary.sources, start=1)]),
        ("", [f"Rules {summary.version}, {summary.at:%B %d, %Y}. {clinic.reached}"]),
    ]
    written = [(head, list(lines)) for head, lines in parts]
    said = ["\n".join([head, *lines] if head else lines) for head, lines in written if lines]
    return "\n\n".join([f"Result of your check at {clinic.name}", *said]) + "\n"


def _told(criterion: Criterion, known: Mapping[str, Answer]) -> frozenset[str]:
    """What was answered yes that a criterion over facts reads."""
    return frozenset(fact for fact in criterion.when.facts() if known.get(fact) is Answer.YES)


def _doubts(rules: RuleSet, criterion: Criterion, known: Mapping[str, Answer]) -> frozenset[str]:
    """What was answered "not sure" that a criterion judges which looks at the answers as a whole."""
    if criterion.tier is Tier.GENERALLY_SUITABLE_CONSULT_FIRST:
        return frozenset()
    levels = levels_by_criterion(rules, known, levels_of(rules, known))
    in_doubt = [c for c, level in levels if level is Level.UNSURE and c.tier.in_doubt >= criterion.tier]
    read: frozenset[str] = frozenset().union(*(c.when.facts() for c in in_doubt))
    return frozenset(fact for fact in read if known.get(fact) is Answer.UNSURE)


def _reason(rules: RuleSet, criterion: Criterion, met_by: Mapping[str, Answer], sources: Iterable[int]) -> Reason:
    told, unsure = _in_words(rules, met_by, Answer.YES), _in_words(rules, met_by, Answer.UNSURE)
    return Reason(criterion.id, criterion.item, criterion.because, criterion.advice, tuple(sources), told, unsure)


def _in_words(rules: RuleSet, answers: Mapping[str, Answer], wanted: Answer) -> tuple[str, ...]:
    """What was answered so, in the order of facts.yml."""
    return tuple(fact.means for fact in rules.facts.values() if answers.get(fact.id) is wanted)


def _not_known_which(rules: RuleSet) -> frozenset[str]:
    """Facts that stand for a group of which it is not known which: nobody is asked about them by themselves."""
    answerable = frozenset[str]().union(*(question.answerable for question in rules.questions))
    return frozenset[str]().union(*(question.facts for question in rules.questions)) - answerable


def _by_question(rules: RuleSet, facts: Collection[str], shortened: bool = False) -> tuple[Group, ...]:
    """Facts in the order of the questions; those that no question asks stand last.

    Args:
        rules: The rules in use.
        facts: Their ids.
        shortened: Whether the name of the question stands for its facts, where all of them are among `facts`.
    """
    left, groups, open_ones = dict.fromkeys(facts), [], _not_known_which(rules)
    for question in rules.questions:
        here = [fact for fact in rules.facts if fact in left and fact in question.facts]
        for fact in here:
            del left[fact]
        is_whole = shortened and question.facts - open_ones <= set(facts)
        if here:
            groups.append(Group(question.name, () if is_whole else tuple(rules.facts[fact].means for fact in here)))
    if left:
        groups.append(Group("Other", tuple(rules.facts[fact].means for fact in left)))
    return tuple(groups)


def _reason_in_text(reason: Reason) -> str:
    said = [f"You said yes to: {'; '.join(reason.told)}."] if reason.told else []
    said += [f"You were not sure about: {'; '.join(reason.unsure)}."] if reason.unsure else []
    return " ".join([f"- {reason.item} ({reason.id}).", *said, reason.because, reason.advice, _numbers(reason)])


def _group_in_text(group: Group) -> str:
    return f"- {group.kind}: {'; '.join(group.facts)}" if group.facts else f"- {group.kind}"


def _numbers(reason: Reason) -> str:
    return f"Sources: {', '.join(map(str, reason.sources))}."
