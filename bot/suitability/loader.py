"""Loading the rule set from its content files: all faults at once, or a RuleSet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from bot.faults import ContentFaults, Fault
from bot.suitability.conditions import Condition, Is, parse_condition
from bot.suitability.consistency import inconsistencies
from bot.suitability.questions import FollowUp, Option, Question
from bot.suitability.reading import Entry, read_entries
from bot.suitability.ruleset import Criterion, Fact, Outcome, RuleSet, Source, Verification
from bot.suitability.tiers import Answer, Tier

FILES = {"facts": "facts.yml", "sources": "sources.yml", "criteria": "criteria.yml"} | {
    "questions": "questions.yml",
    "outcomes": "outcomes.yml",
}

# Stands for a condition that could not be read; the fault keeps the rules from being used.
_NOTHING: Condition = Is("")
# Loaded again, the same content is the same object: what was worked out from it is found by identity, where two that
# are equal would be compared word by word with each message.
_LOADED: WeakValueDictionary[str, RuleSet] = WeakValueDictionary()


def load(data_dir: Path | str, detectable: frozenset[str] | None = None) -> RuleSet:
    """Read the rule set.

    Args:
        data_dir: The folder of facts.yml, sources.yml, criteria.yml, questions.yml and outcomes.yml.
        detectable: The facts the safety net can find in a message. When given, every fact must be asked or be among
            them; when None, this is not checked.

    Raises:
        ContentFaults: with every fault of all files: file, key, what is allowed, remedy.
    """
    faults: list[Fault] = []
    entries: dict[str, list[Entry]] = {}
    contents: dict[str, Any] = {}
    for top, name in FILES.items():
        entries[top], contents[top] = read_entries(Path(data_dir) / name, top, faults)
    rules = RuleSet(
        version=version_of(contents),
        facts={f.id: f for f in map(_fact, entries["facts"])},
        sources={s.id: s for s in map(_source, entries["sources"])},
        criteria=tuple(map(_criterion, entries["criteria"])),
        questions=tuple(map(_question, entries["questions"])),
        outcomes={o.tier: o for o in map(_outcome, entries["outcomes"])},
    )
    # What does not fit together can only be told once every file could be read.
    if all(contents.values()):
        faults += inconsistencies(rules, detectable)
    if faults:
        raise ContentFaults(faults)
    return _LOADED.setdefault(rules.version, rules)


def version_of(contents: Mapping[str, Any]) -> str:
    """A short hash of the content: comments, order of keys and line breaks do not change it, words do."""
    canonical = json.dumps(contents, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _fact(entry: Entry) -> Fact:
    entry.allow(("id", "means", "onset", "asks", "called", "warns"))
    onset = entry.text("onset", required=False)
    if onset not in ("", "matters"):
        entry.fault("onset", f'"{onset}" is unknown; only "matters" is allowed', "correct or remove it")
    asks, called, warns = (entry.text(key, required=False) for key in ("asks", "called", "warns"))
    return Fact(entry.text("id"), entry.text("means"), onset, asks, called, warns)


def _source(entry: Entry) -> Source:
    entry.allow(("id", "title", "publisher", "year", "url", "seen", "seen_note"))
    return Source(
        id=entry.text("id"),
        title=entry.text("title"),
        publisher=entry.text("publisher"),
        year=entry.text("year"),
        url=entry.text("url"),
        seen=entry.parsed("seen", _verification, Verification.NOT_RETRIEVED),
        seen_note=entry.text("seen_note", required=False),
    )


def _criterion(entry: Entry) -> Criterion:
    entry.allow(tuple(Criterion.__dataclass_fields__))
    return Criterion(
        id=entry.text("id"),
        item=entry.text("item"),
        tier=entry.parsed("tier", _tier, Tier.CRISIS),
        when=entry.parsed("when", parse_condition, _NOTHING),
        because=entry.text("because"),
        advice=entry.text("advice"),
        watch=entry.text("watch", required=False),
        sources=entry.texts("sources"),
        verification=entry.parsed("verification", _verification, Verification.NOT_RETRIEVED),
        reviewed=entry.day("reviewed"),
        review_due=entry.day("review_due"),
        statutory_consult=entry.flag("statutory_consult"),
        disagreement=entry.text("disagreement", required=False),
    )


def _question(entry: Entry) -> Question:
    entry.allow(tuple(Question.__dataclass_fields__))
    question = Question(
        id=entry.text("id"),
        text=entry.text("text"),
        text_other=entry.text("text_other"),
        simpler=entry.text("simpler"),
        simpler_other=entry.text("simpler_other"),
        why=entry.text("why"),
        yes=_sets(entry, "yes", required="follow_up" not in entry.values),
        also=entry.texts("also", required=False),
        items=entry.texts("items", required=False),
        examples=entry.texts("examples", required=False),
        named=tuple(map(_names, entry.texts("named", required=False))),
        confirms=entry.flag("confirms"),
        title=entry.text("title", required=False),
    )
    child = entry.child("follow_up")
    return replace(question, follow_up=_follow_up(child)) if child else question


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(",") if name.strip())


def _follow_up(entry: Entry) -> FollowUp:
    entry.allow(tuple(FollowUp.__dataclass_fields__))
    options = []
    for child in entry.children("options"):
        child.allow(tuple(Option.__dataclass_fields__))
        options.append(
            Option(
                child.text("id"),
                child.text("label"),
                _sets(child, "sets"),
                child.flag("closes"),
                _names(child.text("named", required=False)),
            )
        )
    narrows = "yes" in entry.values
    return FollowUp(
        text=entry.text("text"),
        text_other=entry.text("text_other"),
        options=tuple(options),
        unsure=_sets(entry, "unsure"),
        none=_sets(entry, "none", required=False),
        yes=_sets(entry, "yes", required=False),
        simpler=entry.text("simpler", required=narrows),
        simpler_other=entry.text("simpler_other", required=narrows),
    )


def _outcome(entry: Entry) -> Outcome:
    entry.allow(tuple(Outcome.__dataclass_fields__))
    return Outcome(
        tier=entry.parsed("tier", _tier, Tier.CRISIS),
        headline=entry.text("headline"),
        meaning=entry.text("meaning"),
        what_to_do=entry.texts("what_to_do"),
        watch_for=entry.texts("watch_for"),
        limits=entry.text("limits"),
        what_would_change_it=entry.text("what_would_change_it"),
    )


def _sets(entry: Entry, key: str, *, required: bool = True) -> Mapping[str, Answer]:
    if key not in entry.values and not required:
        return {}
    return entry.parsed(key, _answers, {})


def _answers(raw: Any) -> Mapping[str, Answer]:
    allowed = [a.value for a in Answer]
    if not isinstance(raw, dict) or not all(value in allowed for value in raw.values()):
        raise ValueError(f"write `fact: answer` with one of {', '.join(allowed)}")
    return {str(fact): Answer(value) for fact, value in raw.items()}


def _one_of(kind: type[Verification], raw: Any) -> Verification:
    try:
        return kind(raw)
    except ValueError:
        raise ValueError(f"{raw!r} is unknown; use one of {', '.join(kind)}") from None


_verification = partial(_one_of, Verification)


def _tier(raw: Any) -> Tier:
    return Tier.from_id(str(raw))
