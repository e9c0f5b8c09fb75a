"""What a message may mean: every label of `data/nlu` with a title that staff understand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.curation.example_files import blocks_of
from bot.curation.label_titles import LABEL_TITLES
from bot.curation.working_copy import WorkingCopy
from bot.faults import read_yaml

TOPICS, GAPS, TALK, CHECK, OTHERS = (
    "Topics of the article",
    "Not in the article",
    "Small talk",
    "In the check",
    "Others",
)
_CHECK_LABELS = ("steer_check", "cancel", "correct_answer", "go_back", "not_sure", "start_over", "why_ask")


@dataclass(frozen=True)
class Label:
    """One meaning.

    Attributes:
        id: `intent` or `intent/subject`.
        title: For staff.
        group: One of the five groups.
        path: The file with most of its examples, where a new one is added.
    """

    id: str
    title: str
    group: str
    path: str


def labels(copy: WorkingCopy) -> list[Label]:
    """Every label that has examples, by group and title."""
    topics = read_yaml(copy.project / "data/article/topics.yml")["topics"]
    titles = {topic["intent"]: topic["title"] for topic in topics}
    titles |= {
        f"ask_not_in_article/{gap['id']}": gap["title"] for gap in read_yaml(copy.project / "data/gaps.yml")["subjects"]
    }
    places: dict[str, tuple[int, str]] = {}
    for path in sorted((copy.project / "data" / "nlu").glob("*.yml")):
        name = path.relative_to(copy.project).as_posix()
        for block in blocks_of(copy.read(name)):
            places[block.label] = max(places.get(block.label, (0, "")), (block.end - block.first, name))
    found = [
        Label(label, titles.get(label) or LABEL_TITLES.get(label) or _plain(label), _group(label, titles), path)
        for label, (_, path) in places.items()
    ]
    return sorted(
        found, key=lambda label: ((TOPICS, GAPS, TALK, CHECK, OTHERS).index(label.group), label.title.casefold())
    )


def _group(label: str, titles: dict[str, str]) -> str:
    if label.startswith("ask_not_in_article"):
        return GAPS
    if label in titles:
        return TOPICS
    if label.startswith(("chitchat", "remark")):
        return TALK
    return CHECK if label.startswith(_CHECK_LABELS) else OTHERS


def _plain(label: str) -> str:
    """For a label that was added without a title; the tests name it."""
    intent, _, subject = label.partition("/")
    words = (subject if intent in ("chitchat", "remark") else f"{intent} {subject}").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
