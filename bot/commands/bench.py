"""`bot bench PART`: measure, and write the tables of docs/."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.project import PROJECT

# name -> what it measures. Other parts join here.
PARTS = {
    "nlu": "the product's pipeline against Rasa's stock pipeline, by cross-validation on data/nlu",
    "serve": "the running assistant under load, beside Rasa as published",
    "queues": "two engines for ordered durable work, with real servers, killed at bad moments",
    "console": "the staff console's pages at a million events, on SQLite and PostgreSQL",
    "growth": "two machines on PostgreSQL under load, while processes and the database are taken away",
}
# What the stock pipeline learns in some eight minutes a fold on one core that others want as well.
DEFAULT_EXAMPLES = 900
DEFAULT_LONGEST = 16


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Run one part, or list what there is."""
    parts = parser.add_subparsers(dest="part", metavar="PART", title="parts")
    _add_nlu(parts.add_parser("nlu", help=PARTS["nlu"], description=PARTS["nlu"]))
    _add_serve(parts.add_parser("serve", help=PARTS["serve"], description=PARTS["serve"]))
    for name in ("queues", "growth"):
        part = parts.add_parser(name, help=PARTS[name], description=PARTS[name])
        part.add_argument("--write", action="store_true", help="write the table into docs/")
        if name == "growth":
            part.add_argument("--costs", action="store_true", help="only what a message costs, with nothing taken away")
    console = parts.add_parser("console", help=PARTS["console"], description=PARTS["console"])
    console.add_argument("--events", type=_events, default=1_000_000, help="messages and replies, 1000 to two million")
    console.add_argument("--only", choices=("sqlite", "postgresql"), help="leave the other database out")
    console.add_argument("--write", action="store_true", help="write the table into docs/")
    options = parser.parse_args(argv)
    if options.part is None:
        for name, what in PARTS.items():
            print(f"bot bench {name:<8} {what}")
        return 0
    from bot.bench.document import MarkersMissing
    from bot.bench.local_servers import ServerMissing

    parts_by_name = {"nlu": _nlu, "serve": _serve, "queues": _queues, "console": _console, "growth": _growth}
    try:
        return parts_by_name[options.part](options)
    except (MarkersMissing, ServerMissing) as fault:
        print(f"bot bench {options.part}: {fault}", file=sys.stderr)
        return 1


def _console(options: argparse.Namespace) -> int:
    from bot.bench import console
    from bot.bench.document import check_markers, put_table
    from bot.bench.local_servers import Postgres

    events = options.events
    if options.write:
        check_markers(PROJECT / console.DOCUMENT, "console sqlite", "console postgresql")
    found = {}
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as folder:
        if options.only != "postgresql":
            with console.filled(f"sqlite:///{folder}/bench.db", Path(folder), events, print) as database:
                found["SQLite"] = console.measure(database, events)
        if options.only != "sqlite":
            server = Postgres()
            try:
                server.start()
                with console.filled(server.url, Path(folder), events, print) as database:
                    found["PostgreSQL"] = console.measure(database, events)
            finally:
                server.remove()
    for name, asked in found.items():
        table = console.as_table(events, {name: asked})
        print(table)
        if options.write:
            command = f"bot bench console --events {events} --only {name.lower()} --write"
            put_table(PROJECT / console.DOCUMENT, f"console {name.lower()}", command, table)
    return 0


def _queues(options: argparse.Namespace) -> int:
    from bot.bench import queues
    from bot.bench.document import check_markers, put_table
    from bot.bench.queue_runs import as_table

    if options.write:
        check_markers(PROJECT / queues.DOCUMENT, "queues")
    found = {engine: queues.measure(engine, print) for engine in ("procrastinate", "rabbitmq")}
    print(as_table(found))
    if options.write:
        put_table(PROJECT / queues.DOCUMENT, "queues", "bot bench queues --write", as_table(found))
    return 0


def _growth(options: argparse.Namespace) -> int:
    from bot.bench import costs, growth, growth_trials
    from bot.bench.cluster import running
    from bot.bench.document import check_markers, put_table
    from bot.bench.verdict import Verdict, as_table

    found: dict[str, Verdict] = {}
    command = f"bot bench growth {'--costs ' if options.costs else ''}--write"
    if options.write:
        check_markers(PROJECT / growth.DOCUMENT, "growth")
        check_markers(PROJECT / costs.DOCUMENT, "sizing")
    with running() as cluster:

        def load(trial: Callable[[growth.Progress], None]) -> Verdict:
            return growth.load(cluster, growth.VISITORS, growth.PAUSE_SECONDS, trial)

        def keep(name: str, verdict: Verdict) -> None:
            found[name] = verdict
            print(f"{name}: {verdict}", flush=True)
            if options.write and not options.costs:  # at once: a long measurement may be cut off
                put_table(PROJECT / growth.DOCUMENT, "growth", command, as_table(found))

        # Whoever comes first pays for what is loaded once.
        load(growth_trials.warm_up)
        verdict, spent = costs.measured(cluster, lambda: load(growth_trials.nothing))
        keep("nothing", verdict)
        if options.write:
            put_table(PROJECT / costs.DOCUMENT, "sizing", command, costs.as_tables(spent))
        for name, trial in growth_trials.trials(cluster).items() if not options.costs else ():
            keep(name, load(trial))
    print(as_table(found), costs.as_tables(spent), sep="\n\n")
    return 0 if all(verdict.is_whole for verdict in found.values()) else 1


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--messages", type=_count, default=600, metavar="N", help="measured messages a load (600)")
    parser.add_argument("--without-stock", action="store_true", help="measure the product alone; nothing is written")
    parser.add_argument("--write", action="store_true", help="write the tables and the plot into docs/performance.md")


