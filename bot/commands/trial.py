"""`python -m bot.commands.trial`: try the model of the project it is run in, and write what came of it as JSON."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.atomic_file import write_whole
from bot.commands.local_agent import LocalAgent
from bot.curation.safety_cases import is_right, read_cases
from bot.curation.stories import read_conversations
from bot.curation.trial import Progress, Trial, try_stored, try_stories
from bot.model_files import model_path
from bot.project import PROJECT

SETS = ("stories", "safety", "rated", "stored")
_TELL_EVERY_SECONDS = 0.3


def main(argv: Sequence[str] | None = None) -> int:
    """Try the model."""
    parser = argparse.ArgumentParser(prog="bot.commands.trial", description=__doc__)
    parser.add_argument("--tests", type=Path, default=PROJECT, help="the project whose tests are run")
    parser.add_argument("--stored", type=Path, help="stored conversations as JSON: {id: [{text, payload}]}")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--only", default="", help="the path of one conversation test")
    parser.add_argument("--progress", type=Path, help="where to say how far it is")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    wanted = options.sets.split(",")
    stored = json.loads(options.stored.read_text("utf-8")) if options.stored and "stored" in wanted else {}
    trial = asyncio.run(_try(wanted, options.tests, options.only, stored, _teller(options.progress)))
    write_whole(options.out, json.dumps(trial.to_dict(), ensure_ascii=False), 0o600)
    return 0


def _teller(path: Path | None) -> Progress:
    said = 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal said
        if path is not None and time.monotonic() - said > _TELL_EVERY_SECONDS:
            said = time.monotonic()
            write_whole(path, json.dumps({"stage": stage, "done": done, "total": total}), 0o600)

    return tell


async def _try(wanted: Sequence[str], tests: Path, only: str, stored: Mapping[str, Any], progress: Progress) -> Trial:
    progress("loading the model", 0, 0)
    agent = LocalAgent(model_path(PROJECT))
    trial = Trial()
    if "stories" in wanted:
        conversations = [test for test in read_conversations(tests) if only in ("", test.path)]
        trial.stories.update(await try_stories(conversations, agent.say, progress))
    if "safety" in wanted:
        trial.rates.update(_try_safety(tests, progress))
    if "rated" in wanted:
        trial.rates.update(await _try_rated(agent, progress))
    if "stored" in wanted:
        trial.stored.update(await try_stored(stored, agent.say, progress))
    return trial


def _try_safety(tests: Path, progress: Progress) -> dict[str, tuple[int, int]]:
    """How many of the clinicians' cases the safety net reads as they say, by kind."""
    from bot.nlu.vectors.spacy_pipeline import load_pipeline
    from bot.safety.net import SafetyNet

    nlp = load_pipeline()
    net, cases = SafetyNet(PROJECT / "data" / "safety"), list(read_cases(tests))
    right, total = Counter[str](), Counter[str]()
    for number, (case, doc) in enumerate(zip(cases, nlp.pipe(case.text for case in cases), strict=True)):
        progress("clinicians' cases", number, len(cases))
        name = f"clinicians' cases: {case.kind.replace('_', ' ')}"
        total[name] += 1
        right[name] += is_right(case.kind, [found for found in net.scan(doc) if found.fact == case.fact])
    return {name: (right[name], total[name]) for name in total}


async def _try_rated(agent: LocalAgent, progress: Progress) -> dict[str, tuple[int, int]]:
    """Messages nobody trained on, where this installation has them; only the rates leave here, so they stay unseen."""
    if str(PROJECT) not in sys.path:
        sys.path.insert(0, str(PROJECT))
    found: dict[str, tuple[int, int]] = {}
    with contextlib.suppress(ModuleNotFoundError):
        floors = importlib.import_module("tests.cases.understanding.rates")
        right, total = Counter[str](), Counter[str]()
        async for rate, is_so, _ in floors.verdicts(agent):
            progress("messages with floors", total.total(), 0)
            total[rate] += 1
            right[rate] += is_so
        found |= {f"floor: {rate}": (right[rate], total[rate]) for rate in total}
    with contextlib.suppress(ModuleNotFoundError):
        measure = importlib.import_module("tests.blind.measure")
        for number, name in enumerate(measure.MEASURES):
            progress(f"unseen messages: {name.replace('_', ' ')}", number, len(measure.MEASURES))
            for score in await measure.MEASURES[name](agent, None):
                found[f"unseen: {score.name}"] = (int(score.right), int(score.total))
    return found


if __name__ == "__main__":
    sys.exit(main())
