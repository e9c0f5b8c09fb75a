"""`python -m bot.commands.work FOLDER`: the process behind one job of the console (`bot.curation.jobs`)."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.atomic_file import write_whole
from bot.curation import model_cards
from bot.curation.jobs import Job, Jobs
from bot.curation.minimising import minimise
from bot.curation.stories import Said, expected_of, story_text
from bot.curation.working_copy import WorkingCopy
from bot.model_files import model_path

# Patients' answers come first on a machine that does both.
NICENESS = 15
_LOOK_SECONDS = 1.0


class WorkFailed(RuntimeError):
    """A step failed; the log says more."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do the job of a folder."""
    place = Path((argv or sys.argv[1:])[0]).resolve()
    os.nice(NICENESS)
    _end_with(os.getppid())
    jobs = Jobs(Path.cwd())
    job = jobs.get(int(place.name))
    try:
        result = _WORK[job.kind](jobs, job)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", flush=True)
        message = str(error) if isinstance(error, WorkFailed) else f"{type(error).__name__}; its log says more."
        jobs.report(job.id, state="failed", message=message)
        return 1
    finally:
        jobs.take_away(job.id)
    write_whole(place / "result.json", json.dumps(result, ensure_ascii=False), 0o600)
    jobs.report(job.id, state="done", stage="")
    return 0


def _end_with(parent: int) -> None:
    """End when the console does: it runs in a group of its own, which nobody would stop then."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os.killpg(os.getpid(), signal.SIGTERM)

    if os.getpgid(0) == os.getpid():
        threading.Thread(target=look, daemon=True).start()


def _whole(jobs: Jobs, job: Job) -> Path:
    return WorkingCopy(jobs.project).materialise(jobs.place(job.id) / "project")


def _run(jobs: Jobs, job: Job, project: Path, *command: str) -> None:
    """Run a module in a project, its own code before any that is installed."""
    environment = {**os.environ, "PYTHONPATH": str(project), "RASA_TELEMETRY_ENABLED": "false"}
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=project, env=environment)
    progress = jobs.place(job.id) / "trial.json"
    while process.poll() is None:
        time.sleep(0.2)
        if progress.exists():
            told = json.loads(progress.read_text("utf-8"))
            progress.unlink()
            jobs.report(job.id, **told)
    if process.returncode != 0:
        raise WorkFailed(f"{' '.join(command[:2])} failed; the log says why.")


def _trial(jobs: Jobs, job: Job, project: Path, tests: Path, sets: str, name: str, only: str = "") -> dict[str, Any]:
    place = jobs.place(job.id)
    out = place / f"{name}.json"
    options = ["--tests", str(tests), "--sets", sets, "--out", str(out), "--progress", str(place / "trial.json")]
    if only:
        options += ["--only", only]
    stored = jobs.given(job.id) / "stored.json"
    if stored.exists():
        options += ["--stored", str(stored)]
    _run(jobs, job, project, "bot.commands.trial", *options)
    return dict(json.loads(out.read_text("utf-8")))


def _candidate(jobs: Jobs, job: Job) -> dict[str, Any]:
    """Train a model from the working copy and compare it with the one that serves."""
    if not os.access(jobs.project / "models", os.W_OK):
        raise WorkFailed("models/ cannot be written here: train where content is made, and deploy it from there.")
    jobs.report(job.id, stage="training", done=0, total=0)
    project = _whole(jobs, job)
    began = time.monotonic()
    _run(jobs, job, project, "bot.cli", "train")
    model = model_path(project)
    seconds = round(time.monotonic() - began)
    sets = str(job.arguments.get("sets", "stories,safety,rated,stored"))
    if not model_path(jobs.project).exists():
        jobs.report(job.id, stage="training the current content", done=0, total=0)
        _run(jobs, job, jobs.project, "bot.cli", "train")
    candidate = _trial(jobs, job, project, project, sets, "candidate")
    jobs.report(job.id, stage="the same with the current model", done=0, total=0)
    current = _trial(jobs, job, jobs.project, project, sets, "current")
    model_cards.write(jobs.project, model.name, job, seconds, project, candidate)
    return {"model": model.name, "seconds": seconds, "current": current, "candidate": candidate}


def _tests(jobs: Jobs, job: Job) -> dict[str, Any]:
    """Run the conversation tests of the working copy; with the model of its content when there is one."""
    jobs.report(job.id, stage="loading the model", done=0, total=0)
    project = _whole(jobs, job)
    trained = model_path(project).exists()
    runs_in = project if trained else jobs.project
    trial = _trial(jobs, job, runs_in, project, "stories", "tests", str(job.arguments.get("only", "")))
    return {**trial, "model": model_path(runs_in).name, "with_candidate": trained}


def _story(jobs: Jobs, job: Job) -> dict[str, Any]:
    """Shorten a conversation and write it as a test."""
    from bot.commands.local_agent import LocalAgent

    turns: list[dict[str, Any]] = json.loads((jobs.given(job.id) / "turns.json").read_text("utf-8"))
    jobs.report(job.id, stage="loading the model", done=0, total=0)
    agent = LocalAgent(model_path(jobs.project))
    tried = 0

    async def run(said: Sequence[Mapping[str, Any]]) -> list[Said]:
        identity = f"story-{uuid.uuid4().hex}"
        return [await agent.say(turn["text"], identity, turn.get("payload")) for turn in said]

    async def last(said: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        nonlocal tried
        tried += 1
        jobs.report(job.id, stage="leaving out what does not matter", done=tried, total=0)
        return (await run(said))[-1].replies

    async def work() -> dict[str, Any]:
        kept = await minimise(turns, last)
        answered = await run(kept)
        described = [{"user": said.text, **expected_of(said.replies)} for said in answered]
        name = str(job.arguments["name"])
        return {
            "turns": described,
            "said": [[_plain(reply) for reply in said.replies] for said in answered],
            "steps": story_text(name, described, answered),
            "dropped": len(turns) - len(kept),
            "runs": tried,
        }

    return asyncio.run(work())


def _plain(reply: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": str(reply["kind"]), "topics": list(reply["topics"]), "tier": reply["tier"], "text": reply["text"]}


_WORK = {"candidate": _candidate, "tests": _tests, "story": _story}

if __name__ == "__main__":
    sys.exit(main())
