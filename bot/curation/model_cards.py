"""What is known about each trained model: who made it, from how many examples, how it did, and when it served."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.atomic_file import write_whole
from bot.curation.jobs import Job
from bot.curation.publication import Publication, Publisher
from bot.model_files import model_path
from bot.nlu.training_data import read_examples


@dataclass(frozen=True)
class ModelCard:
    """One model.

    Attributes:
        name: The archive's.
        made: When.
        by: Who had it trained; "" when it was trained at a start or in the terminal.
        seconds: How long training took; 0 when unknown.
        examples, labels: What it was trained from; 0 when unknown.
        tests, failing: Conversation tests, and how many of them failed.
        rates: (right, all) by measure.
        megabytes: Size of the archive.
        serves: Whether it is the model of the served content.
        published: The publications since which it has served, the newest first.
    """

    name: str
    made: str
    by: str = ""
    seconds: int = 0
    examples: int = 0
    labels: int = 0
    tests: int = 0
    failing: int = 0
    rates: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    megabytes: float = 0.0
    serves: bool = False
    published: tuple[Publication, ...] = ()


def write(project: Path, name: str, job: Job, seconds: int, content: Path, trial: Mapping[str, Any]) -> None:
    """Keep what is known about a model that was just trained and tried.

    Args:
        project: Where its archive is.
        name: The archive's.
        job: Who asked for it.
        seconds: How long training took.
        content: The project it was trained from.
        trial: What came of trying it.
    """
    examples = read_examples(content / "data" / "nlu")
    stories = trial["stories"]
    card = ModelCard(
        name,
        job.at,
        job.who,
        seconds,
        len(examples),
        len({example.label for example in examples}),
        len(stories),
        sum(1 for misses in stories.values() if misses),
        trial["rates"],
    )
    kept = {k: v for k, v in asdict(card).items() if k not in ("megabytes", "serves", "published")}
    write_whole(_card_file(project, name), json.dumps(kept, ensure_ascii=False))


def models(project: Path) -> list[ModelCard]:
    """All trained models, the newest first; cards of archives that are gone are swept away."""
    serving = model_path(project).name
    history = Publisher(project).history
    archives = sorted((project / "models").glob("assistant-*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for card in (project / "models").glob("assistant-*.json"):
        if not card.with_name(f"{card.stem}.tar.gz").exists():
            card.unlink(missing_ok=True)
    return [_card(path, serving, history) for path in archives]


def _card(path: Path, serving: str, history: list[Publication]) -> ModelCard:
    file = _card_file(path.parent.parent, path.name)
    known: dict[str, Any] = {"made": datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")}
    if file.exists():
        known |= json.loads(file.read_text("utf-8"))
    known["name"] = path.name
    known["rates"] = {name: (int(rate[0]), int(rate[1])) for name, rate in known.get("rates", {}).items()}
    return ModelCard(
        **known,
        megabytes=round(path.stat().st_size / 2**20, 1),
        serves=path.name == serving,
        published=tuple(p for p in history if p.model == path.name),
    )


def _card_file(project: Path, name: str) -> Path:
    return project / "models" / f"{name.removesuffix('.tar.gz')}.json"
