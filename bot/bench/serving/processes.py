"""Starting a server for the bench, and reading what its processes cost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.bench.pipelines import BenchFailed

READY_SECONDS = 240.0


@dataclass(frozen=True)
class Cost:
    """What a group of processes has used so far: CPU seconds, and megabytes of memory held now (RSS)."""

    cpu_seconds: float
    rss_mb: float


class Group:
    """A command and all that it starts, ended together."""

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path, named: Mapping[str, str]
    ) -> None:
        """Start the command.

        Args:
            command: What to run.
            folder: Where.
            environment: Added to this process's own.
            log: Takes what it prints.
            named: Part of a command line -> the name that the process is reported under.
        """
        self.log = log
        self._named = named
        with log.open("w", encoding="utf-8") as output:
            self._process = subprocess.Popen(
                list(command),
                cwd=folder,
                env={**os.environ, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._began = time.perf_counter()

    def wait_until(self, is_ready: Callable[[], bool]) -> float:
        """Seconds from the start until it is ready.

        Raises:
            BenchFailed: when it ends or does not get ready.
        """
        while not is_ready():
            if self._process.poll() is not None or time.perf_counter() - self._began > READY_SECONDS:
                last = "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-10:])
                raise BenchFailed(f"A server did not get ready; the whole log is {self.log}. Its end:\n{last}")
            time.sleep(0.05)
        return time.perf_counter() - self._began

    def costs(self) -> dict[str, Cost]:
        """What each named process has used; one that ended meanwhile is left out."""
        found: dict[str, Cost] = {}
        root = psutil.Process(self._process.pid)
        for process in (root, *root.children(recursive=True)):
            try:
                line = " ".join(process.cmdline())
                times = process.cpu_times()
                cost = Cost(times.user + times.system, process.memory_info().rss / 2**20)
            except psutil.NoSuchProcess:
                continue
            name = next((name for part, name in self._named.items() if part in line), "other")
            so_far = found.get(name, Cost(0.0, 0.0))
            found[name] = Cost(so_far.cpu_seconds + cost.cpu_seconds, so_far.rss_mb + cost.rss_mb)
        return found

    def stop(self) -> None:
        """End the command and whatever it has started."""
        children = psutil.Process(self._process.pid).children(recursive=True) if self._process.poll() is None else []
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
        for child in children:
            # It may end by itself at this very moment.
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        self._process.wait()


def fetch(url: str, seconds: float) -> bytes:
    """What a server of this machine answers to a GET; a proxy for the way out is not asked for it.

    Raises:
        OSError: when it does not answer with 200.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=seconds) as response:
        if response.status != 200:
            raise OSError(f"status {response.status}")
        return bytes(response.read())


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with 200."""
    try:
        fetch(url, 2)
    except OSError:
        return False
    return True
