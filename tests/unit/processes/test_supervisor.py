"""The supervisor keeps the others going when one part cannot be started again, and ends when it is told to."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.processes.parts import Part
from bot.processes.supervisor import Supervisor
from bot.secret_file import Secrets
from bot.settings import Settings
from tests.integration.gateway_serving import wait_until


def test_a_part_that_cannot_be_started_again_is_tried_later_and_ends_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    missing = tmp_path / "program"
    part = Part("Rasa", (str(missing),), "127.0.0.1", 0, "", "")
    settings = Settings(base_dir=tmp_path, log_dir=tmp_path / "logs", console=False)
    supervisor = Supervisor([part], settings, Secrets(("k" * 40,), "r" * 40, "a" * 40), said.append)
    (watch,) = supervisor._watches

    supervisor._look_after(watch)
    first, watch.start_at = watch.backoff, 0.0
    missing.symlink_to(sys.executable)
    supervisor._look_after(watch)

    assert "Rasa cannot be started (No such file or directory); starting it again in 0.5 s." == said[0]
    assert 1.0 == first and watch.child is not None
    wait_until(lambda: watch.child.exit_code() is not None)
    supervisor._stop_all()


@pytest.fixture
def handlers() -> Iterator[None]:
    """Leaves the signals of the tests' own process as they were."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_the_end_of_the_terminal_stops_it_unless_nohup_has_that_ignored(tmp_path: Path, handlers: None) -> None:
    settings = Settings(base_dir=tmp_path, log_dir=tmp_path / "logs", console=False)

    def taken(before: signal.Handlers) -> bool:
        """Whether the supervisor listens to the end of the terminal, while it runs."""
        signal.signal(signal.SIGHUP, before)
        supervisor = Supervisor([], settings, Secrets(("k" * 40,), "r" * 40, "a" * 40), lambda _: None)
        supervisor._stop.make()
        assert 0 == supervisor.run()
        return signal.getsignal(signal.SIGHUP) is not before

    assert taken(signal.SIG_DFL)
    assert not taken(signal.SIG_IGN)
