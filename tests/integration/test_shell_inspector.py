"""The assistant in a terminal: `bot ask` prints answers and nothing else, `bot shell --why` the console's inspector."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.commands.local_agent import LocalAgent
from bot.commands.shell import explain
from bot.project import PROJECT


async def test_the_terminal_shows_what_the_console_shows(agent: LocalAgent) -> None:
    (turn,) = await agent.converse(["since yesterday I cannot control my bladder"])
    lines = list(explain(turn))
    shown = {line.split()[0] for line in lines}
    assert {"text", "intent", "segment", "finding", "fired", "decided", "reply", "slot", "time", "model"} <= shown
    assert any(line.startswith("fired") and "bladder" in line for line in lines)
    assert any("action_danger" in line for line in lines if line.startswith("decided"))


def test_nothing_but_the_answer_is_printed(model: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "ask"],
        cwd=PROJECT,
        input="does it hurt?\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.startswith("> does it hurt?\n") and "designed to cause minimal discomfort" in done.stdout
    assert "" == done.stderr
