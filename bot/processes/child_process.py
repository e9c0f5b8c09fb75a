"""One child process: in a group of its own, dead when we are, its output in a rotated file."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

LOG_BYTES = 5 * 1024 * 1024
KEPT_LOGS = 5
LINES_SHOWN = 15
# A child's output is taken from time to time. Its pipe holds as much as a chunk, so it must not be too seldom.
CHUNK_BYTES = 64 * 1024
PAUSE_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1


class ChildProcess:
    """A running command. Start it from the main thread: on Linux it dies with the thread that made it."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], log_path: Path) -> None:
        """Start the command."""
        self.log_path = log_path
        self._last: deque[str] = deque(maxlen=LINES_SHOWN)
        log_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches us alone, and we stop the children in order.
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
        assert self._process.stdout is not None
        self._writer = threading.Thread(target=self._write_log, args=(self._process.stdout,), daemon=True)
        self._writer.start()

    @property
    def pid(self) -> int:
        """The process's id, which is its group's too."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._process.poll()

    def last_lines(self) -> str:
        """What it wrote last."""
        self._writer.join(1)
        return "\n".join(self._last)

    def ask_to_stop(self) -> None:
        """Tell the process to end."""
        self._signal(signal.SIGTERM)

    def stop(self, seconds: float) -> None:
        """Wait for the end, then end whatever is left of the process and its own children."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._writer.join(2)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    def _write_log(self, output: IO[bytes]) -> None:
        file, unfinished = None, b""
        with output:
            while written := os.read(output.fileno(), CHUNK_BYTES):
                *lines, unfinished = (unfinished + written).split(b"\n")
                if len(unfinished) >= CHUNK_BYTES:
                    lines, unfinished = [*lines, unfinished], b""
                file = self._keep(lines, file)
                # Several lines cost as much as one, here and where they are written: a reader that waits is woken.
                time.sleep(PAUSE_SECONDS)
            if unfinished:
                file = self._keep([unfinished], file)
        if file is not None:
            file.close()

    def _keep(self, lines: Sequence[bytes], file: IO[bytes] | None) -> IO[bytes] | None:
        """Write lines to the log; its file, None when it could not be opened."""
        self._last.extend(line.decode("utf-8", "replace").rstrip() for line in lines[-LINES_SHOWN:])
        # A full disk must not stop the service: reading goes on, or the child would block on its own output.
        with contextlib.suppress(OSError):
            if file is not None and file.tell() > LOG_BYTES:
                file.close()
                file = None
                with contextlib.suppress(OSError):
                    _rotate(self.log_path)
            file = file or _open_log(self.log_path)
            file.write(b"".join(line + b"\n" for line in lines))
        return file


def _open_log(path: Path) -> IO[bytes]:
    # Unbuffered: a line that found no room must not be written twice, nor keep the file from being closed.
    return os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "ab", buffering=0)


def _rotate(path: Path) -> None:
    for number in range(KEPT_LOGS - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    path.replace(path.with_name(f"{path.name}.1"))


def _die_with(parent: int) -> Callable[[], None] | None:
    """Lets the child be killed when its parent dies in any way, kill -9 included. Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def in_child() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            # It died before we could ask.
            os._exit(1)

    return in_child
