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
from bot.commands import ask, backup, conversations, probe, restore, serve
from bot.settings import Settings


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
    assert 1 == run(backup, str(unwritable))

    assert str(unwritable) in one_line(capsys)


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


def test_a_mistyped_setting_is_pointed_out(tmp_path: Path) -> None:
    right = {"BOT_RETENTION_DAYS": "7", "BOT_FACEBOOK_VERIFY_TOKEN": "a-word", "BOT_TRACKER_URL": "ours"}

    assert [] == serve.mistyped_settings(Settings.from_environment(right, tmp_path))

    (warning,) = serve.mistyped_settings(Settings.from_environment({**right, "BOT_RETENTION_DAY": "7"}, tmp_path))
    assert "BOT_RETENTION_DAY " in warning and "BOT_RETENTION_DAYS" in warning


def test_a_backup_is_not_restored_into_a_folder_that_cannot_be_made(
    unwritable: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = {"BOT_DATABASE_URL": f"sqlite:///{unwritable}/a.db"}
    monkeypatch.setattr(restore, "read_settings", lambda: Settings.from_environment(url, tmp_path))
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
