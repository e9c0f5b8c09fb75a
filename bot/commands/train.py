"""`bot train`: train the model, unless the one for this very data is there."""

from __future__ import annotations

import argparse
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.model_files import is_whole, model_path
from bot.project import PROJECT
from bot.publication_watch import is_running

# The one that serves, candidates of the console, and those to which a publication can be undone.
_KEEP = 6


class TrainingFailed(RuntimeError):
    """Rasa could not train; the message ends with what it said last."""


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Train when needed and print the model's path."""
    parser.add_argument("--force", action="store_true", help="train even when the model is there")
    options = parser.parse_args(argv)
    try:
        path = ensure_trained(PROJECT, force=options.force)
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    print(path)
    return 0


def ensure_trained(project: Path, *, force: bool = False) -> Path:
    """The model for the data as it stands, trained now if it is not there.

    Raises:
        TrainingFailed: with Rasa's last words; the models that are there stay as they are.
    """
    path = model_path(project)
    if path.exists() and not force:
        if is_whole(path):
            return path
        print(f"{path.name} is damaged and is trained anew.", file=sys.stderr, flush=True)
    log = project / "var" / "logs" / "train.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(log.with_name("train.lock")) as has_waited:
            if not (has_waited and not force and is_whole(path)):
                _train(project, path, log)
    except OSError as error:
        remedy = "train as the user whom the project's folder belongs to"
        raise TrainingFailed(f"{error.filename or path} cannot be written ({error.strerror}): {remedy}.") from error
    return path


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[bool]:
    """Wait while another process trains; whether that was so. Two at once would take more than twice as long."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            has_waited = False
        except BlockingIOError:
            print("Another process trains already; waiting for it …", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
            has_waited = True
        yield has_waited


def _train(project: Path, path: Path, log: Path) -> None:
    started = time.monotonic()
    print("Training the model (once for each change of the data) …", file=sys.stderr, flush=True)
    _sweep(project / "models")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.rasa_entry", "train", "--fixed-model-name", f".new-{os.getpid()}"],
            cwd=project,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while not _has_ended(process):
            if sys.stderr.isatty():
                print(f"\r  {time.monotonic() - started:4.0f} s", end="", file=sys.stderr, flush=True)
    fresh = project / "models" / f".new-{os.getpid()}.tar.gz"
    if process.returncode != 0 or not fresh.exists():
        fresh.unlink(missing_ok=True)
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        raise TrainingFailed(f"Training failed; the whole log is {log}. Its end:\n{last}")
    fresh.replace(path)
    print(f"\r  trained in {time.monotonic() - started:.0f} s: {path.name}", file=sys.stderr, flush=True)
    _forget_old(path)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has, half a second from now at the latest."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.5)
    return process.returncode is not None


def _sweep(models: Path) -> None:
    """Delete what trainings left that were killed, 60 MB each."""
    for left in models.glob(".new-*.tar.gz"):
        if not is_running(int(left.name.removeprefix(".new-").removesuffix(".tar.gz"))):
            left.unlink(missing_ok=True)


def _forget_old(trained: Path) -> None:
    # A working copy's folder of models is the project's own, whose model serves: it stays, however old it is.
    models = trained.parent.resolve()
    kept = {trained.name, model_path(models.parent).name}
    archives = sorted(models.glob("assistant-*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in [p for p in archives if p.name not in kept][_KEEP - len(kept) :]:
        old.unlink(missing_ok=True)
