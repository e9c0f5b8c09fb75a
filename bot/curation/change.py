"""One file that was changed and is not published yet: from what, to what, by whom, and how it reads as a patch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from bot.curation.places import needs_clinician, needs_training


@dataclass(frozen=True)
class Note:
    """Who changed something, when and why."""

    who: str
    at: str
    what: str


@dataclass(frozen=True)
class Change:
    """One changed file.

    Attributes:
        path: Relative to the project.
        base: The served text it was changed from; None for a new file.
        text: What it shall be.
        notes: The history of the change, oldest first.
        outdated: The served file has changed since, in the same lines; the change cannot be published as it is.
    """

    path: str
    base: str | None
    text: str
    notes: tuple[Note, ...]
    outdated: bool = False

    @property
    def needs_training(self) -> bool:
        """Whether it takes effect only with a newly trained model."""
        return needs_training(self.path)

    @property
    def needs_clinician(self) -> bool:
        """Whether a clinician signs it off."""
        return needs_clinician(self.path)

    @property
    def diff(self) -> str:
        """The change as `patch` and `git apply` read it."""
        old, new = (self.base or "").splitlines(keepends=True), self.text.splitlines(keepends=True)
        source = f"a/{self.path}" if self.base is not None else "/dev/null"
        return "".join(_with_last_newline(unified_diff(old, new, source, f"b/{self.path}")))

    @property
    def patch(self) -> str:
        """The change as `git apply` reads it, one file of several."""
        mode = "new file mode 100644\n" if self.base is None else ""
        return f"diff --git a/{self.path} b/{self.path}\n{mode}{self.diff}"


def _with_last_newline(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
