"""`bot models`: trained models, a candidate from the working copy, and which one serves, from the terminal."""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.curation import model_cards
from bot.curation.jobs import Busy, Jobs
from bot.curation.places import needs_training
from bot.curation.publication import CannotPublish, Publication, Publisher
from bot.curation.trial import compare
from bot.curation.working_copy import WorkingCopy
from bot.project import PROJECT

_LOOK_SECONDS = 1.0


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Carry out one of list, train, activate, rollback."""
    commands = parser.add_subparsers(dest="do", required=True, metavar="list|train|activate|rollback")
    commands.add_parser("list", help="all trained models, the newest first")
    train = commands.add_parser("train", help="train a candidate from the changes, and compare it with the current one")
    train.add_argument("--quick", action="store_true", help="compare on the tests alone")
    activate = commands.add_parser("activate", help="publish the changes, which activates their model")
    activate.add_argument("--note", default="published from the terminal")
    activate.add_argument("--signed-off", default="", help="the clinician who has agreed, where danger signs change")
    commands.add_parser(
        "rollback", help="undo the newest publication that changed the model, which brings back the one before"
    )
    options = parser.parse_args(argv)
    now, who = datetime.now(UTC), getpass.getuser()
    try:
        if options.do == "list":
            return _list()
        if options.do == "train":
            return _train(who, now, "stories,safety" if options.quick else "stories,safety,rated")
        publisher = Publisher(PROJECT)
        if options.do == "activate":
            done = publisher.publish(WorkingCopy(PROJECT), who, options.note, now, options.signed_off)
        else:
            newest = next((p for p in publisher.history if _changed_the_model(p, publisher)), None)
            if newest is None:
                print(
                    "There is no publication that changed the model and is not undone yet: `bot content history` shows "
                    "all, and `bot content undo NUMBER` undoes any.",
                    file=sys.stderr,
                )
                return 1
            done = publisher.undo(newest.id, who, now)
    except (Busy, CannotPublish) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Publication {done.id}: {', '.join(done.paths)}. Running processes take it within seconds.")
    return 0


def _changed_the_model(publication: Publication, publisher: Publisher) -> bool:
    """Whether undoing it brings another model: opening hours that were published since stay as they are."""
    is_undone = publication.undoes or any(p.undoes == publication.id for p in publisher.history)
    return not is_undone and any(needs_training(path) for path in publication.paths)


def _list() -> int:
    cards = model_cards.models(PROJECT)
    if not cards:
        print("No model is trained yet: `bot train` makes one.")
    for card in cards:
        serves = "serves" if card.serves else "      "
        passed = f"{card.tests - card.failing}/{card.tests} tests" if card.tests else ""
        print(f"{card.made[:16]}Z  {serves}  {card.name}  {card.by or '-':<12} {passed}")
    return 0


def _train(who: str, now: datetime, sets: str) -> int:
    jobs = Jobs(PROJECT)
    job = jobs.start("candidate", who, now, {"sets": sets})
    stage = ""
    while (job := jobs.get(job.id)).is_running:
        if job.stage != stage:
            stage = job.stage
            print(f"  {stage} …", file=sys.stderr, flush=True)
        time.sleep(_LOOK_SECONDS)
    if job.state != "done":
        print(f"{job.message}\n{jobs.log(job.id)}", file=sys.stderr)
        return 1
    result = jobs.result(job.id)
    compared = compare(result["current"], result["candidate"])
    print(f"{result['model']}: {compared.tests - len(compared.failing)} of {compared.tests} conversation tests pass")
    for name in compared.broken:
        print(f"  passed before: {name}")
    for name, (old, of_old, new, of_new) in compared.rates.items():
        if of_old and of_new:
            print(f"  {name:<40} {old / of_old:6.1%} -> {new / of_new:6.1%}")
    return 0
