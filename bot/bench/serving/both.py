"""`python -m bot.bench.serving.both COMMAND COMMAND`: run two commands (JSON lists), and end both when told to stop."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading

STOP_SECONDS = 8.0


def main(commands: list[str]) -> int:
    """Run them until SIGTERM (exit status 0), or until one ends by itself (1)."""
    stopping = threading.Event()
    # Before anything is started: a signal that came first would leave it running.
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    running = [subprocess.Popen(json.loads(command)) for command in commands]
    while not stopping.wait(0.2) and all(process.poll() is None for process in running):
        pass
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return 0 if stopping.is_set() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
