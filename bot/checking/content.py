"""Proves the content whole, for `bot check` and the console: every fault at once, with its file, key and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.article.article import Article, read_article
from bot.article.topics import EditorsNote, Topic, read_notes, read_topics
from bot.checking import reading_grade
from bot.checking.age import overdue
from bot.checking.findings import Findings
from bot.checking.training import TRAINING_FOLDERS, read_training, training_faults
from bot.conversation.answering.clinic import Clinic, read_clinic
from bot.conversation.content import Gap, read_gaps
from bot.conversation.danger_signs.answers_in_words import read_danger_answers
from bot.conversation.heard.remarks import Remarks, read_remarks
from bot.conversation.in_context.feared import read_feared
from bot.conversation.in_context.follow_ups import read_follow_ups
from bot.conversation.wording.phrases import Phrases, read_phrases
from bot.faults import ContentFaults, Fault, read_yaml
from bot.nlu.words.language_words import read_language_words
from bot.nlu.words.plain_word_table import read_plain_words
from bot.nlu.words.slip_table import read_typing_slips
from bot.suitability.loader import load as load_rules
from bot.suitability.ruleset import RuleSet

_TRAINING_KEY = re.compile(r"^\s*(nlu|rules|stories|responses):")

T = TypeVar("T")


def examine(project: Path, today: date) -> Findings:
    """Everything that is wrong with the content of a project, and what is overdue on that day.

    Args:
        project: The folder that holds data/, domain.yml and actions/.
        today: The day against which review dates are read.
    """
    findings = Findings()
    data = project / "data"
    training = read_training(findings, project)
    files = _read_files(findings, data)
    if files.topics is not None:
        findings.faults += _topic_faults(files.topics.values())
    if training is not None:
        small_talk = files.phrases.wordings if files.phrases else None
        remarks = files.remarks.heard if files.remarks else None
        findings.faults += training_faults(training, project / "actions", files.topics, files.gaps, small_talk, remarks)
    findings.faults += _reading_faults(files)
    findings.faults += _mistakable_faults(data)
    findings.warnings += overdue(files.rules, data, today)
    return _as_shown(findings, project)


def _as_shown(findings: Findings, project: Path) -> Findings:
    def shown(found: list[Fault]) -> list[Fault]:
        short = (Fault(f.file.removeprefix(f"{project}/"), f.key, f.problem, f.remedy) for f in found)
        return sorted(set(short))

    return Findings(shown(findings.faults), shown(findings.warnings))


@dataclass
class Files:
    """The content as far as it could be read: each file on its own, so that a fault in one does not hide others."""

    article: Article | None = None
    topics: dict[str, Topic] | None = None
    notes: dict[str, tuple[EditorsNote, ...]] | None = None
    clinic: Clinic | None = None
    gaps: dict[str, Gap] | None = None
    phrases: Phrases | None = None
    remarks: Remarks | None = None
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
        sources = _ids_of(data / "suitability/sources.yml", "sources")
        files.gaps = read("gaps.yml", lambda path: read_gaps(path, clinic, sources))
    files.phrases = read("phrases", read_phrases)
    if files.phrases is not None:
        said = files.phrases.wordings
        files.remarks = read("remarks.yml", lambda path: read_remarks(path, said, files.topics or known))
    read("follow_ups.yml", lambda path: read_follow_ups(path, files.topics or known))
    detectable = read("safety", _detectable)
    files.rules = read("suitability", lambda path: load_rules(path, detectable))
    facts = _ids_of(data / "suitability/facts.yml", "facts")
    read("feared.yml", lambda path: read_feared(path, facts))
    asked = _ids_of(data / "suitability/facts.yml", "facts", having="asks")
    dated = _ids_of(data / "suitability/facts.yml", "facts", having="onset")
    read("danger_answers.yml", lambda path: read_danger_answers(path, asked, dated))
    read("languages.yml", read_language_words)
    read("plain_words.yml", read_plain_words)
    read("typing_slips.yml", read_typing_slips)
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


def _ids_alone(path: Path) -> dict[str, Topic]:
    """Topic ids of a file that has faults, so that what names them is not said to be wrong as well."""
    return {topic: Topic(topic, "", "", (), ()) for topic in _ids_of(path, "topics")}


def _ids_of(path: Path, key: str, having: str = "id") -> tuple[str, ...]:
    try:
        return tuple(entry["id"] for entry in read_yaml(path)[key] if "id" in entry and having in entry)
    except (ContentFaults, KeyError, TypeError):
        return ()


def _detectable(folder: Path) -> frozenset[str]:
    """The facts that the safety net can find."""
    from bot.safety.net import SafetyNet

    return SafetyNet(folder).facts


def _topic_faults(topics: Iterable[Topic]) -> Iterator[Fault]:
    for topic in topics:
        if not str(topic.title).strip():
            yield Fault(
                "data/article/topics.yml", f"{topic.id}.title", "is empty", "write a short question as its title"
            )
        if not topic.first:
            yield Fault("data/article/topics.yml", f"{topic.id}.first", "has no sentences", "name those that answer it")


def _mistakable_faults(data: Path) -> Iterator[Fault]:
    """Rasa takes any YAML file with such a line for training data, wherever it lies."""
    for path in sorted([*data.rglob("*.yml"), *data.rglob("*.yaml")]):
        if path.relative_to(data).parts[0] in TRAINING_FOLDERS:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if match := _TRAINING_KEY.match(line):
                problem = f"a line begins with `{match[1]}:`, so Rasa reads the file as training data"
                yield Fault(str(path), f"line {number}", problem, "use another key, or break the line elsewhere")
