"""`bot ask`: answer questions in a batch through the trained model and the real actions; nothing is kept."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from io import TextIOWrapper
from typing import Any, TextIO

from bot.commands.local_agent import Answered, LocalAgent
from bot.commands.train import TrainingFailed, ensure_trained
from bot.project import PROJECT

# A check has fewer questions than this; it bounds a conversation whose answers lead nowhere.
_MOST_THEN = 30


class BadLine(ValueError):
    """A line of the input is not what `bot ask` reads."""


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Answer every line of FILE or of standard input."""
    parser.add_argument("file", nargs="?", default="-", help="questions, one a line; - for standard input")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, in and out")
    options = parser.parse_args(argv)
    if options.file == "-" and isinstance(sys.stdin, TextIOWrapper):
        # As a file is read: Python lets through here what is no text, and nothing behind it could read that.
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    try:
        # Before a training that may take minutes: a name mistyped is said at once.
        with nullcontext(sys.stdin) if options.file == "-" else open(options.file, encoding="utf-8") as lines:
            model = ensure_trained(PROJECT)
            return asyncio.run(_answer(LocalAgent(model), lines, as_json=options.json))
    except OSError as error:
        print(f"bot ask: {error.filename or options.file}: {error.strerror or error}", file=sys.stderr)
    except UnicodeDecodeError:
        name = "the input" if options.file == "-" else options.file
        print(f"bot ask: {name} is no text in UTF-8: save it as such", file=sys.stderr)
    except (BadLine, TrainingFailed) as error:
        print(f"bot ask: {error}", file=sys.stderr)
    return 1


def read_lines(lines: TextIO) -> Iterator[dict[str, Any]]:
    """Each line as {"id", "turns", "then"?}; a plain line is a conversation of one turn.

    Raises:
        BadLine: with the line's number, for JSON that is not such an object.
    """
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\r\n")
        if not line.strip():
            continue
        entry: Any = {"turns": [line]}
        if line.lstrip().startswith("{"):
            try:
                entry = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadLine(f"line {number}: not JSON ({error.msg}); write one object a line") from error
        turns = entry.get("turns")
        if not isinstance(turns, list) or not turns or not all(map(_is_text, turns)):
            raise BadLine(f"line {number}: `turns` must be a list of texts with at least one")
        if not _is_text(entry.get("then", "")):
            raise BadLine(f"line {number}: `then` must be a text")
        yield {"id": f"line-{number}", **entry}


def _is_text(value: Any) -> bool:
    """JSON can also name half a character of a pair, which is none."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


async def _answer(agent: LocalAgent, lines: TextIO, *, as_json: bool) -> int:
    for entry in read_lines(lines):
        conversation = f"ask-{uuid.uuid4().hex}"
        turns = [await agent.say(text, conversation) for text in entry["turns"]]
        if "then" in entry:
            for _ in range(_MOST_THEN):
                if not _in_check(turns[-1]):
                    break
                turns.append(await agent.say(entry["then"], conversation))
        await agent.forget(conversation)
        if as_json:
            print(json.dumps({"id": entry["id"], "turns": [as_output(turn) for turn in turns]}, ensure_ascii=False))
        else:
            _print_conversation(turns)
    return 0


def _in_check(turn: Answered) -> bool:
    return bool(turn.replies) and turn.replies[-1]["kind"] == "question"


def as_output(turn: Answered) -> dict[str, Any]:
    """One turn in the form that docs/operations.md promises to whoever measures from outside."""
    intent = turn.parsed.get("intent") or {}
    return {
        "text": turn.text,
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "topics": turn.topics,
        "replies": [
            {
                "kind": reply["kind"],
                "text": reply["text"],
                "consult_first": reply["consult_first"],
                "topic": reply["topic"],
                "sections": list(dict.fromkeys(source["section"] for source in reply["sources"])),
                "sources": [source["id"] for source in reply["sources"]],
                "tier": reply["tier"],
                "rules": reply["rules"],
                "buttons": [button["title"] for button in reply["buttons"]],
                "notes": reply["notes"],
            }
            for reply in turn.replies
        ],
    }


def _print_conversation(turns: Sequence[Answered]) -> None:
    from bot.conversation.reply import Reply

    for turn in turns:
        print(f"> {turn.text}")
        for reply in turn.replies:
            print(Reply.from_dict(reply).as_text())
        print()
