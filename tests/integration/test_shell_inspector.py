"""`bot shell --why`: the console's inspector as text."""

from __future__ import annotations

from bot.commands.local_agent import LocalAgent
from bot.commands.shell import explain


async def test_the_terminal_shows_what_the_console_shows(agent: LocalAgent) -> None:
    (turn,) = await agent.converse(["since yesterday I cannot control my bladder"])
    lines = list(explain(turn))
    shown = {line.split()[0] for line in lines}
    assert {"text", "intent", "segment", "finding", "fired", "decided", "reply", "slot", "time", "model"} <= shown
    assert any(line.startswith("fired") and "bladder" in line for line in lines)
    assert any("action_danger" in line for line in lines if line.startswith("decided"))
