"""One job at a time; what ends badly is said, not left running for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.curation.jobs import Busy, Job, Jobs
from bot.curation.trial import compare
from bot.publication_watch import is_running
from tests.integration.gateway_serving import wait_until


def kept(jobs: Jobs, now: datetime, **more: object) -> Job:
    job = replace(Job(1, "tests", "ana", now.isoformat()), **more)
    jobs.keep(job)
    return job


def sleeping(*words: str) -> subprocess.Popen[bytes]:
    """A process with these words at the end of its command line."""
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", *words], start_new_session=True)


def test_another_process_that_has_the_number_of_one_long_gone_is_left_alone(tmp_path: Path, now: datetime):
    jobs, other = Jobs(tmp_path), sleeping()
    kept(jobs, now, pid=other.pid)

    assert "failed" == jobs.get(1).state
    jobs.stop(1)

    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_job_whose_process_is_gone_has_failed(tmp_path: Path, now: datetime):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    kept(Jobs(tmp_path), now, pid=ended.pid)

    assert ("failed", False) == (Jobs(tmp_path).get(1).state, Jobs(tmp_path).get(1).is_running)


def test_a_second_job_waits_for_the_first(tmp_path: Path, now: datetime):
    jobs = Jobs(tmp_path)
    running = sleeping("bot.commands.work", str(jobs.place(1)))
    kept(jobs, now, pid=running.pid)

    with pytest.raises(Busy, match="tests of ana is running"):
        jobs.start("tests", "bea", now)

    jobs.stop(1)
    assert -15 == running.wait(10)
    assert "stopped" == jobs.get(1).state


def test_a_job_that_cannot_do_its_work_says_so_and_shows_its_log(tmp_path: Path, now: datetime):
    jobs = Jobs(tmp_path)
    (tmp_path / "bot").symlink_to(Path(__file__).parents[3] / "bot")

    job = jobs.start("story", "ana", now, {"name": "x"})
    wait_until(lambda: not jobs.get(job.id).is_running, 120)

    assert "failed" == jobs.get(job.id).state
    assert "turns.json" in jobs.log(job.id)
    wait_until(lambda: not is_running(job.pid))


WORDS = {"turns.json": [{"text": "my back hurts"}]}


def kept_words(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and "my back hurts" in path.read_text("utf-8")]


def test_what_patients_wrote_is_gone_when_a_job_has_failed(tmp_path: Path, now: datetime):
    """There is no model in this folder."""
    jobs = Jobs(tmp_path)
    (tmp_path / "bot").symlink_to(Path(__file__).parents[3] / "bot")

    job = jobs.start("story", "ana", now, {"name": "x"}, WORDS)
    wait_until(lambda: not jobs.get(job.id).is_running, 120)
    wait_until(lambda: not is_running(job.pid))

    assert ("failed", []) == (jobs.get(job.id).state, kept_words(tmp_path))


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_what_patients_wrote_is_gone_when_a_job_was_ended(tmp_path: Path, now: datetime, how: str):
    """Its work takes a minute."""
    jobs = Jobs(tmp_path)
    (tmp_path / "bot" / "commands").mkdir(parents=True)
    (tmp_path / "bot" / "__init__.py").touch()
    (tmp_path / "bot" / "commands" / "__init__.py").touch()
    (tmp_path / "bot" / "commands" / "work.py").write_text("import time; time.sleep(60)")
    job = jobs.start("story", "ana", now, {"name": "x"}, WORDS)
    assert ["turns.json"] == kept_words(tmp_path)

    if how == "stopped":
        jobs.stop(job.id)
    else:
        os.killpg(job.pid, signal.SIGKILL)
        wait_until(lambda: not jobs.get(job.id).is_running)

    assert [] == kept_words(tmp_path)
    wait_until(lambda: not is_running(job.pid))


def reply(kind: str, tier: str | None = None) -> dict[str, object]:
    return {"kind": kind, "topics": [], "tier": tier, "rules": [], "sources": [], "buttons": [], "text": "x"}


def test_a_candidate_that_sees_less_danger_stands_first():
    before = {"a": [[reply("answer")]], "b": [[reply("emergency", "emergency")], [reply("answer")]]}
    after = {"a": [[reply("clarify")]], "b": [[reply("answer")], [reply("answer")]]}
    trial = {"stories": {"s": []}, "rates": {"r": (9, 10)}}

    compared = compare({**trial, "stored": before}, {"stories": {"s": [{}]}, "rates": {"r": (8, 10)}, "stored": after})

    assert [("b", 0, True), ("a", 0, False)] == [(c.conversation, c.number, c.milder) for c in compared.changed]
    assert (("s",), (), 3) == (compared.broken, compared.mended, compared.stored)
    assert (9, 10, 8, 10) == compared.rates["r"]


def test_a_job_that_cannot_be_started_leaves_nothing_that_others_would_wait_for(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    jobs = Jobs(tmp_path)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Jobs, "_begin", full)
    with pytest.raises(OSError, match="No space"):
        jobs.start("story", "ana", now, {"name": "x"}, WORDS)

    assert ([], []) == (jobs.all, kept_words(tmp_path))


def test_a_job_whose_start_was_broken_off_holds_up_no_other_and_can_be_ended(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    """The console was killed before the job had a process."""
    jobs = Jobs(tmp_path)
    monkeypatch.setattr(Jobs, "_begin", lambda *_: os.getpid())
    kept(jobs, now)

    second = jobs.start("tests", "bea", now)
    jobs.stop(1)

    assert (2, "stopped") == (second.id, jobs.get(1).state)
