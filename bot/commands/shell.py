"""`bot shell`: talk to the assistant in the terminal and see why it says what it says."""

from __future__ import annotations

import argparse
import asyncio
import sys
import uuid
from collections.abc import Iterator, Sequence

from bot.commands.local_agent import Answered, LocalAgent
from bot.commands.train import PROJECT, TrainingFailed, ensure_trained
from bot.conversation.reply import Reply
from bot.conversation.understanding import Understanding


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Converse until the input ends or an empty line is typed twice."""
    parser.add_argument("--why", action="store_true", help="show beside each reply how the message was understood")
    options = parser.parse_args(argv)
    try:
        agent = LocalAgent(ensure_trained(PROJECT), PROJECT)
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    print("Type a message as a patient would. Ctrl-D ends. /why shows how it was understood, or hides it.")
    return asyncio.run(_converse(agent, why=options.why))


async def _converse(agent: LocalAgent, *, why: bool) -> int:
    conversation = f"shell-{uuid.uuid4().hex}"
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
    """How a turn was understood and what decided the reply, line by line."""
    understood = Understanding.from_dict(turn.parsed["understanding"])
    intent = turn.parsed["intent"]
    yield f"text     {understood.text!r} ({understood.language})"
    yield f"intent   {intent['name']} {intent['confidence']:.2f}"
    for segment in understood.segments:
        ranking = ", ".join(f"{c.label} {c.confidence:.2f}" for c in segment.candidates)
        yield f"segment  {segment.text!r}: {segment.decision}, known {segment.known:.2f}: {ranking}"
    for found in understood.findings:
        yield f"finding  {found.fact}: {found.status}, {found.subject}, {found.onset} ({found.phrase!r})"
    for reply in turn.replies:
        rules = f", rules {', '.join(reply['rules'])}" if reply["rules"] else ""
        sources = f", from {', '.join(source['id'] for source in reply['sources'])}" if reply["sources"] else ""
        tier = f", tier {reply['tier']}" if reply["tier"] else ""
        yield f"reply    {reply['kind']}: {', '.join(reply['topics']) or '-'}{tier}{rules}{sources}"
    yield "time     " + ", ".join(f"{stage} {milliseconds:g} ms" for stage, milliseconds in understood.timings)
