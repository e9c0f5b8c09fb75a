"""`bot …`: one command line for whoever runs, tests or measures the assistant."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# name -> (module, what it does). Modules are imported when their command runs: `bot --help` must not load Rasa.
COMMANDS = {
    "serve": ("bot.commands.serve", "train if the data changed, migrate, start everything, show the address"),
    "run": ("bot.commands.run", "run one process of a machine in the foreground, for systemd or containers"),
    "probe": ("bot.commands.probe", "ask one process of this machine whether it is alive, or ready"),
    "train": ("bot.commands.train", "train the model if the data changed"),
    "ask": ("bot.commands.ask", "answer questions from a file or standard input, through the trained model"),
    "shell": ("bot.commands.shell", "talk to the assistant in the terminal and see why it says what it says"),
    "check": ("bot.commands.check", "prove the content whole: every fault at once, with file, key and remedy"),
    "content": ("bot.commands.content", "changes that wait to be published, as a patch too; publish them, undo them"),
    "models": ("bot.commands.models", "trained models; train a candidate and compare it, activate it, roll back"),
    "evaluate": ("bot.commands.evaluate", "train and test the intent classifier on any labelled questions"),
    "bench": ("bot.commands.bench", "measure speed and memory, and write the tables of docs/"),
    "staff": ("bot.commands.staff", "accounts of the staff console: add, list, role, disable, enable, reset"),
    "conversations": ("bot.commands.conversations", "list what expires next; export, erase, expire, index anew"),
    "backup": ("bot.commands.backup", "write the database's words and keys into a folder, apart"),
    "restore": ("bot.commands.restore", "bring a backup into an empty database"),
    "keys": ("bot.commands.keys", "check and change the master keys that seal what patients said"),
    "messengers": ("bot.commands.messengers", "check the messengers' settings, and register Telegram's webhook"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever reads the output, such as `head`, has enough of it. Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        # As a shell tells an end by Ctrl-C.
        return 130


def _run(argv: list[str]) -> int:
    names = "\n".join(f"  {name:<14} {what}" for name, (_, what) in COMMANDS.items())
    if not argv or argv[0] in ("-h", "--help"):
        print(f"usage: bot COMMAND …\n\n{names}\n\n`bot COMMAND --help` tells more.")
        return 0 if argv else 2
    if argv[0] not in COMMANDS:
        print(f"bot: there is no command {argv[0]!r}; the commands are\n{names}", file=sys.stderr)
        return 2
    module = import_module(COMMANDS[argv[0]][0])
    parser = argparse.ArgumentParser(prog=f"bot {argv[0]}", description=COMMANDS[argv[0]][1])
    status: int = module.run(parser, argv[1:])
    return status


if __name__ == "__main__":
    sys.exit(main())
