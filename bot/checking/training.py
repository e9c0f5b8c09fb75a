"""Proves training data, domain, rules and actions one with each other and with the content that answers."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.article.topics import Topic
from bot.checking.findings import Findings
from bot.conversation.heard.remarks import ASKED
from bot.conversation.understanding import intent_of
from bot.conversation.wish import CONTROLS
from bot.faults import ContentFaults, Fault, read_yaml

FEWEST_EXAMPLES = 45
# Not trained: a button that was offered, and what the classifier is not sure of.
UNTRAINED = frozenset({"choose", "nlu_fallback"})
# Folders of data/ that Rasa is meant to read as training data.
TRAINING_FOLDERS = ("nlu", "rules", "stories")


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
        return sum(len(texts) for label, texts in self.examples.items() if intent_of(label) == intent)


def read_training(findings: Findings, project: Path) -> Training | None:
    """The training data and the domain of a project; None where domain.yml cannot be read. Faults are kept."""
    domain = findings.read(project / "domain.yml", partial(_mapping, project / "domain.yml"))
    examples: dict[str, tuple[str, ...]] = {}
    steps: list[tuple[str, Mapping[str, Any]]] = []
    for folder in TRAINING_FOLDERS:
        for path in sorted((project / "data" / folder).rglob("*.yml")):
            labelled, stepped = findings.read(path, partial(_read_file, path)) or ((), ())
            for label, texts in labelled:
                examples[label] = examples.get(label, ()) + texts
            steps += [(str(path), step) for step in stepped]
    return None if domain is None else Training(domain, examples, tuple(steps))


def _mapping(path: Path) -> Mapping[str, Any]:
    content = read_yaml(path) or {}
    if not isinstance(content, dict):
        raise TypeError("it does not begin with keys")
    return content


def _read_file(path: Path) -> tuple[list[tuple[str, tuple[str, ...]]], list[Mapping[str, Any]]]:
    """A file's examples by label, and the steps of its rules and stories.

    Raises:
        ContentFaults: a subject stands in an intent's name: Rasa would keep the intent and drop the subject.
    """
    content, labelled = _mapping(path), []
    named = [str(entry.get("intent")) for entry in content.get("nlu") or ()]
    if slashed := [name for name in named if "/" in name]:
        remedy = "name the intent alone, and the subject under `metadata`"
        raise ContentFaults(
            [Fault(str(path), f"nlu.{name}", "the subject is no part of the name", remedy) for name in slashed]
        )
    for entry in content.get("nlu") or ():
        lines = str(entry.get("examples") or "").splitlines()
        subject = (entry.get("metadata") or {}).get("subject")
        label = f"{entry.get('intent')}/{subject}" if subject else str(entry.get("intent"))
        labelled.append((label, tuple(line.strip().removeprefix("-").strip() for line in lines if line.strip())))
    told = [*(content.get("rules") or ()), *(content.get("stories") or ())]
    return labelled, [step for entry in told for step in _flat(entry.get("steps") or ())]


def _flat(steps: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for step in steps:
        yield from step["or"] if "or" in step else (step,)


def training_faults(
    training: Training,
    actions: Path,
    topics: Mapping[str, Topic] | None,
    gaps: Iterable[str] | None,
    small_talk: Iterable[str] | None,
    remarks: Iterable[str] | None,
) -> Iterator[Fault]:
    """What must hold between the training data and the content that answers; None for content that has faults.

    Args:
        training: What Rasa is trained on.
        actions: The folder of the actions' classes.
        topics: By id.
        gaps: The subjects that the article does not answer.
        small_talk: The kinds of small talk that have words to say.
        remarks: The remarks that have a reply.
    """
    if topics is not None:
        yield from _topic_training_faults(topics, training)
    if gaps is not None:
        yield from _gap_faults(frozenset(gaps), training)
    if small_talk is not None:
        for kind in sorted(training.subjects("chitchat") - set(small_talk)):
            problem = "missing: nothing is said to this small talk"
            yield Fault("data/phrases/smalltalk.yml", f"phrases.{kind}", problem, "add it")
    if remarks is not None:
        for subject in sorted(training.subjects("remark") ^ set(remarks)):
            taught = subject in training.subjects("remark")
            problem = "nothing is replied to this remark" if taught else "no example teaches this remark"
            where = "data/remarks.yml" if taught else "data/nlu/remarks.yml"
            yield Fault(where, f"remark/{subject}", problem, "add it, or remove the other")
        for subject in sorted(ASKED - training.subjects("remark") - set(remarks)):
            problem = "missing: it may be asked beside a question"
            advice = "add it and its examples, or take it off the list in bot/conversation/heard/remarks.py"
            yield Fault("data/remarks.yml", f"remark/{subject}", problem, advice)
    yield from _intent_faults(training)
    yield from _speech_faults(training)
    yield from _duplicate_faults(training)
    yield from _action_faults(training, actions)


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
    ruled = {intent_of(str(step.get("intent"))) for _, step in training.steps if "intent" in step}
    for intent in sorted(training.intents):
        if intent not in UNTRAINED and not training.count(intent):
            yield Fault(
                "data/nlu", intent, "an intent of domain.yml has no examples", "write some, or remove the intent"
            )
        if intent not in ruled:
            yield Fault("data/rules", intent, "no rule says what follows this intent", "add it to a rule")
    trained = {intent_of(label) for label in training.examples}
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
