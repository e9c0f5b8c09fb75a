"""Actions for danger signs."""

from __future__ import annotations

from actions.base import TurnAction


class ActionDanger(TurnAction):
    """Tells a patient with danger signs where to get help, before anything else."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_danger"
