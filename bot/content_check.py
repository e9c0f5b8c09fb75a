"""Proves the content whole, for `bot check` and the console: every fault at once, with its file, key and remedy."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot import reading_grade
from bot.article.article import Article, ArticleError, read_article
from bot.article.topics import EditorsNote, Topic, read_notes, read_topics
from bot.conversation.clinic import Clinic, read_clinic
from bot.conversation.content import Gap, read_gaps
from bot.conversation.follow_ups import read_follow_ups
from bot.conversation.phrases import Phrases, read_phrases
from bot.conversation.resolve import CONTROLS
from bot.faults import ContentFaults, Fault, read_yaml
from bot.suitability import faults as suitability_faults
from bot.suitability.loader import load as load_rules
from bot.suitability.ruleset import RuleSet

FEWEST_EXAMPLES = 45
# Not trained: a button that was offered, and what the classifier is not sure of.
UNTRAINED = frozenset({"choose", "nlu_fallback"})
_REVIEW_EVERY = timedelta(days=365)
# Folders of data/ that Rasa is meant to read as training data.
_TRAINING = ("nlu", "rules", "stories")
_TRAINING_KEY = re.compile(r"^\s*(nlu|rules|stories|responses):")

T = TypeVar("T")


@dataclass
class Findings:
    """What is wrong, and what will be."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def read(self, file: Path, reader: Callable[[], T]) -> T | None:
        """What `reader` gives; None when the file has faults, which are kept."""
        try:
            return reader()
        except (ContentFaults, suitability_faults.ContentFaults) as found:
            # The rules' faults name the file alone.
            named = ((f.file if "/" in f.file else str(file / f.file), f) for f in found.faults)
            self.faults += [Fault(name, f.key, f.problem, f.remedy) for name, f in named]
        except ArticleError as error:
            self.faults.append(
                Fault(str(file), "file", str(error).removeprefix(f"{file}: "), "mend the article's file")
            )
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            problem = f"is not built as it should be ({type(error).__name__}: {error})"
            self.faults.append(Fault(str(file), "file", problem, "compare it with the file as it was shipped"))
        return None


@dataclass(frozen=True)
class Training:
    """What Rasa is trained on.

    Attributes:
        domain: The content of domain.yml.
        examples: Examples by label (`intent` or `intent/subject`).
        steps: (file, step) of every rule and story.
    """

    domain: Mapping[str, Any]
    examples: Mapping[str, tuple[str, ...]]
    steps: tuple[tuple[str, Mapping[str, Any]], ...]

    @property
    def intents(self) -> frozenset[str]:
        """The intents of the domain."""
        return frozenset(self.domain.get("intents") or ())

    def subjects(self, intent: str) -> frozenset[str]:
        """The subjects of an intent that has several."""
        return frozenset(label.partition("/")[2] for label in self.examples if label.startswith(f"{intent}/"))

    def count(self, intent: str) -> int:
        """How many examples an intent has, all its subjects together."""
        return sum(len(texts) for label, texts in self.examples.items() if label.partition("/")[0] == intent)


def examine(project: Path, today: date) -> Findings:
    """Everything that is wrong with the content of a project, and what is overdue on that day.

    Args:
        project: The folder that holds data/, domain.yml and actions/.
        today: The day against which review dates are read.
    """
    findings = Findings()
    data = project / "data"
    training = _training(findings, project)
    files = _read_files(findings, data)
    if files.topics is not None:
        findings.faults += _topic_faults(files.topics.values())
    if training is not None:
        findings.faults += _cross_faults(files, training)
        findings.faults += _action_faults(training, project / "actions")
    findings.faults += _reading_faults(files)
    findings.faults += _mistakable_faults(data)
    findings.warnings += _overdue(files.rules, data, today)
    return _as_shown(findings, project)


