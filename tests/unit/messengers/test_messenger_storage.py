"""What the messengers rest on: the secret added to older files, tables in both directions."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from alembic import command
from sqlalchemy import inspect

from bot.secret_file import Secrets, load_secrets
from bot.storage.database import migration_config
from tests.sealing import a_database


def test_a_file_of_secrets_of_an_earlier_version_gets_the_messengers_secret_once(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"cookie_keys": ["k" * 40], "rasa": "r" * 40, "actions": "a" * 40}))
    path.chmod(0o600)
    found: list[Secrets] = []
    threads = [threading.Thread(target=lambda: found.append(load_secrets(path))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (8, 1) == (len(found), len({secrets.messengers for secrets in found}))
    assert ("r" * 40, 0o600) == (found[0].rasa, path.stat().st_mode & 0o777)
    assert ["secrets.json"] == [file.name for file in tmp_path.iterdir()]


def test_the_messengers_tables_can_be_taken_back(tmp_path: Path) -> None:
    database = a_database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    with database.engine.connect() as connection:
        config = migration_config(connection, database.vault)

        command.downgrade(config, "0001")
        assert not [name for name in inspect(connection).get_table_names() if name.startswith("messenger_")]
        command.upgrade(config, "0002")
        names = {name for name in inspect(connection).get_table_names() if name.startswith("messenger_")}
        assert {"messenger_contact", "messenger_delivery", "messenger_event"} == names
    database.close()
