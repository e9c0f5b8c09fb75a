"""`bot content`: the changes that wait to be published, what was published, and undoing it, from the terminal."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.curation.places import NotForStaff
from bot.curation.publication import CannotPublish, Publisher
from bot.curation.working_copy import WorkingCopy
from bot.project import PROJECT
from bot.publication_watch import heard


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Carry out one of changes, patch, discard, publish, history, undo."""
    commands = parser.add_subparsers(dest="do", required=True, metavar="changes|patch|discard|publish|history|undo")
    commands.add_parser("changes", help="the files that were changed, by whom and why")
    commands.add_parser("patch", help="all changes, for `git apply`")
    discard = commands.add_parser("discard", help="forget the change of a file")
    discard.add_argument("path")
    publish = commands.add_parser("publish", help="make the changes what patients are answered from")
    publish.add_argument("note", help="what changes, in a few words")
    publish.add_argument("--signed-off", default="", help="the clinician who has agreed, where danger signs change")
    commands.add_parser("history", help="what was published, the newest first, and what the processes answer from")
    undo = commands.add_parser("undo", help="take a publication back")
    undo.add_argument("number", type=int)
    options = parser.parse_args(argv)
    try:
        return _carry_out(options, WorkingCopy(PROJECT), Publisher(PROJECT))
    except (CannotPublish, NotForStaff) as error:
        print(error, file=sys.stderr)
    except LookupError:
        print(f"There is no publication {options.number}; `bot content history` shows them.", file=sys.stderr)
    return 1


def _carry_out(options: argparse.Namespace, copy: WorkingCopy, publisher: Publisher) -> int:
    now, who = datetime.now(UTC), getpass.getuser()
    if options.do == "changes":
        if not copy.changes:
            print("Nothing waits to be published.")
        for change in copy.changes:
            marks = " [needs training]" * change.needs_training + " [needs a clinician]" * change.needs_clinician
            print(f"{change.path}{marks}{' [outdated]' * change.outdated}")
            for note in change.notes:
                print(f"    {note.at[:16]}Z {note.who}: {note.what}")
    elif options.do == "patch":
        sys.stdout.write(copy.patch)
    elif options.do == "discard":
        if not copy.discard(options.path):
            print(f"{options.path} is not changed; `bot content changes` shows what is.", file=sys.stderr)
            return 1
        print(f"{options.path}: its change is forgotten.")
    elif options.do == "history":
        for process in heard(PROJECT):
            state = process.error or f"publication {process.publication or 'of the start'}"
            print(f"{process.process} ({process.pid}): {state}")
        if not publisher.history:
            print("Nothing was published from here yet.")
        for publication in publisher.history:
            print(f"{publication.id:>4} {publication.at[:16]}Z {publication.who}: {publication.note}")
    else:
        done = (
            publisher.publish(copy, who, options.note, now, options.signed_off)
            if options.do == "publish"
            else publisher.undo(options.number, who, now)
        )
        print(f"Publication {done.id}: {', '.join(done.paths)}. Running processes take it within seconds.")
    return 0
