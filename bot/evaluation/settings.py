"""With what `bot evaluate` and the benches train and refuse: as the product does."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from ruamel.yaml import YAML

from bot.labelled_table import UnusableTable
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_training import TrainingSettings

CLASSIFIER = "bot.nlu.intent_classifier."


def as_configured(config: Path) -> tuple[TrainingSettings, Thresholds]:
    """How the product is trained, and where it refuses: the classifier's settings in config.yml over the defaults.

    Raises:
        UnusableTable: when the file does not name the classifier.
    """
    content = YAML(typ="safe").load(config.read_text(encoding="utf-8")) or {}
    chosen = [entry for entry in content.get("pipeline") or () if str(entry.get("name")).startswith(CLASSIFIER)]
    if not chosen:
        raise UnusableTable(f"{config}: the pipeline has no {CLASSIFIER}…")
    defaults = TrainingSettings()
    training = replace(defaults, **{key: value for key, value in chosen[0].items() if key in asdict(defaults)})
    return training, Thresholds.configured(chosen[0])
