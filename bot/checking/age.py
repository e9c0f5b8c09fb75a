"""What of the content is due for a review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.checking.findings import Findings
from bot.faults import Fault, read_yaml
from bot.suitability.ruleset import RuleSet

_REVIEW_EVERY = timedelta(days=365)


def overdue(rules: RuleSet | None, data: Path, today: date) -> Iterator[Fault]:
    """Criteria whose review is due, and content that somebody last looked at more than a year ago."""
    for criterion in rules.overdue(today) if rules else ():
        problem, remedy = f"was due on {criterion.review_due}", "have a clinician review it and set the new days"
        yield Fault("data/suitability/criteria.yml", f"{criterion.id}.review_due", problem, remedy)
    for path in [data / "article/notes.yml", data / "clinic.yml", *sorted((data / "safety").rglob("*.yml"))]:
        for key, said in _reviews(path):
            day = _day(said)
            if said and day is None:
                yield Fault(str(path), key, f"{said!r} is no day", "write it as 2026-11-22")
            elif day and today - day > _REVIEW_EVERY:
                yield Fault(str(path), key, f"was last reviewed on {day}", "have it reviewed and write the new day")


def _reviews(path: Path) -> Iterator[tuple[str, Any]]:
    """The review days of a file; none where it has faults, which are told elsewhere."""
    if path.parent.name == "safety":  # long files: one line is enough
        head = re.search(r"^reviewed:\s*(\S+)", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
        yield "reviewed", head[1] if head else None
        return
    content = Findings().read(path, lambda: read_yaml(path))
    if not isinstance(content, dict):
        return
    clinic, notes = content.get("clinic"), content.get("notes")
    if isinstance(clinic, dict):
        yield "clinic.reviewed_on", clinic.get("reviewed_on")
    for entry in notes if isinstance(notes, list) else ():
        if isinstance(entry, dict):
            yield f"{entry.get('id')}.reviewed", entry.get("reviewed")


def _day(said: Any) -> date | None:
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None
