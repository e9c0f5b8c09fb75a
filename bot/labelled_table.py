"""Reads labelled questions from a CSV file, and says in one line what is wrong with one."""

from __future__ import annotations

import csv
from pathlib import Path


class UnusableTable(ValueError):
    """A file that cannot be evaluated; the message is one line that says why."""


def read_table(path: Path) -> list[tuple[str, str]]:
    """The (text, label) rows of a CSV file; rows without a label are passed over.

    Raises:
        UnusableTable: when it cannot be read, lacks a column or holds no row.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
            missing = [name for name in ("text", "label") if name not in columns]
            if missing:
                raise UnusableTable(f"{path}: column {' and '.join(missing)} missing; found {sorted(columns)}")
            pairs = ((row[columns["text"]] or "", (row[columns["label"]] or "").strip()) for row in reader)
            rows = [(text, label) for text, label in pairs if label]
    except UnicodeDecodeError as fault:
        raise UnusableTable(f"{path}: byte {fault.start} is not UTF-8; save the table as UTF-8") from fault
    except OSError as fault:
        raise UnusableTable(f"{path}: {fault.strerror or fault}") from fault
    except csv.Error as fault:
        raise UnusableTable(f"{path}: line {reader.line_num}: {fault}") from fault
    if not rows:
        raise UnusableTable(f"{path}: no row has a label")
    return rows
