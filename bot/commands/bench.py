"""`bot bench PART`: measure, and write the tables of docs/."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).parents[2]
# name -> what it measures. Other parts join here.
PARTS = {"nlu": "the product's pipeline against Rasa's stock pipeline, by cross-validation on data/nlu"}


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Run one part, or list what there is."""
    parts = parser.add_subparsers(dest="part", metavar="PART", title="parts")
    nlu = parts.add_parser("nlu", help=PARTS["nlu"], description=PARTS["nlu"])
    nlu.add_argument("--folds", type=_at_least_two, default=2, metavar="K", help="parts the examples are dealt into (2)")
    nlu.add_argument(
        "--examples",
        type=int,
        default=DEFAULT_EXAMPLES,
        metavar="N",
        help=f"about how many examples to take, of every topic the same share ({DEFAULT_EXAMPLES}); 0 takes all",
    )
    nlu.add_argument("--write", action="store_true", help="write the table and the plot into docs/")
    options = parser.parse_args(argv)
    if options.part is None:
        for name, what in PARTS.items():
            print(f"bot bench {name:<8} {what}")
        return 0
    typed = " ".join(["bot bench", *argv])
    return _nlu(options, typed)
