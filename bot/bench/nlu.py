"""`bot bench nlu`: the product's pipeline and Rasa's stock pipeline, trained and asked on the very same folds."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.bench.folds import Fold, Labelled, deal, thin_out
from bot.bench.held_out import cross_validate
from bot.bench.nlu_report import Comparison
from bot.bench.pipelines import Outcome, Pipeline, product, run_fold, stock
from bot.bench.scores import score
from bot.nlu.topics.topic_model import BACKGROUND
from bot.nlu.training_data import read_examples
from bot.nlu.words.normalise import normalise
from bot.project import PROJECT


@dataclass(frozen=True)
class Extent:
    """How much is measured.

    Attributes:
        folds: Parts the examples are dealt into, at least 2.
        examples: About how many in-scope examples take part; 0 for all.
        longest: Most words of an example that takes part; 0 for any. The stock pipeline pads every message of a batch
            to the longest, so a few stories multiply its training time.
    """

    folds: int
    examples: int
    longest: int


def compare(data: Path, extent: Extent, scratch: Path) -> Comparison:
    """Run both pipelines over all folds.

    Args:
        data: Folder of the examples.
        extent: How much of them.
        scratch: Where the folds' files, models and logs go; folds measured there before are not measured again.

    Raises:
        BenchFailed: when a pipeline cannot be set up or run.
        WrongEncoderWeights: when the encoder's weights are missing or not the published ones.
        FileNotFoundError: when there are no examples.
    """
    available = read_labelled(data)
    short = [(text, label) for text, label in available if not extent.longest or len(text.split()) <= extent.longest]
    examples = thin_out(short, extent.examples)
    folds = deal(examples, extent.folds)
    sides = product(), stock()
    ours, theirs = [_run(pipeline, folds, scratch) for pipeline in sides]
    return Comparison(
        command=(
            f"bot bench nlu --folds {extent.folds} --examples {extent.examples} --longest {extent.longest} --write"
        ),
        machine=machine(),
        folds=extent.folds,
        longest=extent.longest,
        examples=examples,
        available=len(available),
        product=score(folds, ours),
        stock=score(folds, theirs),
        held=cross_validate(available, extent.folds, PROJECT / "models" / "encoder"),
    )


def read_labelled(data: Path) -> list[Labelled]:
    """Every example of a topic as the product reads it, once a label.

    Raises:
        FileNotFoundError: when there are none.
    """
    found = {(normalise(e.text), e.label) for e in read_examples(data) if e.label != BACKGROUND}
    return sorted(pair for pair in found if pair[0])


def machine() -> str:
    """Where and when this runs, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    day = datetime.now(UTC).date().isoformat()
    nice = f", niceness {os.nice(0)}" if os.nice(0) else ""
    return (
        f"Measured on {day}: {os.cpu_count()} cores of {_processor()}, {memory:.0f} GiB{nice}, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}."
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "an unnamed processor"


def _run(pipeline: Pipeline, folds: list[Fold], scratch: Path) -> list[Outcome]:
    outcomes = []
    for number, fold in enumerate(folds, start=1):
        began = time.monotonic()
        sys.stderr.write(
            f"{pipeline.name}: fold {number} of {len(folds)}, {len(fold.train)} examples to learn, "
            f"{len(fold.test) + len(fold.outside)} questions … "
        )
        sys.stderr.flush()
        outcomes.append(run_fold(pipeline, fold, scratch / f"{pipeline.name}-{number}"))
        sys.stderr.write(f"{time.monotonic() - began:.0f} s\n")
    return outcomes
