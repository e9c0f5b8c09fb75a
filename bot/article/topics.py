"""Which of the article's sentences answer which topic, and the editor's notes that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.article.article import Article, Sentence
from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults

# Topics that no article sentence answers: the check, the safety net, and what lies outside the article.
TOPICS_WITHOUT_SENTENCES = ("suitability_personal", "red_flag", "not_in_article", "chitchat", "out_of_scope")


@dataclass(frozen=True)
class EditorsNote:
    """What the clinic's editor adds to the article's claim, with its source.

    Attributes:
        about: The sentence ids whose claim the note softens.
        source: Who says so, as shown to the patient.
    """

    id: str
    about: tuple[str, ...]
    text: str
    source: str
    url: str


@dataclass(frozen=True)
class Topic:
    """One thing a patient may ask for.

    Attributes:
        intent: The Rasa intent trained for it.
        title: As shown on a button.
        first: Said at once, the most telling sentence first.
        more: Said when the patient asks for more.
    """

    id: str
    intent: str
    title: str
    first: tuple[Sentence, ...]
    more: tuple[Sentence, ...]


def read_topics(path: Path, article: Article) -> dict[str, Topic]:
    """The topics by id, each sentence proved to stand in the article word for word.

    Raises:
        ContentFaults: naming, for each sentence that the article no longer holds, the topic that it answered.
    """
    data = read_yaml(path)
    faults: list[Fault] = []
    topics: dict[str, Topic] = {}
    for number, entry in enumerate(data.get("topics") or []):
        where = f"topics[{number}] {entry.get('id', '?')}"
        entry_faults = key_faults(path, where, entry, ("id", "intent", "title", "first"), ("more",))
        for part in ("first", "more"):
            for sentence in entry.get(part) or []:
                entry_faults += _sentence_faults(path, f"{where}.{part}", sentence, article)
        if entry.get("id") in topics:
            entry_faults.append(Fault(str(path), where, "topic stands twice", "merge the two entries"))
        if not entry_faults:
            first, more = (_sentences(entry.get(part) or [], article) for part in ("first", "more"))
            topics[entry["id"]] = Topic(entry["id"], entry["intent"], entry["title"], first, more)
        faults += entry_faults
    faults += top_faults(path, data, "topics")
    if faults:
        raise ContentFaults(faults)
    return topics


def _sentence_faults(path: Path, where: str, entry: Mapping[str, Any], article: Article) -> list[Fault]:
    faults = key_faults(path, where, entry, ("id", "text"))
    if faults:
        return faults
    topic = where.split(" ")[1].split(".")[0]
    sentence = article.by_id.get(entry["id"])
    if sentence is None:
        problem = f"topic {topic} uses sentence {entry['id']}, which the article does not have"
        return [Fault(str(path), where, problem, "choose a sentence that answers the topic now")]
    if sentence.text != entry["text"].strip():
        problem = f"sentence {entry['id']} of topic {topic} differs from the article, which says: {sentence.text!r}"
        return [Fault(str(path), where, problem, "check that it still answers the topic, then copy it word for word")]
    return []


def _sentences(entries: list[Mapping[str, Any]], article: Article) -> tuple[Sentence, ...]:
    return tuple(article.by_id[entry["id"]] for entry in entries)


def read_notes(path: Path, article: Article, topics: Mapping[str, Topic]) -> dict[str, tuple[EditorsNote, ...]]:
    """The editor's notes by topic.

    Raises:
        ContentFaults: for unknown keys, topics or sentences, and notes without a source.
    """
    data = read_yaml(path)
    faults = top_faults(path, data, "notes")
    notes: dict[str, list[EditorsNote]] = {}
    for number, entry in enumerate(data.get("notes") or []):
        where = f"notes[{number}] {entry.get('id', '?')}"
        faults += key_faults(path, where, entry, ("id", "topics", "about", "text", "source", "url", "reviewed"))
        for topic in entry.get("topics") or []:
            if topic not in topics:
                faults.append(Fault(str(path), f"{where}.topics", f"unknown topic {topic}", "use an id of topics.yml"))
        for sentence in entry.get("about") or []:
            if sentence not in article.by_id:
                problem = f"the article has no sentence {sentence}"
                faults.append(Fault(str(path), f"{where}.about", problem, "name the sentence that the note softens"))
        if not faults:
            note = EditorsNote(entry["id"], tuple(entry["about"]), entry["text"], entry["source"], entry["url"])
            for topic in entry["topics"]:
                notes.setdefault(topic, []).append(note)
    if faults:
        raise ContentFaults(faults)
    return {topic: tuple(found) for topic, found in notes.items()}
