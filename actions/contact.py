"""Actions that lead to a person."""

from __future__ import annotations

from actions.base import TurnAction


class ActionContact(TurnAction):
    """Says how to reach a person at the clinic."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_contact"
