"""What is half-written refuses the start: settings, secrets and content, in lines that name the place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.project import PROJECT


def test_content_with_a_fault_ends_the_start_of_rasa_with_its_file_and_no_traceback(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECT / "data", project / "data")
    (project / "bot").symlink_to(PROJECT / "bot")
    with (project / "data" / "phrases" / "danger.yml").open("a") as phrases:
        phrases.write("\n  half: [written")

    done = subprocess.run(
        [sys.executable, "-m", "bot.rasa_server", "run"],
        cwd=project,
        env={
            **os.environ,
            "PYTHONPATH": str(project),
            "BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}",
            "BOT_SECRET_FILE": str(tmp_path / "secrets.json"),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert 2 == done.returncode
    assert str(project / "data" / "phrases" / "danger.yml") in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", ['{"cookie_keys": ["abc', "", "[]"])
def test_half_written_secrets_refuse_the_start_with_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secrets.json"
    file.write_text(content)
    file.chmod(0o600)

    done = run(tmp_path, "gateway", BOT_SECRET_FILE=str(file))

    assert 2 == done.returncode
    assert 1 == len(done.stderr.splitlines()) and "secrets.json" in done.stderr


def test_half_written_settings_refuse_the_start_with_one_line_each(tmp_path: Path) -> None:
    done = run(tmp_path, "gateway", BOT_PORT="80a", BOT_PUBLIC_URL="https://", BOT_DATABASE_URL="postgresql")

    assert 2 == done.returncode
    assert ["BOT_DATABASE_URL", "BOT_PORT", "BOT_PUBLIC_URL"] == sorted(
        line.split("=")[0].split(":")[0] for line in done.stderr.splitlines()
    )


def run(folder: Path, process: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BOT_SECRET_FILE": str(folder / "s.json"), "BOT_LOG_DIR": str(folder), **settings}
    command = [sys.executable, "-m", "bot.cli", "run", process]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60)
