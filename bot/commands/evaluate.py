"""`bot evaluate`: how well the product's classifier learns any labelled questions."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.labelled_table import UnusableTable
from bot.project import PROJECT


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Evaluate two tables, or without any the project's own examples by cross-validation; 0, or 2 when unusable."""
    arguments = _parse(parser, argv)
    from bot.evaluation.cross_validation import cross_validate
    from bot.evaluation.tables import evaluate_tables
    from bot.nlu.topics.topic_training import UnusableExamples
    from bot.nlu.vectors.encoder import SentenceEncoder
    from bot.nlu.vectors.encoder_graph import cached_graph
    from bot.nlu.vectors.encoder_weights import WrongEncoderWeights

    try:
        encoder = SentenceEncoder(cached_graph(arguments.encoder))
        if arguments.train:
            report = asdict(evaluate_tables(arguments.train, arguments.test, arguments.oos_label, encoder))
        else:
            print(f"Training {arguments.folds} times on {arguments.data}: minutes …", file=sys.stderr)
            report = cross_validate(arguments.data, arguments.folds, encoder)
    except (UnusableTable, UnusableExamples, WrongEncoderWeights, FileNotFoundError) as fault:
        print(f"bot evaluate: {fault}", file=sys.stderr)
        return 2
    print(json.dumps(report) if arguments.json else _as_text(report))
    return 0


def _parse(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    parser.add_argument("--train", type=Path, help="CSV with the columns text,label")
    parser.add_argument("--test", type=Path, help="CSV with the columns text,label")
    parser.add_argument("--oos-label", help="the test's label of questions that belong to no trained label")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--data", type=Path, default=PROJECT / "data" / "nlu", help="examples to cross-validate")
    parser.add_argument("--folds", type=int, default=5, help="how many parts the examples are dealt into")
    parser.add_argument("--encoder", type=Path, default=PROJECT / "models" / "encoder", help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if bool(arguments.train) != bool(arguments.test):
        parser.error("give both --train and --test, or neither")
    if arguments.folds < 2:
        parser.error("--folds takes a whole number from 2")
    return arguments


def _as_text(report: dict[str, Any]) -> str:
    lines = [f"{name:22} {'-' if value is None else value}" for name, value in report.items() if not _is_table(value)]
    for label, row in sorted(report.get("by_label", {}).items(), key=lambda item: item[1]["accuracy"]):
        lines.append(f"{row['accuracy']:6.3f}  {row['examples']:4}  {label}")
    lines.extend(f"{count:4} x  {right}  taken for  {said}" for right, said, count in report.get("confused", ()))
    return "\n".join(lines)


def _is_table(value: object) -> bool:
    return isinstance(value, dict | list)
