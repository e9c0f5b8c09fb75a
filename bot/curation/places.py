"""Which files staff may change, and what a change of each asks for before patients meet it."""

from __future__ import annotations

from pathlib import PurePosixPath

# Rasa learns from these; a change of them is nothing until a model is trained.
TRAINED = ("data/nlu/", "data/rules/", "data/stories/")
# What decides about danger and suitability: a clinician signs it off.
CLINICAL = ("data/safety/", "data/suitability/", "tests/cases/")
_FOLDERS = ("data/", "tests/stories/", "tests/cases/")
_SUFFIXES = frozenset({".yml", ".md"})
# What every file system can hold as a name.
_LONGEST_NAME = 200


class NotForStaff(ValueError):
    """The path is not one of the files that staff may change."""

    def __init__(self, path: str) -> None:
        """Name the path and what is allowed."""
        super().__init__(f"{path}: only .yml and .md files of data/, tests/stories/ and tests/cases/")
        self.path = path


def checked(path: str) -> str:
    """The path as it is kept: relative, with slashes.

    Raises:
        NotForStaff: for any other file, and for a path that leaves the project.
    """
    pure = PurePosixPath(path)
    plain = pure.as_posix()
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path or plain != path:
        raise NotForStaff(path)
    is_too_long = max((len(part.encode()) for part in pure.parts), default=0) > _LONGEST_NAME or len(pure.parts) > 12
    if is_too_long or not plain.startswith(_FOLDERS) or pure.suffix not in _SUFFIXES:
        raise NotForStaff(path)
    return plain


def needs_training(path: str) -> bool:
    """Whether the change takes effect only with a newly trained model."""
    return path.startswith(TRAINED)


def needs_clinician(path: str) -> bool:
    """Whether a clinician signs the change off."""
    return path.startswith(CLINICAL)
