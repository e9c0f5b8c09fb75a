"""The titles that topics and subjects have in the content, for staff: ids are for files and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.console.staff_words import words
from bot.faults import ContentFaults, read_yaml

TOPICS, GAPS = ("data/article/topics.yml", "topics"), ("data/gaps.yml", "subjects")


class Titles:
    """Titles of one project, as its files have them now."""

    def __init__(self, project: Path) -> None:
        """Take the project's folder; nothing is read yet."""
        self._project = project

    def of(self, name: str | None) -> str:
        """A topic's or a subject's title; the id in words where it has none."""
        return self.topics.get(name or "") or self.gaps.get(name or "") or words(name)

    @property
    def topics(self) -> Mapping[str, str]:
        """Titles of the article's topics by id; none while the file has faults."""
        return self._read(*TOPICS)

    @property
    def gaps(self) -> Mapping[str, str]:
        """Titles of what the article is silent about, by id; none while the file has faults."""
        return self._read(*GAPS)

    def _read(self, file: str, key: str) -> Mapping[str, str]:
        path = self._project / file
        try:
            return _titles(path, key, path.stat().st_mtime_ns)
        except OSError:
            return {}


@lru_cache(maxsize=8)
def _titles(path: Path, key: str, _: int) -> Mapping[str, str]:
    try:
        return {str(entry["id"]): str(entry["title"]) for entry in read_yaml(path)[key]}
    except (ContentFaults, KeyError, TypeError):
        return {}
