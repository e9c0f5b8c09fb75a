"""Publishing the working copy: files replaced whole, kept before and after, undone by the same way back.

Each publication is a folder of `var/published`, with the files as they were before and after, and who published what.
It is written down before the first file is touched, so that a publication broken off half way is finished at the next.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.atomic_file import write_whole
from bot.checking.content import examine
from bot.curation.change import Change
from bot.curation.places import needs_training
from bot.curation.working_copy import WorkingCopy
from bot.faults import Fault
from bot.model_files import model_path
from bot.publication_watch import FOLDER


@dataclass(frozen=True)
class Publication:
    """One publication.

    Attributes:
        id: Counts from 1.
        who, at, note: Who published, when, and why.
        paths: The files that changed.
        created: Those of them that were new.
        signed_off: The clinician who agreed, where danger signs or rules changed.
        model: The archive's name that belongs to the content since then; "" when none was trained for it.
        undoes: The publication that this one took back; 0 for none.
        done: Whether every file was written.
    """

    id: int
    who: str
    at: str
    note: str
    paths: tuple[str, ...]
    created: tuple[str, ...] = ()
    signed_off: str = ""
    model: str = ""
    undoes: int = 0
    done: bool = False


class CannotPublish(ValueError):
    """The working copy cannot be published as it is; `reasons` says why, one line each."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the reasons apart, for a page that shows them."""
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Examined:
    """The working copy as `bot check` sees it, and the model that belongs to it.

    Attributes:
        changes: What was examined; what comes after it is not part of it.
        faults: Those of changed files first: one of them may make many in files that nobody touched.
    """

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    model: str
    trained: bool


def examined(copy: WorkingCopy, today: date) -> Examined:
    """Check the working copy as a whole project."""
    changes = tuple(copy.changes)
    with TemporaryDirectory(prefix="working-copy-") as folder:
        project = copy.materialise(Path(folder), changes)
        findings = examine(project, today)
        model = model_path(project).name
    trained = (copy.project / "models" / model).exists()
    changed = {change.path for change in changes}
    faults = tuple(sorted(findings.faults, key=lambda fault: (fault.file not in changed, fault)))
    return Examined(changes, faults, tuple(findings.warnings), model, trained)


class Publisher:
    """Publishes, undoes, and knows what was published."""

    def __init__(self, project: Path) -> None:
        """Publish into a project's folder."""
        self.project = project
        self.folder = project / FOLDER

    @property
    def history(self) -> list[Publication]:
        """All publications, the newest first."""
        found = []
        for path in sorted(self.folder.glob("[0-9]*/publication.json"), reverse=True):
            entry = json.loads(path.read_text("utf-8"))
            found.append(Publication(**{**entry, "paths": tuple(entry["paths"]), "created": tuple(entry["created"])}))
        return found

    def before(self, publication: Publication, path: str) -> str | None:
        """A file as it was before a publication; None where there was none."""
        return _text(self.folder / f"{publication.id:06d}" / "before" / path)

    def after(self, publication: Publication, path: str) -> str | None:
        """A file as it was published; None where it was taken away."""
        return _text(self.folder / f"{publication.id:06d}" / "after" / path)

    @staticmethod
    def obstacles(seen: Examined, signed_off: str = "") -> list[str]:
        """Why what was examined cannot be published now; empty when it can."""
        changes = seen.changes
        found = [] if changes else ["There is no change to publish."]
        found += [
            f"{change.path}: the served file has changed in the same lines: discard your change and make it again."
            for change in changes
            if change.outdated
        ]
        found += [f"{fault}" for fault in seen.faults]
        if any(change.needs_training for change in changes) and not seen.trained:
            found.append("The change takes effect only with a trained model: train a candidate first.")
        if any(change.needs_clinician for change in changes) and not signed_off.strip():
            found.append("Danger signs or rules change: name the clinician who has agreed.")
        return found

    def publish(self, copy: WorkingCopy, who: str, note: str, now: datetime, signed_off: str = "") -> Publication:
        """Make the working copy the served content, as it was examined: what somebody changes meanwhile stays in it.

        Raises:
            CannotPublish: when it has faults, lacks a model or a clinician's agreement, or cannot be written.
        """
        with self._locked():
            self._finish_broken_off()
            seen = examined(copy, now.date())
            if reasons := self.obstacles(seen, signed_off):
                raise CannotPublish(reasons)
            texts: dict[str, str | None] = {change.path: change.text for change in seen.changes}
            model = seen.model if seen.trained else ""
            publication = self._write(texts, who, note, now, signed_off=signed_off.strip(), model=model)
            copy.settle()
            return publication

    def undo(self, number: int, who: str, now: datetime) -> Publication:
        """Put the files back as they were before a publication.

        Raises:
            LookupError: when there is no such publication.
            CannotPublish: when one of its files has changed since.
        """
        with self._locked():
            self._finish_broken_off()
            publication = next((p for p in self.history if p.id == number), None)
            if publication is None:
                raise LookupError(number)
            since = [path for path in publication.paths if _text(self.project / path) != self.after(publication, path)]
            if since:
                raise CannotPublish([f"{path} has changed since: undo the later publication first." for path in since])
            texts = {path: self.before(publication, path) for path in publication.paths}
            return self._write(texts, who, f"undoes {number}: {publication.note}", now, undoes=number)

    def announce(self, publication: Publication) -> None:
        """Let the running processes know; they take it within a second."""
        write_whole(self.folder / "newest", f"{publication.id}\n", 0o644)

    def _write(
        self,
        texts: dict[str, str | None],
        who: str,
        note: str,
        now: datetime,
        *,
        signed_off: str = "",
        model: str = "",
        undoes: int = 0,
    ) -> Publication:
        number = max((p.id for p in self.history), default=0) + 1
        folder = self.folder / f"{number:06d}"
        served = {path: _text(self.project / path) for path in texts}
        for kind, versions in (("before", served), ("after", texts)):
            for path, text in versions.items():
                if text is not None:
                    write_whole(folder / kind / path, text)
        created = tuple(sorted(path for path, text in served.items() if text is None))
        at = now.isoformat(timespec="seconds")
        publication = Publication(number, who, at, note, tuple(sorted(texts)), created, signed_off, model, undoes)
        self._record(publication)
        return self._complete(publication)

    def _complete(self, publication: Publication) -> Publication:
        try:
            for path in publication.paths:
                text = self.after(publication, path)
                if text is None:
                    (self.project / path).unlink(missing_ok=True)
                else:
                    write_whole(self.project / path, text)
        except OSError as error:
            problem = f"{error.filename or path} cannot be written ({error.strerror}). "
            raise CannotPublish(
                [problem + "Make data/ and tests/ writable for this account and publish again."]
            ) from error
        model = publication.model
        if not model and any(needs_training(path) for path in publication.paths):
            name = model_path(self.project).name
            model = name if (self.project / "models" / name).exists() else ""
        publication = replace(publication, done=True, model=model)
        self._record(publication)
        self.announce(publication)
        return publication

    def _finish_broken_off(self) -> None:
        for publication in reversed(self.history):
            if not publication.done:
                self._complete(publication)

    def _record(self, publication: Publication) -> None:
        text = json.dumps(asdict(publication), indent=1, ensure_ascii=False)
        write_whole(self.folder / f"{publication.id:06d}" / "publication.json", text)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _text(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None
