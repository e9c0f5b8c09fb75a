"""All the content a conversation draws on, loaded once and proved whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

_LISTS = ("again", "sources")
# Begins advice that the article does not give.
_NOT_OF_THE_ARTICLE = "From other sources"


@dataclass(frozen=True)
class Gap:
    """A subject that patients ask about and the article does not answer.

    Attributes:
        about: Completes "The article does not say …".
        advice: Said in place of how to ask the clinic, where the clinic is not the one to ask.
        again: What is said in place of all that to who asks on about the subject, in turn.
        sources: What the advice rests on, where that is another text: ids of `RuleSet.sources`.
    """

    id: str
    title: str
    about: str
    advice: str = ""
    again: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


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


def read_gaps(path: Path, clinic: Clinic, sources: Collection[str]) -> dict[str, Gap]:
    """The gap subjects by id.

    Args:
        path: The file.
        clinic: May answer some of them.
        sources: The ids of the sources that there are.

    Raises:
        ContentFaults: unknown or missing keys, sources that do not exist, advice from other sources that names none,
            and clinic answers to subjects that do not exist.
    """
    data = read_yaml(path)
    faults = top_faults(path, data, "subjects")
    gaps: dict[str, Gap] = {}
    for number, entry in enumerate(data.get("subjects") or []):
        where = f"subjects[{number}]"
        entry_faults = key_faults(path, where, entry, ("id", "title", "about"), ("advice", *_LISTS))
        lists = {key: entry.get(key, []) for key in _LISTS}
        for key, texts in lists.items():
            if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
                entry_faults.append(Fault(str(path), f"{where}.{key}", "is no list of texts", "write one `- …` a line"))
        entry_faults += _source_faults(path, where, entry, sources)
        faults += entry_faults
        if not entry_faults:
            single = {key: text.strip() for key, text in entry.items() if key not in _LISTS}
            again, rests_on = (tuple(text.strip() for text in lists[key]) for key in _LISTS)
            gaps[entry["id"]] = Gap(**single, again=again, sources=rests_on)
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


def _source_faults(path: Path, where: str, entry: Mapping[str, Any], sources: Collection[str]) -> Iterator[Fault]:
    named = entry.get("sources") or ()
    for source in named:
        if source not in sources:
            remedy = "use an id of data/suitability/sources.yml"
            yield Fault(str(path), f"{where}.sources", f"no such source: {source}", remedy)
    if not named and _NOT_OF_THE_ARTICLE in str(entry.get("advice")):
        yield Fault(str(path), f"{where}.sources", "is missing", "name what the advice rests on")


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
        gaps=read_gaps(data / "gaps.yml", clinic, rules.sources),
        clinic=clinic,
        phrases=phrases,
        follow_ups=read_follow_ups(data / "follow_ups.yml", topics),
        remarks=read_remarks(data / "remarks.yml", phrases.wordings, topics),
        rules=rules,
        feared=read_feared(data / "feared.yml", rules.facts),
        danger_answers=read_danger_answers(data / "danger_answers.yml", rules.asked_alone, rules.dated),
    )