def _as_shown(findings: Findings, project: Path) -> Findings:
    def shown(found: list[Fault]) -> list[Fault]:
        short = (Fault(f.file.removeprefix(f"{project}/"), f.key, f.problem, f.remedy) for f in found)
        return sorted(set(short))

    return Findings(shown(findings.faults), shown(findings.warnings))


def _training(findings: Findings, project: Path) -> Training | None:
    domain = findings.read(project / "domain.yml", lambda: read_yaml(project / "domain.yml"))
    examples: dict[str, tuple[str, ...]] = {}
    steps: list[tuple[str, Mapping[str, Any]]] = []
    for folder in _TRAINING:
        for path in sorted((project / "data" / folder).rglob("*.yml")):
            content = findings.read(path, partial(read_yaml, path)) or {}
            for entry in content.get("nlu") or ():
                lines = str(entry.get("examples") or "").splitlines()
                texts = tuple(line.strip().removeprefix("-").strip() for line in lines if line.strip())
                subject = (entry.get("metadata") or {}).get("subject")
                label = f"{entry.get('intent')}/{subject}" if subject else str(entry.get("intent"))
                examples[label] = examples.get(label, ()) + texts
            for entry in [*(content.get("rules") or ()), *(content.get("stories") or ())]:
                steps += [(str(path), step) for step in _flat(entry.get("steps") or ())]
    return None if domain is None else Training(domain, examples, tuple(steps))


