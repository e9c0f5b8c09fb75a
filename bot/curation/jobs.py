"""Long work beside the console: one at a time, at low priority, with progress, a log and a result that stay."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from bot.atomic_file import write_whole

FOLDER = "var/jobs"
KEPT = 20
_WORK = "bot.commands.work"
_LAST_LINES = 40


class Busy(RuntimeError):
    """Another job runs; training twice at once would slow down the patients' answers."""

    def __init__(self, job: Job) -> None:
        """Name the job that runs."""
        super().__init__(f"{job.kind} of {job.who} is running: wait for it, or stop it")
        self.job = job


@dataclass(frozen=True)
class Job:
    """One piece of work.

    Attributes:
        id: Counts from 1.
        kind: "candidate", "tests" or "story".
        who, at: Who asked for it, and when.
        arguments: What the work needs to know; never what a patient wrote, but for text that staff have redacted.
        pid: Of its process.
        state: "running", "done", "failed" or "stopped".
        stage, done, total: How far it is.
        message: Why it failed.
    """

    id: int
    kind: str
    who: str
    at: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    pid: int = 0
    state: str = "running"
    stage: str = ""
    done: int = 0
    total: int = 0
    message: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self.state == "running"


class Jobs:
    """Starts work, and knows what became of it."""

    def __init__(self, project: Path) -> None:
        """Keep everything below `var/jobs` of the project."""
        self.project = project
        self.folder = project / FOLDER

    def start(
        self,
        kind: str,
        who: str,
        now: datetime,
        arguments: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> Job:
        """Begin.

        Args:
            kind: What is done.
            who: The account's name.
            now: The time.
            arguments: What stays with the job.
            files: What the work reads and takes away, by file name, as JSON: patients' words among them.

        Raises:
            Busy: when another job runs.
            OSError: when it cannot be started; nothing of it is kept.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.folder / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            jobs = self.all
            # Whoever starts a job holds the lock: one without a process was broken off while it was started.
            if running := next((job for job in jobs if job.is_running and job.pid), None):
                raise Busy(running)
            number = max((job.id for job in jobs), default=0) + 1
            at = now.isoformat(timespec="seconds")
            job = Job(number, kind, who, at, dict(arguments or {}))
            try:
                self.keep(job)
                for name, content in (files or {}).items():
                    write_whole(self.given(job.id) / name, json.dumps(content, ensure_ascii=False), 0o600)
                job = replace(job, pid=self._begin(job))
            except OSError:
                shutil.rmtree(self.place(job.id), ignore_errors=True)
                raise
            self._forget_old(jobs)
        return job

    def _begin(self, job: Job) -> int:
        """Start the job's process; returns its id."""
        with (self.place(job.id) / "log.txt").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", _WORK, str(self.place(job.id))],
                cwd=self.project,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        # Somebody must wait for its end, or the system goes on listing it as a process.
        threading.Thread(target=process.wait, daemon=True, name=f"job {job.id}").start()
        write_whole(self.place(job.id) / "pid", str(process.pid), 0o600)
        return process.pid

    @property
    def all(self) -> list[Job]:
        """All jobs that are kept, the newest first."""
        numbers = sorted((int(p.parent.name) for p in self.folder.glob("[0-9]*/job.json")), reverse=True)
        return [self.get(number) for number in numbers]

    def get(self, number: int) -> Job:
        """One job, as far as it is.

        Raises:
            LookupError: when it is not kept.
        """
        file = self.place(number) / "job.json"
        if not file.exists():
            raise LookupError(number)
        job = Job(**json.loads(file.read_text("utf-8")))
        with contextlib.suppress(OSError, ValueError):
            job = replace(job, pid=int((self.place(number) / "pid").read_text("ascii")))
        # Asked before its progress is read: what has ended by now has said by now how it went.
        has_ended = job.pid and not self._is_at_work(job)
        with contextlib.suppress(OSError, ValueError):
            job = replace(job, **json.loads((self.place(number) / "progress.json").read_text("utf-8")))
        if job.is_running and has_ended:
            job = replace(job, state="failed", message="It ended without a result; its log says more.")
            self.take_away(number)
        return job

    def result(self, number: int) -> dict[str, Any]:
        """What came of it; {} while there is nothing."""
        file = self.place(number) / "result.json"
        return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}

    def log(self, number: int) -> str:
        """The end of its log."""
        file = self.place(number) / "log.txt"
        text = file.read_text("utf-8", "replace") if file.exists() else ""
        return "\n".join(text.splitlines()[-_LAST_LINES:])

    def stop(self, number: int) -> None:
        """End a job and everything it started."""
        job = self.get(number)
        if job.is_running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if job.pid:
                    os.killpg(job.pid, signal.SIGTERM)
            self.take_away(number)
            self.report(number, state="stopped")

    def _is_at_work(self, job: Job) -> bool:
        """Whether the process of that number is the job's: once it has ended, the number may be anybody's."""
        try:
            words = psutil.Process(job.pid).cmdline()
        except psutil.Error:
            return False
        return _WORK in words and Path(words[-1]).name == self.place(job.id).name

    def place(self, number: int) -> Path:
        """The job's folder."""
        return self.folder / f"{number:06d}"

    def given(self, number: int) -> Path:
        """The folder of what the work was given to read, patients' words among it."""
        return self.place(number) / "given"

    def take_away(self, number: int) -> None:
        """Delete what the work was given: it is kept for no longer than the work takes, however that ends."""
        shutil.rmtree(self.given(number), ignore_errors=True)

    def keep(self, job: Job) -> None:
        """Write the job down."""
        self.place(job.id).mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self.place(job.id) / "job.json", json.dumps(asdict(job), ensure_ascii=False), 0o600)

    def report(self, number: int, **progress: str | int) -> None:
        """Say how far it is: any of state, stage, done, total, message."""
        file = self.place(number) / "progress.json"
        before: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            before = json.loads(file.read_text("utf-8"))
        write_whole(file, json.dumps({**before, **progress}, ensure_ascii=False), 0o600)

    def _forget_old(self, jobs: list[Job]) -> None:
        for job in jobs[KEPT:]:
            shutil.rmtree(self.place(job.id), ignore_errors=True)
