"""What the conversation tests and the cases cover, and what has no test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation.reply import Kind
from bot.curation.stories import FOLDER, Conversation
from bot.curation.working_copy import WorkingCopy
from bot.faults import ContentFaults, read_yaml
from bot.suitability.tiers import Tier
from bot.yaml12 import parse

# The intent of a button, which nobody writes.
_PRESSED = "choose"
# What a test may expect of a reply.
KINDS = tuple(str(kind) for kind in Kind if kind is not Kind.APOLOGY)


@dataclass(frozen=True)
class Covered:
    """One thing that can be tested, and how many tests have it."""

    id: str
    title: str
    tests: int


@dataclass(frozen=True)
class Area:
    """Things of one kind, those without a test first."""

    title: str
    meaning: str
    things: tuple[Covered, ...]

    @property
    def missing(self) -> int:
        """How many have no test."""
        return sum(1 for thing in self.things if not thing.tests)


@dataclass(frozen=True)
class Coverage:
    """All of it.

    Attributes:
        topics, tiers: What a test may expect.
    """

    tests: tuple[Conversation, ...]
    topics: tuple[str, ...]
    tiers: tuple[str, ...]
    areas: tuple[Area, ...]


def coverage_of(copy: WorkingCopy) -> Coverage:
    """What the tests of the working copy cover."""
    project = copy.project
    tests = tuple(_tests(copy))
    said = Counter(topic for test in tests for turn in test.turns for topic in turn.get("topics", ()))
    tiers = Counter(turn["tier"] for test in tests for turn in test.turns if turn.get("tier"))
    kinds = Counter(turn["kind"] for test in tests for turn in test.turns if turn.get("kind"))
    intents = Counter(_intents(copy))
    topics = [(t["id"], t["title"]) for t in read_yaml(project / "data/article/topics.yml")["topics"]]
    gaps = [(g["id"], g["title"]) for g in read_yaml(project / "data/gaps.yml")["subjects"]]
    domain = [str(intent) for intent in read_yaml(project / "domain.yml")["intents"] if intent != _PRESSED]
    cases = _cases(project)
    criteria = [(c["id"], c["item"]) for c in _entries(project, "criteria.yml", "criteria")]
    asked = _entries(project, "questions.yml", "questions")
    questions = [(q["id"], q["text"]) for q in asked]
    rules = [_rule(rule) for rule in _rules(project) if _is_told_by_steps(rule)]
    actions = Counter(_actions(copy))
    areas = (
        _area("Topics", "conversation tests that expect the topic", topics, said),
        _area("Not in the article", "test messages that ask for it", gaps, _gap_messages(project)),
        _area("Intents", "steps of conversation tests", [(name, name) for name in domain], intents),
        _area("Rules", "tests in which the rule's action runs", rules, actions),
        _area("Criteria", "clinicians' cases in which it fires", criteria, _criteria_cases(cases)),
        _area("Questions of the check", "clinicians' cases that answer it", questions, _question_cases(cases, asked)),
        _area("Outcomes of the check", "conversation tests that reach it", [(t, t) for t in _tiers(project)], tiers),
        _area("Kinds of reply", "conversation tests that expect it", [(k, k) for k in KINDS], kinds),
    )
    others = ("suitability_personal", "red_flag", "not_in_article", "chitchat", "out_of_scope")
    return Coverage(tests, tuple([t for t, _ in topics] + list(others)), tuple(_tiers(project)), areas)


def _area(title: str, meaning: str, things: Iterable[tuple[str, str]], counts: Counter[str]) -> Area:
    found = [Covered(name, str(text), counts[name]) for name, text in dict(things).items()]
    return Area(title, meaning, tuple(sorted(found, key=lambda thing: (thing.tests > 0, thing.id))))


def _tests(copy: WorkingCopy) -> Iterable[Conversation]:
    for path, stories in _story_files(copy):
        for story in stories:
            turns = tuple(dict(turn) for turn in (story.get("metadata") or {}).get("turns") or ())
            yield Conversation(str(story.get("story")), Path(path).parent.name, turns, path)


def _story_files(copy: WorkingCopy) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """The tests by file; a file that was edited into something else has none, and says so when the tests run."""
    paths = {p.relative_to(copy.project).as_posix() for p in (copy.project / FOLDER).glob("*/test_*.yml")}
    changed = {change.path: change.text for change in copy.changes if change.path.startswith(f"{FOLDER}/")}
    for path in sorted(paths | set(changed)):
        content = parse(changed[path]) if path in changed else read_yaml(copy.project / path)
        stories = content.get("stories") if isinstance(content, dict) else ()
        yield path, [story for story in stories if isinstance(story, dict)] if isinstance(stories, list) else []


def _steps(copy: WorkingCopy) -> Iterable[dict[str, Any]]:
    for _, stories in _story_files(copy):
        for story in stories:
            yield from story.get("steps") or ()


def _intents(copy: WorkingCopy) -> Iterable[str]:
    return (str(step["intent"]) for step in _steps(copy) if "intent" in step)


def _actions(copy: WorkingCopy) -> Iterable[str]:
    return (str(step["action"]) for step in _steps(copy) if "action" in step)


def _rules(project: Path) -> Iterable[dict[str, Any]]:
    for path in sorted((project / "data/rules").glob("*.yml")):
        yield from read_yaml(path)["rules"]


def _is_told_by_steps(rule: dict[str, Any]) -> bool:
    """Whether the steps of a test can show it: they hold what is written, and say nothing of a form that is active."""
    return "condition" not in rule and rule["steps"][0].get("intent") != _PRESSED


def _rule(rule: dict[str, Any]) -> tuple[str, str]:
    action = next((str(step["action"]) for step in rule["steps"] if "action" in step), "")
    return action, f"{rule['rule']}"


def _gap_messages(project: Path) -> Counter[str]:
    """How many test messages ask for each gap subject."""
    path = project / "tests/cases/understanding/gaps.yml"
    gaps = read_yaml(path)["gaps"] if path.exists() else {}
    return Counter({str(subject): len(texts) for subject, texts in gaps.items()})


def _cases(project: Path) -> list[dict[str, Any]]:
    paths = sorted((project / "tests/cases/suitability").glob("*.yml"))
    return [case for path in paths for case in read_yaml(path)["cases"]]


def _criteria_cases(cases: Iterable[dict[str, Any]]) -> Counter[str]:
    return Counter(str(c) for case in cases for c in (case.get("expect") or {}).get("criteria") or ())


def _question_cases(cases: list[dict[str, Any]], questions: Iterable[dict[str, Any]]) -> Counter[str]:
    """Cases that say something about one of the facts that a question asks for."""
    told = Counter(str(fact) for case in cases for fact in case.get("answers") or ())
    found: Counter[str] = Counter()
    for question in questions:
        found[str(question["id"])] = sum(told[fact] for fact in _facts(question))
    return found


def _facts(question: dict[str, Any]) -> set[str]:
    facts = {*(question.get("yes") or ()), *(question.get("also") or ())}
    for choice in (question.get("follow_up") or {}).get("options") or ():
        facts |= set(choice.get("sets") or ())
    return {str(fact) for fact in facts}


def _entries(project: Path, file: str, key: str) -> list[dict[str, Any]]:
    try:
        return list(read_yaml(project / "data/suitability" / file)[key])
    except (ContentFaults, KeyError):
        return []


def _tiers(project: Path) -> list[str]:
    """Those that a reply can have: a crisis is told as an emergency."""
    tiers = (str(outcome["tier"]) for outcome in _entries(project, "outcomes.yml", "outcomes"))
    return [tier for tier in tiers if tier != Tier.CRISIS.id]
