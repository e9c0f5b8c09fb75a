"""Where an answer ends and a question back begins, by how sure the classifier is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Thresholds:
    """Where an answer ends and a question back begins.

    Attributes:
        refuse_below: A text less likely known than this is refused...
        refuse_below_beside_own: ...or than this, where the data has out-of-scope examples of its own: they catch most
            of what is off topic, and only what is like nothing at all is left to refuse (decision 0048).
        accept_known: From here on the best label may be taken without asking...
        accept_confidence: ...when it is at least this likely.
    """

    refuse_below: float = 0.3
    accept_known: float = 0.3
    accept_confidence: float = 0.6
    refuse_below_beside_own: float = 0.2

    @classmethod
    def configured(cls, config: Mapping[str, Any]) -> Thresholds:
        """Those that the settings of the classifier name; the defaults for the rest."""
        return cls(**{field.name: float(config[field.name]) for field in fields(cls) if field.name in config})

    def for_labels(self, labels: Collection[str], own_out_of_scope: str) -> Thresholds:
        """The thresholds for a model of these labels, of which one may be the data's own out-of-scope examples."""
        if own_out_of_scope not in labels:
            return self
        return replace(self, refuse_below=min(self.refuse_below, self.refuse_below_beside_own))

    def decide(self, known: float, confidence: float) -> str:
        """Say "accept", "offer" or "refuse"."""
        if known < self.refuse_below:
            return "refuse"
        return "accept" if known >= self.accept_known and confidence >= self.accept_confidence else "offer"
