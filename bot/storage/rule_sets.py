"""The rule sets that assessments were made with, kept so that an old assessment can be replayed on its own rules."""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.faults import ContentFaults
from bot.storage.base import Base, Moment, insert_unless_there, table_of
from bot.suitability.loader import FILES, load
from bot.suitability.ruleset import RuleSet


class StoredRuleSet(Base):
    """One version of the suitability rules.

    Attributes:
        version: As in `assessment.version`.
        files: The content files by name, as text.
        first_seen: When an installation began to serve them.
    """

    __tablename__ = "rule_set"

    version: Mapped[str] = mapped_column(String(100), primary_key=True)
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    first_seen: Mapped[datetime] = mapped_column(Moment)


def keep(session: Session, rules: RuleSet, folder: Path, now: datetime) -> None:
    """Keep the rules that are served now, unless this version is there already.

    Args:
        session: A write session.
        rules: As they were loaded.
        folder: Where their files are.
        now: The time.
    """
    if session.get(StoredRuleSet, rules.version) is not None:
        return
    files = {name: (folder / name).read_text("utf-8") for name in FILES.values()}
    # Edited since they were loaded, they would be kept under a version that is not theirs.
    if _loaded(tuple(sorted(files.items()))).version == rules.version:
        # Processes that start at the same moment all find it missing.
        row = {"version": rules.version, "files": files, "first_seen": now}
        session.execute(insert_unless_there(table_of(StoredRuleSet)), row)


def rules_of(session: Session, version: str) -> RuleSet | None:
    """The rules of a version; None when they were never kept or this program cannot read them any more."""
    files = session.scalar(select(StoredRuleSet.files).where(StoredRuleSet.version == version))
    if files is None:
        return None
    try:
        rules = _loaded(tuple(sorted(files.items())))
    except (ContentFaults, KeyError, ValueError):
        return None
    return rules if rules.version == version else None


@lru_cache(maxsize=8)
def _loaded(files: tuple[tuple[str, str], ...]) -> RuleSet:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            (Path(folder) / name).write_text(text, "utf-8")
        return load(folder)
