"""`bot evaluate`: how well the product's classifier learns any labelled questions."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Hand over to `bot.evaluate`, which has its own options."""
    from bot.evaluate import main

    return main(list(argv)) or 0
