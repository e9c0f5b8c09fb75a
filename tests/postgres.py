"""A PostgreSQL server of the tests' own, on a socket in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


def as_postgres(*command_line: str) -> None:
    # PostgreSQL refuses to run as root.
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command_line], check=True, capture_output=True, timeout=60, cwd="/")


@contextlib.contextmanager
def running_postgres(name: str) -> Iterator[tuple[str, Path]]:
    """The server's address and its folder; skips the test where there is no PostgreSQL."""
    if not (PROGRAMS / "initdb").exists():
        pytest.skip("PostgreSQL's programs are not installed: only SQLite is tested")
    folder = Path("/tmp") / f"bot-{name}-{os.getpid()}"
    folder.mkdir(mode=0o777)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    try:
        as_postgres(str(PROGRAMS / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        as_postgres(str(PROGRAMS / "pg_ctl"), "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start")
    except (subprocess.SubprocessError, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot be started here ({type(error).__name__}): only SQLite is tested")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}", folder
    finally:
        as_postgres(str(PROGRAMS / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
