"""A process that is started while the database is away waits for it, and says in one line when it was in vain."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.bench.local_servers import Postgres, ServerMissing
from bot.project import PROJECT
from bot.settings import SettingsError
from bot.storage.first_contact import AGAIN_SECONDS, with_patience
from tests.integration.gateway_serving import free_port, wait_until

POSTGRES = "postgresql://clinic:secretword@db.example/assistant"


def start(folder: Path, process: str, **settings: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "BOT_PORT": str(free_port()),
        "BOT_SECRET_FILE": str(folder / "s.json"),
        "BOT_LOG_DIR": str(folder),
        **settings,
    }
    command = [sys.executable, "-m", "bot.cli", "run", process]
    with (folder / "said").open("w") as said:
        return subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=said, text=True)


def lines(folder: Path) -> list[str]:
    return (folder / "said").read_text().splitlines()


@pytest.mark.parametrize("process", ["gateway", "worker"])
def test_in_vain_it_ends_with_what_where_and_what_to_do(tmp_path: Path, process: str) -> None:
    address = f"127.0.0.1:{free_port()}"
    url = f"postgresql://clinic:secretword@{address}/assistant"
    shared = {"BOT_SHARES_WORK": "on", "BOT_DATABASE_URL": url, "BOT_DATABASE_PATIENCE": "1"}

    with start(tmp_path, process, **shared) as started:
        assert 2 == started.wait(60)

    waiting, ended = lines(tmp_path)
    assert address in waiting and "waiting" in waiting
    assert all(part in ended for part in ("BOT_DATABASE_URL", address, "refused", "start it"))
    assert "secretword" not in waiting + ended


def test_a_folder_that_cannot_be_written_ends_it_at_once_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("")

    with start(tmp_path, "gateway", BOT_DATABASE_URL=f"sqlite:///{tmp_path}/no folder/a.db") as started:
        assert 2 == started.wait(60)

    (ended,) = lines(tmp_path)
    assert "BOT_DATABASE_URL" in ended and "no folder" in ended and "write" in ended


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    try:
        server = Postgres()
    except ServerMissing as missing:
        pytest.skip(str(missing))
    yield server
    server.stop()
    server.remove()


@pytest.mark.postgres
def test_it_serves_once_its_database_is_there(tmp_path: Path, postgres: Postgres) -> None:
    settings = {"BOT_DATABASE_URL": postgres.url, "BOT_DATABASE_PATIENCE": "300"}

    with start(tmp_path, "gateway", **settings) as started:
        wait_until(lambda: any("waiting" in line for line in lines(tmp_path)), 60)
        postgres.start()
        wait_until(lambda: any("conversations_expired" in line for line in lines(tmp_path)), 60)
        assert started.poll() is None
        started.terminate()


class Clock:
    """Time that passes while somebody sleeps."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_it_waits_no_longer_than_it_is_told_to_and_tries_as_long() -> None:
    clock, tried, told = Clock(), [], list[str]()

    def work() -> None:
        tried.append(clock.now)
        raise OperationalError("SELECT 1", {}, Exception("no route to host\n\tand more"))

    with pytest.raises(SettingsError) as ended:
        with_patience(POSTGRES, work, 5.0, say=told.append, sleep=clock.sleep, clock=clock)

    assert [step * AGAIN_SECONDS for step in range(len(tried))] == tried and tried[-1] == 5.0
    assert 1 == len(told) and 1 == len(str(ended.value).splitlines())
    assert "no route to host" in str(ended.value) and "and more" not in str(ended.value)


def test_what_comes_back_in_time_is_used() -> None:
    clock, failures = Clock(), [OperationalError("SELECT 1", {}, Exception("starting up"))] * 3

    def work() -> str:
        if failures:
            raise failures.pop()
        return "done"

    assert "done" == with_patience(POSTGRES, work, 5.0, say=lambda _: None, sleep=clock.sleep, clock=clock)


def test_a_locked_file_is_waited_for_and_a_missing_folder_is_not() -> None:
    clock = Clock()

    def locked() -> None:
        raise OperationalError("BEGIN", {}, Exception("database is locked"))

    def missing() -> None:
        raise FileNotFoundError(2, "No such file or directory")

    for work, waited in ((locked, 3.0), (missing, 3.0)):
        with pytest.raises(SettingsError):
            with_patience("sqlite:////data/a.db", work, 3.0, say=lambda _: None, sleep=clock.sleep, clock=clock)
        assert waited == clock.now, "the second had nothing to wait for"


@pytest.mark.parametrize(
    ("content", "said"), [(b"no database" * 500, "restore a backup"), (None, "newer version")], ids=["damaged", "newer"]
)
def test_a_file_that_this_version_cannot_use_ends_it_at_once_in_one_line(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "a.db"
    if content is None:
        with contextlib.closing(sqlite3.connect(file)) as made:
            made.executescript(
                "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('9999')"
            )
    else:
        file.write_bytes(content)

    with start(tmp_path, "gateway", BOT_DATABASE_URL=f"sqlite:///{file}") as started:
        assert 2 == started.wait(60)

    (ended,) = lines(tmp_path)
    assert "BOT_DATABASE_URL" in ended and str(file) in ended and said in ended


@pytest.mark.postgres
def test_a_user_who_may_make_no_tables_is_told_so_at_once(tmp_path: Path, postgres: Postgres) -> None:
    """As PostgreSQL 15 makes every database: anybody may connect, its owner alone may make tables."""
    postgres.start()
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE ROLE clinic LOGIN")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")

    with start(tmp_path, "gateway", BOT_DATABASE_URL=postgres.url.replace("postgres@", "clinic@")) as started:
        assert 2 == started.wait(60)

    (ended,) = lines(tmp_path)
    assert "BOT_DATABASE_URL" in ended and "permission denied" in ended and "owner" in ended
