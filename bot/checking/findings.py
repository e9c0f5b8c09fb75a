"""What a check of the content finds: faults that stop a release, and warnings of what is overdue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.article.article import ArticleError
from bot.faults import ContentFaults, Fault

T = TypeVar("T")


@dataclass
class Findings:
    """What is wrong, and what will be."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def read(self, file: Path, reader: Callable[[], T]) -> T | None:
        """What `reader` gives; None when the file has faults, which are kept."""
        try:
            return reader()
        except ContentFaults as found:
            # The rules' faults name the file alone.
            named = ((f.file if "/" in f.file else str(file / f.file), f) for f in found.faults)
            self.faults += [Fault(name, f.key, f.problem, f.remedy) for name, f in named]
        except ArticleError as error:
            self.faults.append(
                Fault(str(file), "file", str(error).removeprefix(f"{file}: "), "mend the article's file")
            )
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            problem = f"is not built as it should be ({type(error).__name__}: {error})"
            self.faults.append(Fault(str(file), "file", problem, "compare it with the file as it was shipped"))
        return None
