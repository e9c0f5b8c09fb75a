"""Trains or asks one pipeline in a process of its own, so that its time and memory can be told apart.

Runs in the product's environment and in .venv-stock alike: what it imports of ours needs no more than Rasa and
the standard library.
`python -m bot.bench.worker train CONFIG EXAMPLES ARCHIVE RESULT` or `… answer ARCHIVE QUESTIONS RESULT`.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WARM_UP = 20
FALLBACK = "nlu_fallback"


def main(argv: Sequence[str]) -> int:
    """Run one job; the result is written as JSON."""
    from bot import without_tensorflow

    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    without_tensorflow.install()
    job, *paths = argv
    jobs: dict[str, Callable[..., dict[str, Any]]] = {"train": _train, "answer": _answer}
    *inputs, result = [Path(path) for path in paths]
    found = jobs[job](*inputs)
    result.write_text(json.dumps({**found, "peak_mb": _peak_mb(), "python": sys.version.split()[0]}), encoding="utf-8")
    return 0


def _train(config: Path, examples: Path, archive: Path) -> dict[str, Any]:
    from rasa.model_training import train_nlu

    began, began_cpu = time.perf_counter(), time.process_time()
    train_nlu(str(config), str(examples), str(archive.parent), fixed_model_name=archive.name.removesuffix(".tar.gz"))
    return {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - began_cpu,
        "archive_mb": archive.stat().st_size / 1e6,
    }


def _answer(archive: Path, questions: Path) -> dict[str, Any]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(archive))
    return asyncio.run(_ask(agent, json.loads(questions.read_text(encoding="utf-8"))))


async def _ask(agent: Any, questions: Sequence[str]) -> dict[str, Any]:
    for question in questions[:WARM_UP]:
        await agent.parse_message(question)
    predictions: list[dict[str, Any]] = []
    stages: dict[str, float] = {}
    began = time.process_time()
    for question in questions:
        parsed = await agent.parse_message(question)
        predictions.append(read_prediction(parsed))
        for name, ms in (parsed.get("understanding") or {}).get("timings", ()):
            stages[name] = stages.get(name, 0.0) + ms / len(questions)
    spent = time.process_time() - began
    return {"ms": spent * 1000 / len(questions), "stages": stages, "predictions": predictions}


def read_prediction(parsed: dict[str, Any]) -> dict[str, Any]:
    """The best label, how sure it is, how likely the text is known at all, and whether it was refused.

    The product says so in its `understanding`. Rasa's own classifier knows no such score: its confidence stands for it.
    """
    if (understood := parsed.get("understanding")) is not None:
        first = understood["segments"][0]
        best = (first["candidates"] or [{"label": "", "confidence": 0.0}])[0]
        return {
            "label": best["label"],
            "confidence": best["confidence"],
            "known": first["known"],
            "refused": first["decision"] == "refuse",
        }
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    best = ranking[0] if ranking else {"name": "", "confidence": 0.0}
    return {
        "label": best["name"],
        "confidence": best["confidence"],
        "known": best["confidence"],
        "refused": parsed["intent"]["name"] == FALLBACK,
    }


def _peak_mb() -> float:
    """This program's own high-water mark; `ru_maxrss` would count what the process was before it became this one."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
