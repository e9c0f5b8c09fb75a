"""`bot shell`: talk to the assistant in the terminal and see why it says what it says."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import uuid
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from typing import Any

from bot.commands.local_agent import Answered, LocalAgent
from bot.commands.train import TrainingFailed, ensure_trained
from bot.conversation.reply import Reply
from bot.project import PROJECT


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Converse until the input ends."""
    parser.add_argument("--why", action="store_true", help="show beside each reply how the message was understood")
    options = parser.parse_args(argv)
    try:
        agent = LocalAgent(ensure_trained(PROJECT))
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    print("Type a message as a patient would. Ctrl-D ends. /why shows how it was understood, or hides it.")
    return asyncio.run(_converse(agent, why=options.why))


async def _converse(agent: LocalAgent, *, why: bool) -> int:
    conversation = f"shell-{uuid.uuid4().hex}"
    if isinstance(sys.stdin, TextIOWrapper):
        # Python would hand on what is no text, which nothing behind it could read.
        sys.stdin.reconfigure(errors="replace")
    while True:
        try:
            text = input("> ")
        except (EOFError, KeyboardInterrupt):
            print()
            return 0
        if text.strip() == "/why":
            why = not why
            continue
        turn = await agent.say(text, conversation)
        for reply in turn.replies:
            print(Reply.from_dict(reply).as_text() + "\n")
        if why:
            print("\n".join(f"    {line}" for line in explain(turn)) + "\n")


def explain(turn: Answered) -> Iterator[str]:
    """The console's inspector as text: how a turn was understood and what decided the reply, line by line."""
    seen = turn.inspection
    if not seen:
        yield "nothing was kept about this turn"
        return
    yield from _understood(seen)
    for found in seen["findings"]:
        yield f"finding  {found['fact']}: {found['status']}, {found['subject']}, {found['onset']} ({found['phrase']!r})"
    for criterion in seen["criteria"]:
        words = ", ".join(repr(word["phrase"]) for word in criterion["words"]) or criterion["by"]
        yield f"fired    {criterion['id']} {criterion['item']} ({criterion['tier']}): {words}"
    steps = ", ".join(f"{step['policy'] or '-'} {step['action']}" for step in seen["steps"])
    yield f"decided  {seen['rule'] or 'no rule by name'}: {steps}"
    if seen["asked"] or seen["answered"]:
        yield f"check    answered {seen['answered'] or '-'}, asks {seen['asked'] or '-'}"
    for reply in turn.replies:
        rules = f", rules {', '.join(reply['rules'])}" if reply["rules"] else ""
        sources = f", from {', '.join(source['id'] for source in reply['sources'])}" if reply["sources"] else ""
        tier = f", tier {reply['tier']}" if reply["tier"] else ""
        yield f"reply    {reply['kind']}: {', '.join(reply['topics']) or '-'}{tier}{rules}{sources}"
    for name, value in seen["slots"].items():
        yield f"slot     {name}: {json.dumps(value, ensure_ascii=False)}"
    yield "time     " + ", ".join(f"{stage} {milliseconds:g} ms" for stage, milliseconds in seen["timings"])
    yield f"model    {seen['model']}, content {seen['content']}, rules {seen['rules_version']}"


def _understood(seen: dict[str, Any]) -> Iterator[str]:
    limits = seen["thresholds"]
    yield f"text     {seen['text']!r} ({seen['language']})"
    yield "intent   " + ", ".join(f"{row['name']} {row['confidence']:.2f}" for row in seen["ranking"])
    for segment in seen["segments"]:
        ranking = ", ".join(f"{c['label']} {c['confidence']:.2f}" for c in segment["candidates"])
        known = f"known {segment['known']:.2f} (refused below {limits['refuse_below']})"
        yield f"segment  {segment['text']!r}: {segment['decision']}, {known}: {ranking}"
    if seen["danger"]:
        yield f"danger   {seen['danger']['label']} {seen['danger']['confidence']:.2f} by the classifier"