def _flat(steps: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for step in steps:
        yield from step["or"] if "or" in step else (step,)


@dataclass
class Files:
    """The content as far as it could be read: each file on its own, so that a fault in one does not hide others."""

    article: Article | None = None
    topics: dict[str, Topic] | None = None
    notes: dict[str, tuple[EditorsNote, ...]] | None = None
    clinic: Clinic | None = None
    gaps: dict[str, Gap] | None = None
    phrases: Phrases | None = None
    rules: RuleSet | None = None
    allowed: frozenset[str] | None = None


def _read_files(findings: Findings, data: Path) -> Files:
    files = Files()

    def read(name: str, reader: Callable[[Path], T]) -> T | None:
        return findings.read(data / name, lambda: reader(data / name))

    known = _ids_alone(data / "article/topics.yml")
    files.article = article = read("article/back-pain.md", read_article)
    if article is not None:
        files.topics = read("article/topics.yml", lambda path: read_topics(path, article))
        files.notes = read("article/notes.yml", lambda path: read_notes(path, article, files.topics or known))
    files.clinic = clinic = read("clinic.yml", read_clinic)
    if clinic is not None:
        files.gaps = read("gaps.yml", lambda path: read_gaps(path, clinic))
    files.phrases = read("phrases", read_phrases)
    read("follow_ups.yml", lambda path: read_follow_ups(path, files.topics or known))
    detectable = read("safety", _detectable)
    files.rules = read("suitability", lambda path: load_rules(path, detectable))
    files.allowed = read("reading_allowed.yml", reading_grade.read_allowed)
    return files


def _reading_faults(files: Files) -> Iterator[Fault]:
    texts: list[reading_grade.Text] = []
    if files.phrases and files.clinic:
        texts += reading_grade.phrase_texts(files.phrases, files.clinic)
    if files.phrases and files.gaps:
        texts += reading_grade.gap_texts(files.gaps, files.phrases)
    if files.notes:
        texts += reading_grade.note_texts(files.notes)
    if files.clinic:
        texts += reading_grade.clinic_texts(files.clinic)
    if files.rules:
        texts += reading_grade.rule_texts(files.rules)
    if files.allowed is not None:
        yield from reading_grade.too_hard(texts, files.allowed)


def _cross_faults(files: Files, training: Training) -> Iterator[Fault]:
    """What must hold between the content and the training data."""
    if files.topics is not None:
        yield from _topic_training_faults(files.topics, training)
    if files.gaps is not None:
        yield from _gap_faults(frozenset(files.gaps), training)
    for kind in sorted(training.subjects("chitchat") - set(files.phrases.wordings if files.phrases else ())):
        if files.phrases is not None:
            problem = "missing: nothing is said to this small talk"
            yield Fault("data/phrases/smalltalk.yml", f"phrases.{kind}", problem, "add it")
    yield from _intent_faults(training)
    yield from _speech_faults(training)
    yield from _duplicate_faults(training)


def _ids_alone(path: Path) -> dict[str, Topic]:
    """Topic ids of a file that has faults, so that what names them is not said to be wrong as well."""
    try:
        entries = read_yaml(path)["topics"]
        return {entry["id"]: Topic(entry["id"], "", "", (), ()) for entry in entries if "id" in entry}
    except (ContentFaults, KeyError, TypeError):
        return {}


def _detectable(folder: Path) -> frozenset[str]:
    """The facts that the safety net can find, without the language model it works with."""
    from bot.safety.net import SafetyNet

    no_language: Any = None
    return SafetyNet(no_language, folder).facts


def _topic_faults(topics: Iterable[Topic]) -> Iterator[Fault]:
    for topic in topics:
        if not str(topic.title).strip():
            yield Fault(
                "data/article/topics.yml", f"{topic.id}.title", "is empty", "write a short question as its title"
            )
        if not topic.first:
            yield Fault("data/article/topics.yml", f"{topic.id}.first", "has no sentences", "name those that answer it")


def _topic_training_faults(topics: Mapping[str, Topic], training: Training) -> Iterator[Fault]:
    for topic in topics.values():
        where = f"{topic.id}.intent"
        if topic.intent not in training.intents:
            problem = f"domain.yml has no intent {topic.intent}"
            yield Fault("data/article/topics.yml", where, problem, "add it there, or correct it here")
        if (count := training.count(topic.intent)) < FEWEST_EXAMPLES:
            problem = f"topic {topic.id} has {count} examples"
            yield Fault("data/nlu", topic.intent, problem, f"write at least {FEWEST_EXAMPLES}")
    answered = {topic.intent for topic in topics.values()} | {"ask_not_in_article"}
    for intent in sorted(i for i in training.intents if i.startswith("ask_") and i not in answered):
        yield Fault(
            "data/article/topics.yml", "topics", f"no topic has the intent {intent}", "add it, or remove the intent"
        )


def _gap_faults(gaps: frozenset[str], training: Training) -> Iterator[Fault]:
    asked = training.subjects("ask_not_in_article")
    for subject in sorted(asked - gaps):
        problem = f"data/nlu has examples of ask_not_in_article/{subject}, and nothing is said to it"
        yield Fault("data/gaps.yml", f"subjects.{subject}", problem, "add the subject")
    for subject in sorted(gaps - asked - {"other"}):
        problem = "data/gaps.yml has this subject, and no example asks for it"
        yield Fault("data/nlu", f"ask_not_in_article/{subject}", problem, "write examples, or remove the subject")


def _intent_faults(training: Training) -> Iterator[Fault]:
    ruled = {str(step.get("intent")).partition("/")[0] for _, step in training.steps if "intent" in step}
    for intent in sorted(training.intents):
        if intent not in UNTRAINED and not training.count(intent):
            yield Fault(
                "data/nlu", intent, "an intent of domain.yml has no examples", "write some, or remove the intent"
            )
        if intent not in ruled:
            yield Fault("data/rules", intent, "no rule says what follows this intent", "add it to a rule")
    trained = {label.partition("/")[0] for label in training.examples}
    for intent in sorted((trained | ruled | CONTROLS) - training.intents):
        problem = f"{intent} is used, and domain.yml does not have it"
        yield Fault("domain.yml", f"intents.{intent}", problem, "add it, or correct the name where it is used")


def _action_faults(training: Training, folder: Path) -> Iterator[Fault]:
    named = frozenset(training.domain.get("actions") or ())
    classes = dict(_action_classes(folder))
    for action in sorted(named - set(classes)):
        problem = f"no class of actions/ has the name {action}"
        yield Fault("domain.yml", f"actions.{action}", problem, "write the class, or remove the action")
    for action in sorted(set(classes) - named):
        problem = f"domain.yml does not name the action {action}"
        yield Fault(f"actions/{classes[action]}", action, problem, "add it to `actions` there")
    forms = frozenset(training.domain.get("forms") or ())
    used = {(file, str(step["action"])) for file, step in training.steps if step.get("action")}
    for file, action in sorted(used):
        if action not in named | forms and not action.startswith("utter_"):
            yield Fault(file, action, "the action is not in domain.yml", "add it there, or correct the name")


def _action_classes(folder: Path) -> Iterator[tuple[str, str]]:
    """The names that the classes of actions/ give themselves, read without importing them."""
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "name":
                for statement in node.body:
                    value = statement.value if isinstance(statement, ast.Return) else None
                    if isinstance(value, ast.Constant):
                        yield str(value.value), path.name


def _speech_faults(training: Training) -> Iterator[Fault]:
    """Every word a patient reads passes the choke point: Rasa itself says nothing."""
    remedy = "say it through an action, as a Reply of bot.conversation"
    if "responses" in training.domain:
        yield Fault("domain.yml", "responses", "Rasa would say these without the consult-first line", remedy)
    for file, step in training.steps:
        if str(step.get("action")).startswith("utter_"):
            yield Fault(file, str(step["action"]), "Rasa would say this without the consult-first line", remedy)


def _duplicate_faults(training: Training) -> Iterator[Fault]:
    labels: dict[str, list[str]] = defaultdict(list)
    for label, texts in training.examples.items():
        for text in texts:
            labels[" ".join(text.casefold().split())].append(label)
    for text, found in sorted(labels.items()):
        if len(counts := Counter(found)) > 1:
            problem = f"{text!r} is an example of {', '.join(sorted(counts))}"
            yield Fault("data/nlu", min(counts), problem, "keep it where it belongs")


def _mistakable_faults(data: Path) -> Iterator[Fault]:
    """Rasa takes any YAML file with such a line for training data, wherever it lies."""
    for path in sorted([*data.rglob("*.yml"), *data.rglob("*.yaml")]):
        if path.relative_to(data).parts[0] in _TRAINING:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if match := _TRAINING_KEY.match(line):
                problem = f"a line begins with `{match[1]}:`, so Rasa reads the file as training data"
                yield Fault(str(path), f"line {number}", problem, "use another key, or break the line elsewhere")


def _overdue(rules: RuleSet | None, data: Path, today: date) -> Iterator[Fault]:
    """Criteria whose review is due, and content that somebody last looked at more than a year ago."""
    for criterion in rules.overdue(today) if rules else ():
        problem, remedy = f"was due on {criterion.review_due}", "have a clinician review it and set the new days"
        yield Fault("data/suitability/criteria.yml", f"{criterion.id}.review_due", problem, remedy)
    for path in [data / "article/notes.yml", data / "clinic.yml", *sorted((data / "safety").glob("*.yml"))]:
        for key, said in _reviews(path):
            day = _day(said)
            if day and today - day > _REVIEW_EVERY:
                yield Fault(str(path), key, f"was last reviewed on {day}", "have it reviewed and write the new day")


def _reviews(path: Path) -> Iterator[tuple[str, Any]]:
    """The review days of a file; none where it has faults, which are told elsewhere."""
    if path.parent.name == "safety":  # long files: one line is enough
        head = re.search(r"^reviewed:\s*(\S+)", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
        yield "reviewed", head[1] if head else None
        return
    content = Findings().read(path, lambda: read_yaml(path))
    if isinstance(content, dict):
        yield "clinic.reviewed_on", (content.get("clinic") or {}).get("reviewed_on")
        for entry in content.get("notes") or ():
            yield f"{entry.get('id')}.reviewed", entry.get("reviewed")


def _day(said: Any) -> date | None:
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None
