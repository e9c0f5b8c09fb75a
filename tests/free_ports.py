"""Ports for the servers of the tests, which begin to listen a while after their port was chosen."""

from __future__ import annotations

import itertools
import os
import socket

# Below the ports that the system gives to outgoing connections: one of those may be taken before the server listens.
_FIRST, _EACH, _WORKERS = 12_000, 2_500, 8
# Some servers also listen at the ports beside theirs; it shares no divisor with `_EACH`, so that every port has a turn.
_APART = 11
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
# Two runs on one machine begin at different places.
_numbers = itertools.count(os.getpid())


def free_port() -> int:
    """A port that nobody uses now, and that this run's tests are not given again for a long time."""
    for number in itertools.islice(_numbers, _EACH):
        port = _FIRST + _worker * _EACH + number * _APART % _EACH
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port for a test")
