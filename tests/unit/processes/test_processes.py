"""The processes of a machine by their names, as `bot run` and `bot probe` call them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.processes.parts import NAMES, busy_ports, part_of
from bot.processes.probing import fault_of
from bot.secret_file import Secrets, load_secrets
from bot.settings import Settings, SettingsError

EVERYTHING = {
    "BOT_ACTION_SERVER": "on",
    "BOT_SHARES_WORK": "on",
    "BOT_DATABASE_URL": "postgresql://nobody@127.0.0.1/nothing",
}


@pytest.fixture
def known(tmp_path: Path) -> Secrets:
    return load_secrets(tmp_path / "secrets.json")


@pytest.mark.parametrize("name", NAMES)
def test_each_process_has_a_command_where_it_is_switched_on(name: str, known: Secrets, tmp_path: Path) -> None:
    part = part_of(name, Settings.from_environment(EVERYTHING, tmp_path), known)

    assert NAMES[name] == part.name
    assert part.command


@pytest.mark.parametrize(
    ("name", "setting"), [("actions", "BOT_ACTION_SERVER"), ("worker", "BOT_SHARES_WORK"), ("console", "BOT_CONSOLE")]
)
def test_one_that_is_switched_off_is_refused_with_the_setting_to_look_at(
    name: str, setting: str, known: Secrets, tmp_path: Path
) -> None:
    settings = Settings.from_environment({"BOT_CONSOLE": "off"}, tmp_path)

    with pytest.raises(SettingsError, match=f"is switched off: .*{setting}"):
        part_of(name, settings, known)


def test_a_worker_lives_as_long_as_it_shows_life(known: Secrets, tmp_path: Path) -> None:
    settings = Settings.from_environment({**EVERYTHING, "BOT_LOG_DIR": str(tmp_path)}, tmp_path)
    worker = part_of("worker", settings, known)
    assert "it has not begun to work" == fault_of(worker, is_ready_wanted=False)

    settings.alive_file.touch()
    assert fault_of(worker, is_ready_wanted=False) is None

    os.utime(settings.alive_file, (0, 0))
    assert "no sign of life" in (fault_of(worker, is_ready_wanted=False) or "")


def test_an_address_that_is_not_this_machines_is_not_taken_for_a_busy_port(known: Secrets, tmp_path: Path) -> None:
    elsewhere = {"BOT_HOST": "192.0.2.1", "BOT_PUBLIC_URL": "https://chat.example"}

    (fault,) = busy_ports([part_of("gateway", Settings.from_environment(elsewhere, tmp_path), known)])

    assert "192.0.2.1" in fault and "correct the address" in fault
