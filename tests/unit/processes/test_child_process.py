"""A child process goes on whatever becomes of its log."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.processes import child_process
from bot.processes.child_process import ChildProcess
from tests.integration.gateway_serving import wait_until

# Writes more than a pipe holds: a reader that has given up would leave it hanging.
TALKS = "import sys\nfor n in range(2500): print(f'line {n} ' + 'x' * 40)"


def talking(log_path: Path) -> ChildProcess:
    return ChildProcess((sys.executable, "-c", TALKS), log_path.parent, os.environ, log_path)


def ended(child: ChildProcess) -> bool:
    return child.exit_code() is not None


def test_a_log_that_cannot_be_put_aside_does_not_stop_the_child(tmp_path: Path, monkeypatch) -> None:
    """A folder stands where the oldest log should go, as a wrong owner or mode would."""
    monkeypatch.setattr(child_process, "LOG_BYTES", 100_000)
    (tmp_path / "part.log.4").write_text("older")
    (tmp_path / "part.log.5").mkdir()

    child = talking(tmp_path / "part.log")
    wait_until(lambda: ended(child), 20)

    assert 0 == child.exit_code()
    assert child.last_lines().endswith("line 2499 " + "x" * 40)
    assert 2500 == len((tmp_path / "part.log").read_text().splitlines())
    child.stop(0)


def test_a_log_that_cannot_be_opened_does_not_stop_the_child(tmp_path: Path) -> None:
    (tmp_path / "part.log").mkdir()

    child = talking(tmp_path / "part.log")
    wait_until(lambda: ended(child), 20)

    assert 0 == child.exit_code()
    assert "line 2499" in child.last_lines()
    child.stop(0)


def test_a_full_log_makes_way_for_a_new_one(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(child_process, "LOG_BYTES", 40_000)

    child = talking(tmp_path / "part.log")
    wait_until(lambda: ended(child), 20)
    child.last_lines()

    newest, *older = sorted(tmp_path.glob("part.log*"))
    assert "line 2499" in newest.read_text()
    assert "line 0 " in older[-1].read_text()
    assert 2500 == sum(len(path.read_text().splitlines()) for path in (newest, *older))
    child.stop(0)
