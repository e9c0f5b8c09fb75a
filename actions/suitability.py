"""Actions of the suitability check, which is a Rasa form with one slot: its outcome.

The questions, their order and the rules are `bot.suitability`'s; the form keeps the patient in the check and Rasa's
tracker keeps the answers. Each message in the form is read by `ValidateSuitabilityForm`, the next question is asked by
`ActionAskSuitabilityOutcome`, the end is told by `ActionSuitabilityResult`.
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, PatientAction, TurnAction, listen, message_of, remember, say, state_of
from bot.conversation import check_state
from bot.conversation.danger_signs import danger_question
from bot.conversation.suitability_check import next_question, result
from bot.conversation.turn import ASKING, take_turn
from bot.conversation.wording.voice import Voice
from bot.served_content import shared_content


class ActionCheckSuitability(TurnAction):
    """Begins the check with what the patient already said; the form takes over from there."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_check_suitability"


class ValidateSuitabilityForm(PatientAction):
    """Reads a message inside the check: an answer, a correction, a question in between, or a wish to stop."""

    def name(self) -> str:
        """As in domain.yml."""
        return "validate_suitability_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Take the turn; the loop ends when the check has come to a result or was stopped."""
        state, message = state_of(tracker), message_of(tracker)
        if message.id and message.id == state.handled:
            # The action that began the check has answered this very message; now the form asks its first question.
            return [remember(state)]
        turn = take_turn(shared_content(), state, message)
        say(dispatcher, *turn.replies)
        events: Events = [remember(turn.state)]
        if turn.phase != ASKING:
            events.append(SlotSet("requested_slot", None))
        return events


class ActionAskSuitabilityOutcome(PatientAction):
    """Asks the check's next question."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_ask_suitability_outcome"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask, and remember what was offered with the question."""
        state = state_of(tracker)
        if danger_question.waits(state):
            return []
        reply, state = next_question.question(Voice(shared_content(), state.turn), state)
        say(dispatcher, reply)
        return [remember(state)]


class ActionSuitabilityResult(PatientAction):
    """Tells the result once the check has come to its end; says nothing when it was stopped."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_suitability_result"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell the result and keep its tier."""
        state = state_of(tracker)
        if not check_state.finished(state):
            return []
        reply, state = result.result(Voice(shared_content(), state.turn), state)
        say(dispatcher, reply)
        return [remember(state), SlotSet("suitability_outcome", None), *listen(tracker)]
