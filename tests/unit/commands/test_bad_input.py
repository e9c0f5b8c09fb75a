"""What an operator gets wrong at the terminal is said in one line, before anything is begun."""

from __future__ import annotations

import argparse
import io
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

from bot import cli
from bot.commands import (
    ask,
    backup,
    bench,
    content,
    conversations,
    keys,
    messengers,
    models,
    probe,
    restore,
    serve,
    staff,
)
from bot.secret_file import load_secrets
from bot.settings import Settings
from tests.integration.gateway_serving import free_port


def run(module: object, *argv: str) -> int:
    status: int = module.run(argparse.ArgumentParser(), list(argv))  # type: ignore[attr-defined]
    return status


@pytest.fixture
def unwritable(tmp_path: Path) -> Path:
    """A folder that cannot be made: a file stands where its parent would be."""
    (tmp_path / "file").write_text("")
    return tmp_path / "file" / "folder"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    made = Settings.from_environment({}, tmp_path)
    monkeypatch.setattr(backup, "read_settings", lambda: made)
    monkeypatch.setattr(restore, "read_settings", lambda: made)
    return made


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr().err.strip()
    assert said and "\n" not in said and "Traceback" not in said
    return said


def test_questions_that_are_not_there_are_missed_before_a_training(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(ask, "ensure_trained", lambda _: pytest.fail("it trained first"))

    assert 1 == run(ask, str(tmp_path / "no-such-file"))

    assert "no-such-file" in one_line(capsys)


def test_a_file_to_restore_that_is_not_there_is_named(
    settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert 1 == run(restore, str(tmp_path / "words-1.db"))

    assert "words-1.db" in one_line(capsys)


def test_keys_that_do_not_lie_beside_the_words_are_asked_for(
    settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "words-1.db").touch()

    assert 1 == run(restore, str(tmp_path / "words-1.db"))

    said = one_line(capsys)
    assert "no such file" in said and "keys.json" in said and "--keys" in said


def test_a_folder_given_to_restore_is_told_apart_from_a_file_and_the_newest_file_in_it_named(
    settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("words-20260301T120000Z.db", "words-20260302T120000Z.db"):
        (tmp_path / name).touch()

    assert 1 == run(restore, str(tmp_path))

    assert "words-20260302T120000Z.db" in one_line(capsys)


def test_a_reader_that_has_enough_of_the_output_causes_no_trace() -> None:
    program = "import sys; from bot.cli import main; sys.exit(main(['--help']))"
    script = f"{sys.executable} -c {shlex.quote(program)} | true"

    for _ in range(3):
        done = subprocess.run(["sh", "-c", script], capture_output=True, text=True)
        assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


def test_a_backup_that_cannot_be_written_names_its_folder(
    settings: Settings, unwritable: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    database.parent.mkdir(exist_ok=True)
    database.touch()

    assert 1 == run(backup, str(unwritable))

    assert str(unwritable) in one_line(capsys)


def everything_in(folder: Path) -> dict[str, str]:
    return {
        "BOT_SECRET_FILE": str(folder / "secrets.json"),
        "BOT_DATABASE_URL": f"sqlite:///{folder}/a.db",
        "BOT_PORT": str(free_port()),
    }


def test_a_probe_leaves_nothing_behind_where_nothing_was_started_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in everything_in(tmp_path).items():
        monkeypatch.setenv(name, value)

    assert 1 == run(probe, "gateway")

    assert "secrets.json" in one_line(capsys)
    assert [] == list(tmp_path.iterdir())
    load_secrets(tmp_path / "secrets.json")
    assert 1 == run(probe, "gateway")
    assert "no answer" in one_line(capsys)


@pytest.mark.parametrize(
    "command",
    [
        (backup, "to"),
        (conversations, "list-expiring"),
        (conversations, "export", "abc"),
        (conversations, "erase", "abc"),
        (conversations, "expire"),
        (conversations, "reindex"),
        (keys, "check"),
        (staff, "list"),
        (staff, "reset", "ana"),
    ],
    ids=lambda command: " ".join(map(str, command[1:])),
)
def test_a_command_that_works_on_a_database_makes_none_for_a_mistyped_path(
    command: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module, *argv = command
    load_secrets(tmp_path / "secrets.json")
    made = Settings.from_environment(everything_in(tmp_path), tmp_path)
    monkeypatch.setattr(module, "read_settings", lambda: made)

    assert 1 == run(module, *(str(tmp_path / "to") if arg == "to" else str(arg) for arg in argv))

    assert "a.db" in one_line(capsys)
    assert ["secrets.json"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("verb", ["check", "rotate", "add", "rewrap", "drop-old", "give-up"])
def test_without_the_file_of_secrets_no_key_is_taken_for_lost(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Settings.from_environment(everything_in(tmp_path), tmp_path)
    monkeypatch.setattr(keys, "read_settings", lambda: made)
    (tmp_path / "a.db").touch()

    assert 1 == run(keys, verb)

    assert "secrets.json" in one_line(capsys)
    assert ["a.db"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("seconds", ["-3", "soon"])
def test_a_time_to_wait_that_is_none_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(probe, "gateway", f"--wait={seconds}")

    assert 2 == ended.value.code
    assert "whole number" in capsys.readouterr().err


def test_a_folder_for_logs_that_cannot_be_made_stops_the_start(unwritable: Path) -> None:
    settings = Settings.from_environment({"BOT_LOG_DIR": str(unwritable)}, unwritable.parent.parent)

    (fault,) = serve.log_folder_faults(settings)

    assert "BOT_LOG_DIR" in fault and str(unwritable) in fault


@pytest.mark.parametrize("days", ["-1", "99999999", "soon"])
def test_days_that_make_no_date_are_refused(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(conversations, "list-expiring", "--days", days)

    assert 2 == ended.value.code
    assert "whole number" in capsys.readouterr().err


@pytest.mark.parametrize("module", [content, conversations, keys, messengers, models, staff])
def test_a_command_without_its_verb_names_the_verbs(module: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(module)

    assert 2 == ended.value.code
    assert "|" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("events", ["-1", "999", "3000000", "many"])
def test_a_number_of_events_that_is_not_measured_is_refused(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(bench, "console", f"--events={events}")

    assert 2 == ended.value.code
    assert "whole number" in capsys.readouterr().err


def test_a_mistyped_setting_is_pointed_out(tmp_path: Path) -> None:
    right = {"BOT_RETENTION_DAYS": "7", "BOT_FACEBOOK_VERIFY_TOKEN": "a-word", "BOT_TRACKER_URL": "ours"}

    assert [] == serve.mistyped_settings(Settings.from_environment(right, tmp_path))

    (warning,) = serve.mistyped_settings(Settings.from_environment({**right, "BOT_RETENTION_DAY": "7"}, tmp_path))
    assert "BOT_RETENTION_DAY " in warning and "BOT_RETENTION_DAYS" in warning


def test_a_backup_is_not_restored_into_a_folder_that_cannot_be_made(
    unwritable: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = Settings.from_environment({"BOT_DATABASE_URL": f"sqlite:///{unwritable}/a.db"}, tmp_path)
    monkeypatch.setattr(restore, "read_settings", lambda: settings)
    load_secrets(settings.secret_file)
    (tmp_path / "words-1.db").touch()
    (tmp_path / "keys.json").write_text('{"format": 1, "keys": {}}')

    assert 1 == run(restore, str(tmp_path / "words-1.db"))

    assert str(unwritable) in one_line(capsys)


@pytest.mark.parametrize("typed", [b"caf\xe9\n", b'{"turns": ["\\ud83d"]}\n', b'{"turns": ["x"], "then": "\\udc00"}\n'])
def test_what_is_no_text_is_not_asked_about(
    typed: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def read_all(_: object, lines: TextIO, *, as_json: bool) -> int:
        return len(list(ask.read_lines(lines)))

    monkeypatch.setattr(ask, "ensure_trained", lambda _: Path())
    monkeypatch.setattr(ask, "LocalAgent", lambda _: None)
    monkeypatch.setattr(ask, "_answer", read_all)
    # As Python opens standard input where the locale is C.
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8", "surrogateescape"))

    assert 1 == run(ask)

    assert "bot ask" in one_line(capsys)


def test_ctrl_c_ends_a_command_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(probe, "run", interrupted)

    assert 130 == cli.main(["probe", "gateway"])
