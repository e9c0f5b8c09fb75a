"""The messengers on PostgreSQL: taken once, answered, erased."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.storage.messenger_tables import MessengerEvent
from bot.storage.tables import Conversation, InboundMessage
from tests.integration.gateway_serving import wait_until
from tests.integration.messenger_stubs.serving import OPENING, Exchange, exchange
from tests.unit.gateway.test_storage import PROGRAMS, as_postgres


@pytest.fixture
def postgres_url() -> Iterator[str]:
    if not (PROGRAMS / "initdb").exists():
        pytest.skip("PostgreSQL's programs are not installed")
    folder = Path(f"/tmp/bot-messengers-postgres-{os.getpid()}")
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
        pytest.skip(f"PostgreSQL cannot be started here ({type(error).__name__})")
    yield f"postgresql://postgres@/postgres?host={folder}"
    as_postgres(str(PROGRAMS / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def talk(tmp_path: Path, postgres_url: str) -> Iterator[Exchange]:
    with exchange(tmp_path, "facebook", database_url=postgres_url) as running:
        yield running


def rows(talk: Exchange, table: type) -> int:
    with talk.served.services.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.postgres
def test_a_conversation_is_taken_once_answered_and_erased(talk: Exchange) -> None:
    senders = [threading.Thread(target=talk.person.say, args=("Once only", "mid-1")) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert OPENING in talk.person.wait_for(2)[0]
    talk.person.press("1")
    talk.person.wait_for(3)
    assert (2, 2) == (rows(talk, InboundMessage), rows(talk, MessengerEvent))

    talk.person.say("delete my data")

    assert "(messenger_erased)" in talk.person.wait_for(4)[3]
    wait_until(lambda: rows(talk, Conversation) == 0)
