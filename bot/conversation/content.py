"""All the content a conversation draws on, loaded once and proved whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.article.article import Article, read_article
from bot.article.topics import EditorsNote, Topic, read_notes, read_topics
from bot.conversation.answering.clinic import Clinic, read_clinic
from bot.conversation.danger_signs.answers_in_words import DangerAnswers, read_danger_answers
from bot.conversation.heard.remarks import Remarks, read_remarks
from bot.conversation.in_context.feared import Feared, read_feared
from bot.conversation.in_context.follow_ups import FollowUp, read_follow_ups
from bot.conversation.wording.phrases import Phrases, read_phrases
from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults
from bot.suitability.loader import load as load_rules
from bot.suitability.ruleset import RuleSet


@dataclass(frozen=True)
class Gap:
    """A subject that patients ask about and the article does not answer.

    Attributes:
        about: Completes "The article does not say …".
        advice: Said in place of how to ask the clinic, where the clinic is not the one to ask.
        again: What is said in place of all that to who asks on about the subject, in turn.
    """

    id: str
    title: str
    about: str
    advice: str = ""
    again: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """Everything the assistant may say, and the rules by which it decides."""

    article: Article
    topics: Mapping[str, Topic]
    notes: Mapping[str, tuple[EditorsNote, ...]]
    gaps: Mapping[str, Gap]
    clinic: Clinic
    phrases: Phrases
    follow_ups: tuple[FollowUp, ...]
    remarks: Remarks
    rules: RuleSet
    feared: Feared
    danger_answers: DangerAnswers


def read_gaps(path: Path, clinic: Clinic) -> dict[str, Gap]:
    """The gap subjects by id.

    Raises:
        ContentFaults: unknown or missing keys, and clinic answers to subjects that do not exist.
    """
    data = read_yaml(path)
    faults = top_faults(path, data, "subjects")
    gaps: dict[str, Gap] = {}
    for number, entry in enumerate(data.get("subjects") or []):
        where, again = f"subjects[{number}]", entry.get("again", [])
        entry_faults = key_faults(path, where, entry, ("id", "title", "about"), ("advice", "again"))
        if not isinstance(again, list) or not all(isinstance(text, str) and text.strip() for text in again):
            entry_faults.append(Fault(str(path), f"{where}.again", "is no list of texts", "write one `- …` a line"))
        faults += entry_faults
        if not entry_faults:
            texts = {key: text.strip() for key, text in entry.items() if key != "again"}
            gaps[entry["id"]] = Gap(**texts, again=tuple(text.strip() for text in again))
    faults += [
        Fault("data/clinic.yml", f"answers.{subject}", "no such subject", "use an id of data/gaps.yml")
        for subject in clinic.answers
        if subject not in gaps
    ]
    if "other" not in gaps:
        faults.append(Fault(str(path), "subjects", "no subject `other`", "add it: it serves whatever has no subject"))
    if faults:
        raise ContentFaults(faults)
    return gaps


def load_content(data: Path) -> Content:
    """Load everything under `data/`.

    Raises:
        ContentFaults: naming every fault of every file that could be read.
        bot.article.article.ArticleError: when there is no article.
    """
    article = read_article(data / "article" / "back-pain.md")
    topics = read_topics(data / "article" / "topics.yml", article)
    clinic = read_clinic(data / "clinic.yml")
    phrases = read_phrases(data / "phrases")
    rules = load_rules(data / "suitability")
    return Content(
        article=article,
        topics=topics,
        notes=read_notes(data / "article" / "notes.yml", article, topics),
        gaps=read_gaps(data / "gaps.yml", clinic),
        clinic=clinic,
        phrases=phrases,
        follow_ups=read_follow_ups(data / "follow_ups.yml", topics),
        remarks=read_remarks(data / "remarks.yml", phrases.wordings, topics),
        rules=rules,
        feared=read_feared(data / "feared.yml", rules.facts),
        danger_answers=read_danger_answers(data / "danger_answers.yml", rules.asked_alone),
    )
