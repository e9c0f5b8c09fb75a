"""`bot check`: prove the content whole. Every fault at once, each with its file, key and remedy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date

from bot.checking.content import examine
from bot.project import PROJECT


def run(parser: argparse.ArgumentParser, argv: Iterable[str]) -> int:
    """Print every fault and warning; 1 when there is a fault."""
    parser.add_argument("--data", action="store_true", help="examine the training examples instead: see --data --help")
    argv = list(argv)
    if "--data" in argv:
        from bot.checking.examples import main

        argv.remove("--data")
        return main(argv) or 0
    parser.parse_args(argv)
    findings = examine(PROJECT, date.today())
    for fault in findings.faults:
        print(fault)
    for warning in findings.warnings:
        print(f"warning: {warning}")
    print(f"{len(findings.faults)} faults, {len(findings.warnings)} warnings", file=sys.stderr)
    return 1 if findings.faults else 0
