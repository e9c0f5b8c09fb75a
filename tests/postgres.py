"""A PostgreSQL server of the tests' own."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator

import pytest

from bot.bench.local_servers import Postgres, ServerMissing


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server that runs; skips the test where there can be none."""
    try:
        server = Postgres(waits_for_disk=False)
    except (ServerMissing, subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"only SQLite is tested: {error}")
    try:
        server.start()
        yield server
    finally:
        server.remove()
