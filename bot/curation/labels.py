"""What a message may mean: every label of `data/nlu` with a title that staff understand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.curation.example_files import blocks_of
from bot.curation.working_copy import WorkingCopy
from bot.faults import read_yaml

_TITLES = {
    "check_suitability": "Wants to know if acupuncture suits them",
    "out_of_scope": "Something else altogether",
    "affirm": "Yes",
    "deny": "No",
    "unsure": "Not sure",
    "background": "Sets the scene, asks and tells nothing",
    "red_flag/emergency": "Danger sign: emergency",
    "red_flag/urgent": "Danger sign: urgent",
}
TOPICS, GAPS, TALK, OTHERS = "Topics of the article", "Not in the article", "Small talk", "Others"


@dataclass(frozen=True)
class Label:
    """One meaning.

    Attributes:
        id: `intent` or `intent/subject`.
        title: For staff.
        group: One of the four groups.
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
        Label(label, titles.get(label) or _TITLES.get(label) or _plain(label), _group(label, titles), path)
        for label, (_, path) in places.items()
    ]
    return sorted(found, key=lambda label: ((TOPICS, GAPS, TALK, OTHERS).index(label.group), label.title.casefold()))


def _group(label: str, titles: dict[str, str]) -> str:
    if label.startswith("ask_not_in_article"):
        return GAPS
    if label in titles:
        return TOPICS
    return TALK if label.startswith(("chitchat", "remark")) else OTHERS


def _plain(label: str) -> str:
    intent, _, subject = label.partition("/")
    words = (subject if intent in ("chitchat", "remark") else f"{intent} {subject}").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
