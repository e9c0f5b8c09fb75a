"""Content with faults is refused at the start, in lines that name file and place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
