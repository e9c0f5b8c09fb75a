"""The working copy: changed files beside the served ones, with who changed what, when and why.

It holds the changed files alone, each with the served text it began from, so that it costs nothing while nobody edits,
and so that a file which was changed below it meanwhile is merged or reported, never overwritten.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.atomic_file import write_whole
from bot.curation.change import Change, Note
from bot.curation.merging import MergeConflict, merge
from bot.curation.places import checked

# What a process needs of the project to train, check or answer from the working copy.
_COPIED = ("data", "tests/stories", "tests/cases")
_FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "pyproject.toml", "tests/__init__.py")
_LINKED = ("bot", "actions", "models", "tests/blind")


class Outdated(ValueError):
    """The file was changed elsewhere while it was being edited."""


class WorkingCopy:
    """The changes that nobody has published yet."""

    def __init__(self, project: Path, folder: Path | None = None) -> None:
        """Work on `project`, keeping the changes in `folder` (`var/working-copy` of the project by default)."""
        self.project = project
        self.folder = folder or project / "var" / "working-copy"

    def read(self, path: str) -> str:
        """The file as it stands here: changed, or as served; "" when there is none.

        Raises:
            NotForStaff: for a file that staff may not change.
        """
        change = self.change(path)
        return change.text if change else self._served(checked(path)) or ""

    def change(self, path: str) -> Change | None:
        """What was changed in a file; None when nothing."""
        path = checked(path)
        entry = self._index().get(path)
        if entry is None:
            return None
        text = (self.folder / "files" / path).read_text("utf-8")
        base_file = self.folder / "base" / path
        base = base_file.read_text("utf-8") if base_file.exists() else None
        served = self._served(path)
        notes = tuple(Note(**note) for note in entry)
        if served == base:
            return Change(path, base, text, notes)
        try:
            return Change(path, served, merge(base or "", text, served or ""), notes)
        except MergeConflict:
            return Change(path, base, text, notes, outdated=True)

    @property
    def changes(self) -> list[Change]:
        """Every changed file, by path."""
        found = (self.change(path) for path in sorted(self._index()))
        return [change for change in found if change is not None and change.text != change.base]

    def write(self, path: str, text: str, who: str, what: str, now: datetime, *, expected: str | None = None) -> None:
        """Change a file.

        Args:
            path: Relative to the project.
            text: All of its new text.
            who: The name of the account.
            what: The change in a few words.
            now: The time.
            expected: What the editor saw; another text there means that somebody else was faster.

        Raises:
            NotForStaff: for a file that staff may not change.
            Outdated: when the file is not as `expected`.
        """
        path = checked(path)
        with self._locked():
            if expected is not None and self.read(path) != expected:
                raise Outdated(f"{path} was changed by somebody else meanwhile: look at it again")
            self._put(path, text, Note(who, now.isoformat(timespec="seconds"), what))

    def edit(self, path: str, change: Callable[[str], str], who: str, what: str, now: datetime) -> None:
        """Change a file as it stands at this moment, so that what others add at the same moment stays.

        Args:
            path: Relative to the project.
            change: The new text from the present one; it must not touch the working copy itself.
            who: The name of the account.
            what: The change in a few words.
            now: The time.

        Raises:
            NotForStaff: for a file that staff may not change.
        """
        path = checked(path)
        with self._locked():
            self._put(path, change(self.read(path)), Note(who, now.isoformat(timespec="seconds"), what))

    def _put(self, path: str, text: str, note: Note) -> None:
        index = self._index()
        known = self.change(path) if path in index else None
        base = known.base if known else self._served(path)
        if text == base:
            self._drop(path, index)
            return
        if base is not None:
            write_whole(self.folder / "base" / path, base, 0o600)
        write_whole(self.folder / "files" / path, text, 0o600)
        index.setdefault(path, []).append(asdict(note))
        self._keep(index)

    def discard(self, path: str) -> bool:
        """Forget a change, and tell whether there was one; the served file was never touched.

        Raises:
            NotForStaff: for a file that staff may not change.
        """
        with self._locked():
            index = self._index()
            was_there = checked(path) in index
            self._drop(checked(path), index)
        return was_there

    def settle(self) -> None:
        """Forget the changes that are served now. One that went on meanwhile stays, as a change of what is served."""
        with self._locked():
            index = self._index()
            for path in list(index):
                change = self.change(path)
                if change is not None and change.text == change.base:
                    self._drop(path, index)

    @property
    def patch(self) -> str:
        """All changes as one file for `git apply`."""
        return "".join(change.patch for change in self.changes)

    def materialise(self, folder: Path, changes: Iterable[Change] | None = None) -> Path:
        """A whole project with the changes in it, to check, train and answer from; code and models are linked.

        Run in it, `python -m bot.…` reads the content of the working copy, because every module finds the project's
        folder from its own place.

        Args:
            folder: Where it is made.
            changes: Those to put in; all there are when not given.
        """
        for name in _COPIED:
            if (self.project / name).is_dir():
                shutil.copytree(self.project / name, folder / name, dirs_exist_ok=True)
        for name in _FILES:
            if (self.project / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.project / name, folder / name)
        for name in _LINKED:
            if (self.project / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.symlink((self.project / name).resolve(), folder / name)
        for change in self.changes if changes is None else changes:
            write_whole(folder / change.path, change.text)
        return folder

    def _served(self, path: str) -> str | None:
        file = self.project / path
        return file.read_text("utf-8") if file.is_file() else None

    def _index(self) -> dict[str, list[dict[str, str]]]:
        file = self.folder / "changes.json"
        return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}

    def _keep(self, index: dict[str, list[dict[str, str]]]) -> None:
        write_whole(self.folder / "changes.json", json.dumps(index, indent=1, ensure_ascii=False), 0o600)

    def _drop(self, path: str, index: dict[str, list[dict[str, str]]]) -> None:
        if index.pop(path, None) is not None:
            self._keep(index)
        for part in ("files", "base"):
            (self.folder / part / path).unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, whichever process it is in."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.folder / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
