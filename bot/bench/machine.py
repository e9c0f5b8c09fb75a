"""The processes of one machine of several, on loopback, with a folder and an environment of their own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot.bench.ports import free_port
from bot.processes.parts import part_of
from bot.processes.probing import fault_of
from bot.project import PROJECT
from bot.secret_file import load_secrets
from bot.settings import Settings

ALL = ("actions", "rasa", "gateway", "worker")
# A Rasa that starts needs much processor time, of which a busy machine gives it little.
READY_SECONDS = 900.0
STOP_SECONDS = 40.0


class Machine:
    """One gateway, one worker, one Rasa and its action server."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        """Prepare; nothing runs yet."""
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.port, self.rasa_port, self.actions_port = free_port(), free_port(), free_port()
        self.environment = {
            **os.environ,
            "BOT_PORT": str(self.port),
            "BOT_RASA_PORT": str(self.rasa_port),
            "BOT_ACTIONS_PORT": str(self.actions_port),
            "BOT_ACTION_SERVER": "on",
            "BOT_SECRET_FILE": str(folder / "secrets.json"),
            "BOT_LOG_DIR": str(folder / "logs"),
            **environment,
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        # Those that ended without being told to, in order.
        self.ended: list[str] = []
        self._changing = threading.RLock()

    @property
    def url(self) -> str:
        """Where its gateway listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *names: str) -> None:
        """Start some of its processes, by their names for `bot run`; all when none is named."""
        for name in names or ALL:
            with self._changing, (self.folder / f"{name}.log").open("ab") as log:
                command = [sys.executable, "-m", "bot.cli", "run", name]
                self.running[name] = subprocess.Popen(
                    command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log
                )

    def restart_ended(self) -> None:
        """Start again what ended without being told to, such as a process that found no database when it started."""
        with self._changing:
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    self.ended.append(f"{self.folder.name}/{name} ({process.returncode})")
                    self.start(name)

    def wait_ready(self, *names: str) -> None:
        """Wait until processes can do their work.

        Raises:
            TimeoutError: when one cannot; the text ends with what it wrote last.
        """
        for name in names or ALL:
            try:
                wait_until(lambda name=name: self.is_ready(name), READY_SECONDS, pause=0.2)  # type: ignore[misc]
            except TimeoutError as error:
                end = (self.folder / f"{name}.log").read_text()[-2000:]
                raise TimeoutError(f"{name} is not ready:\n{end}") from error

    def is_ready(self, name: str) -> bool:
        """Whether a process can do its work, as `bot probe` finds out."""
        settings = Settings.from_environment(self.environment, PROJECT)
        part = part_of(name, settings, load_secrets(settings.secret_file))
        return fault_of(part, is_ready_wanted=name == "rasa") is None

    def kill(self, name: str) -> None:
        """`kill -9`."""
        process = self._let_go(name)
        process.kill()
        process.wait()

    def stop(self, name: str) -> int:
        """SIGTERM, and SIGKILL when it takes too long, as a service manager stops it; its exit code."""
        process = self._let_go(name)
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        process.kill()
        return process.wait()

    def end(self) -> None:
        """End whatever runs."""
        for name in list(self.running):
            self.kill(name)

    def _let_go(self, name: str) -> subprocess.Popen[bytes]:
        with self._changing:
            return self.running.pop(name)


def wait_until(condition: Callable[[], object], seconds: float, pause: float = 0.1) -> None:
    """Wait for a condition.

    Raises:
        TimeoutError: when it does not come true.
    """
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("waited in vain")
        time.sleep(pause)
