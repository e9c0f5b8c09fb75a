"""The compared pipelines: what each is made of, where it runs, and how a fold is handed to it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.bench.folds import Fold, Labelled
from bot.project import PROJECT

STOCK_PYTHON = PROJECT / ".venv-stock" / "bin" / "python"
# As `rasa init` writes it, with two exceptions: no ResponseSelector, since the project has no retrieval intents, and a
# seed, so that two runs say the same.
STOCK: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 7},
    {"name": "EntitySynonymMapper"},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
# Rasa takes a "/" in an intent's name for a retrieval intent.
SUBJECT_MARK = "__"


class BenchFailed(RuntimeError):
    """A measurement could not be made; the message ends with what the process said last."""


@dataclass(frozen=True)
class Pipeline:
    """One side of the comparison.

    Attributes:
        name: For the table.
        python: Runs it.
        components: Rasa's `pipeline`.
        block: One label and its texts as Rasa's training data.
    """

    name: str
    python: Path
    components: list[dict[str, Any]]
    block: Callable[[str, Sequence[str]], dict[str, Any]]


@dataclass(frozen=True)
class Outcome:
    """What one pipeline did with one fold.

    Attributes:
        trained, answered: The worker's figures.
        test, outside: Its predictions for the fold's questions, in their order.
    """

    trained: dict[str, Any]
    answered: dict[str, Any]
    test: list[dict[str, Any]]
    outside: list[dict[str, Any]]


def product() -> Pipeline:
    """The pipeline of config.yml, in this environment."""
    config = YAML(typ="safe").load((PROJECT / "config.yml").read_text(encoding="utf-8"))
    return Pipeline("product", Path(sys.executable), config["pipeline"], _block_with_subject)


def stock() -> Pipeline:
    """Rasa's default pipeline, in an environment of its own; made now if it is not there.

    Raises:
        BenchFailed: when it cannot be made.
    """
    made = subprocess.run(["sh", str(PROJECT / "deploy" / "bench-environment.sh")], cwd=PROJECT, check=False)
    if made.returncode != 0 or not STOCK_PYTHON.exists():
        raise BenchFailed("The stock pipeline's environment could not be made; deploy/bench-environment.sh says why.")
    return Pipeline("stock", STOCK_PYTHON, STOCK, _plain_block)


def _block_with_subject(label: str, texts: Sequence[str]) -> dict[str, Any]:
    intent, _, subject = label.partition("/")
    return {"intent": intent, **({"metadata": {"subject": subject}} if subject else {}), "examples": _lines(texts)}


def _plain_block(label: str, texts: Sequence[str]) -> dict[str, Any]:
    return {"intent": label.replace("/", SUBJECT_MARK), "examples": _lines(texts)}


def _lines(texts: Sequence[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def training_data(examples: Sequence[Labelled], pipeline: Pipeline) -> dict[str, Any]:
    """Rasa's training data of a fold."""
    grouped: dict[str, list[str]] = {}
    for text, label in examples:
        grouped.setdefault(label, []).append(text)
    return {"version": "3.1", "nlu": [pipeline.block(label, grouped[label]) for label in sorted(grouped)]}


def run_fold(pipeline: Pipeline, fold: Fold, folder: Path) -> Outcome:
    """Train and ask in two processes, so that the memory of answering is not that of training.

    Args:
        pipeline: What to run.
        fold: What to train on and to ask.
        folder: For the files; what was measured there with the very same files is not measured again.

    Raises:
        BenchFailed: when a process fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    config = {"recipe": "default.v1", "assistant_id": "bench", "language": "en", "pipeline": pipeline.components}
    files = {
        folder / "config.yml": as_yaml(config),
        folder / "examples.yml": as_yaml(training_data(fold.train, pipeline)),
        folder / "questions.json": json.dumps([text for text, _ in fold.test] + fold.outside),
    }
    if any(not path.exists() or path.read_text(encoding="utf-8") != text for path, text in files.items()):
        for result in folder.glob("*.json"):
            result.unlink()
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    config_file, examples, questions = files
    archive = folder / "model.tar.gz"
    trained = _work(pipeline, folder, "train", config_file, examples, archive)
    answered = _work(pipeline, folder, "answer", archive, questions)
    predictions = answered.pop("predictions")
    for found in predictions:
        found["label"] = found["label"].replace(SUBJECT_MARK, "/")
    return Outcome(trained, answered, predictions[: len(fold.test)], predictions[len(fold.test) :])


def as_yaml(content: dict[str, Any]) -> str:
    """As YAML in blocks: Rasa looks for its keys at the beginnings of lines, so JSON, though it is YAML, won't do."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    text = io.StringIO()
    yaml.dump(content, text)
    return text.getvalue()


def _work(pipeline: Pipeline, folder: Path, job: str, *paths: Path) -> dict[str, Any]:
    result, log = folder / f"{job}.json", folder / f"{job}.log"
    if not result.exists():
        _start(pipeline, folder, job, log, [*paths, result])
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


def _start(pipeline: Pipeline, folder: Path, job: str, log: Path, paths: Sequence[Path]) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "PYTHONHASHSEED": "0",
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            [str(pipeline.python), "-m", "bot.bench.worker", job, *map(str, paths)],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        raise BenchFailed(f"The {pipeline.name} pipeline could not {job}; the whole log is {log}. Its end:\n{last}")