def _add_nlu(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folds", type=_folds, default=2, metavar="K", help="parts the examples are dealt into (2)")
    parser.add_argument(
        "--examples",
        type=_count,
        default=DEFAULT_EXAMPLES,
        metavar="N",
        help=f"about how many in-scope examples, of each topic the same share ({DEFAULT_EXAMPLES}); 0 takes all",
    )
    parser.add_argument(
        "--longest",
        type=_count,
        default=DEFAULT_LONGEST,
        metavar="WORDS",
        help=f"leave out longer examples: they multiply the stock pipeline's training ({DEFAULT_LONGEST}); 0 takes all",
    )
    parser.add_argument("--write", action="store_true", help="write the table and the plot into docs/")
    parser.add_argument("--data", type=Path, default=PROJECT / "data" / "nlu", help="folder of the examples")
    parser.add_argument(
        "--resume", type=Path, metavar="FOLDER", help="an earlier run's folder: what it measured is not measured again"
    )


def _folds(text: str) -> int:
    number = _count(text)
    if number < 2:
        raise argparse.ArgumentTypeError("at least 2 folds are needed")
    return number


def _events(text: str) -> int:
    number = _count(text)
    if not 1000 <= number <= 2_000_000:
        raise argparse.ArgumentTypeError("give a whole number from 1000 to 2000000")
    return number


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def _nlu(options: argparse.Namespace) -> int:
    from bot.bench import nlu, nlu_report
    from bot.bench.confusion_plot import draw
    from bot.bench.document import check_markers, put_between_markers
    from bot.bench.pipelines import BenchFailed
    from bot.labelled_table import UnusableTable
    from bot.nlu.vectors.encoder_weights import WrongEncoderWeights

    document = PROJECT / "docs" / "understanding.md"
    extent = nlu.Extent(options.folds, options.examples, options.longest)
    scratch = PROJECT / "var" / "bench"
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        if options.write:
            check_markers(document, "nlu")
        folder = options.resume or Path(tempfile.mkdtemp(prefix="nlu-", dir=scratch))
        print(f"Files and logs: {folder}", file=sys.stderr)
        found = nlu.compare(options.data, extent, folder)
    except (BenchFailed, FileNotFoundError, UnusableTable, WrongEncoderWeights) as fault:
        print(f"bot bench nlu: {fault}", file=sys.stderr)
        return 1
    print(nlu_report.as_text(found))
    if options.write:
        text = put_between_markers(document.read_text(encoding="utf-8"), "nlu", nlu_report.section(found))
        document.write_text(text, encoding="utf-8")
        draw(found.held.confused, document.parent / nlu_report.PLOT)
        print(f"written: {document.relative_to(PROJECT)}, docs/{nlu_report.PLOT}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from bot.bench.document import check_markers, put_between_markers
    from bot.bench.pipelines import BenchFailed
    from bot.bench.serving import report
    from bot.bench.serving.compare import Plan, compare

    document = PROJECT / "docs" / "performance.md"
    scratch = PROJECT / "var" / "bench"
    scratch.mkdir(parents=True, exist_ok=True)
    command = f"bot bench serve --messages {options.messages} --write"
    if options.write and not options.without_stock:
        check_markers(document, "serve")
    try:
        folder = Path(tempfile.mkdtemp(prefix="serve-", dir=scratch))
        print(f"Files and logs: {folder}", file=sys.stderr)
        plan = Plan(messages=max(options.messages, max(Plan.users)))
        found = compare(
            PROJECT / "data" / "nlu",
            plan,
            folder,
            command,
            with_stock=not options.without_stock,
            say=lambda line: print(line, file=sys.stderr),
        )
        text = report.section(found)
        print(text)
        if options.write and not options.without_stock:
            page = put_between_markers(document.read_text(encoding="utf-8"), "serve", text)
            document.write_text(page, encoding="utf-8")
            report.draw(found, document.parent / report.PLOT)
            print(f"written: {document.relative_to(PROJECT)}, docs/{report.PLOT}")
    except (BenchFailed, FileNotFoundError) as fault:
        print(f"bot bench serve: {fault}", file=sys.stderr)
        return 1
    return 0
