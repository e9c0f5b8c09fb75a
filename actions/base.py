"""What every action shares: reading the tracker, saying replies, and an answer even when something fails."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.conversation.answering.apology import apology
from bot.conversation.content import Content
from bot.conversation.danger_signs.only_danger import only_danger
from bot.conversation.reply import Reply
from bot.conversation.state import State
from bot.conversation.suitability_check import result
from bot.conversation.turn import ASKING, FINISHED, Message, Turn, take_turn
from bot.conversation.understanding import Understanding
from bot.conversation.wording.voice import Voice
from bot.observing import metrics
from bot.observing.logs import failure
from bot.served_content import shared_content

log = logging.getLogger(__name__)

CONVERSATION = "conversation"
FORM = "suitability_form"
LISTEN = "action_listen"
Events = list[dict[str, Any]]


class PatientAction(Action, ABC):
    """An action that talks to the patient. Whatever fails in it, the patient gets an answer."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in domain.yml."""

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say what there is to say and return the events that follow."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Act; on any failure tell of danger where the message does, else apologise with both numbers."""
        try:
            with metrics.ACTION_SECONDS.labels(self.name()).time():
                return self.act(dispatcher, tracker)
        except Exception as error:
            metrics.ACTION_FAILURES.labels(self.name()).inc()
            failure(log, "action_failed", error, action=self.name(), conversation=tracker.sender_id)
            return _say_what_still_can_be_said(dispatcher, tracker)


class TurnAction(PatientAction, ABC):
    """An action that answers the latest message as a whole and enters the check where the patient wishes it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Take the turn, say its replies, and hand over to the form when the check has begun."""
        turn = turn_of(shared_content(), tracker)
        say(dispatcher, *turn.replies)
        events: Events = [remember(turn.state)]
        if turn.phase == ASKING:
            events.append(FollowupAction(FORM))
        elif turn.phase == FINISHED:
            reply, state = result.result(Voice(shared_content(), turn.state.turn), turn.state)
            say(dispatcher, reply)
            events = [remember(state)]
        return events if turn.phase == ASKING else [*events, *listen(tracker)]


def _say_what_still_can_be_said(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """The alarm that the message calls for, whatever the action failed at; else an apology, the memory as it was."""
    try:
        understanding = message_of(tracker).understanding
        alarmed = only_danger(shared_content(), understanding, state_of(tracker)) if understanding else None
    except Exception as error:
        failure(log, "danger_not_read", error, conversation=tracker.sender_id)
        alarmed = None
    if alarmed is None:
        say(dispatcher, apology(shared_content()))
        return []
    reply, state = alarmed
    say(dispatcher, reply)
    return [remember(state)]


def listen(tracker: Tracker) -> Events:
    """All is said: Rasa need not ask its policies what comes next, which takes as long as choosing the action did.

    Inside a form they are asked, since it may have to put its question again.
    """
    return [] if (tracker.active_loop or {}).get("name") else [FollowupAction(LISTEN)]


def state_of(tracker: Tracker) -> State:
    """What this conversation remembers."""
    return State.from_dict(tracker.get_slot(CONVERSATION))


def remember(state: State) -> dict[str, Any]:
    """The event that keeps the memory."""
    event: dict[str, Any] = SlotSet(CONVERSATION, state.to_dict())
    return event


def message_of(tracker: Tracker) -> Message:
    """The latest message as `bot.conversation` reads it: understood words, or the choice behind a button."""
    latest = tracker.latest_message
    identity = str(latest.get("message_id") or "")
    for entity in latest.get("entities") or ():
        if entity.get("entity") == "choice":
            return Message(identity, payload=str(entity["value"]))
    return Message(identity, Understanding.from_dict(latest["understanding"]))


def turn_of(content: Content, tracker: Tracker) -> Turn:
    """Answer the latest message."""
    return take_turn(content, state_of(tracker), message_of(tracker))


def say(dispatcher: CollectingDispatcher, *replies: Reply) -> None:
    """Send replies: as values for the gateway, and as text for `rasa shell` and the transcript."""
    for reply in replies:
        dispatcher.utter_message(text=reply.as_text(), json_message=reply.to_dict())
