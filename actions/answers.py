"""Actions that answer: from the article, about its gaps, small talk, steering, and what was not understood."""

from __future__ import annotations

from actions.base import TurnAction


class ActionAnswer(TurnAction):
    """Answers questions from the article's own sentences."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_answer"


class ActionNotCovered(TurnAction):
    """Says openly that the article does not answer a question."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_not_covered"


class ActionSmallTalk(TurnAction):
    """Replies to small talk and to what lies outside."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_small_talk"


class ActionSteer(TurnAction):
    """Follows wishes about the chat itself: help, start over, yes, no, more."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_steer"


class ActionChoice(TurnAction):
    """Follows a choice that was offered as a button."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_choice"


class ActionClarify(TurnAction):
    """Asks which of a few topics is meant, or says that nothing was understood."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_clarify"


class ActionDefaultFallback(TurnAction):
    """Answers where Rasa has no rule for what came; takes the place of Rasa's silent default."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_default_fallback"
