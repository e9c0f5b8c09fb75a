"""One event on its way into the database: what it asks for, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from sqlalchemy.orm import Session

from bot.conversation.answering import notices
from bot.gateway import errors, requests
from bot.gateway.messengers.base import Incoming, Kind, Messenger
from bot.gateway.messengers.controls import Control, control_of
from bot.gateway.messengers.layout import split_text
from bot.gateway.messengers.person import Person
from bot.gateway.messengers.typed_choices import choice_typed
from bot.storage import choices, conversations, inbox, messengers
from bot.storage.assessments import latest_of
from bot.storage.inbox import Said
from bot.storage.schema.conversation_tables import OutboundMessage
from bot.storage.schema.messenger_tables import MessengerContact

MAX_PARTS = 4


class Pace(Enum):
    """How fast a person writes: fine, too fast and to be told so, too fast and told already."""

    FINE = 0
    TOO_FAST = 1
    TOLD = 2


@dataclass
class Taken:
    """What came of a webhook.

    Attributes:
        answer: Conversations with something for Rasa to answer.
        deliver: Conversations with something to deliver.
        erased: Conversations that are to go, and to whom it is said that they are gone.
        heard: Messages and pressed buttons that get an answer.
        lost: Replies that had been sent and did not arrive: conversation, reply, and why.
    """

    answer: set[str] = field(default_factory=set)
    deliver: set[str] = field(default_factory=set)
    erased: list[tuple[list[str], str]] = field(default_factory=list)
    heard: list[Incoming] = field(default_factory=list)
    lost: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass
class Storing:
    """Stores one event of a person; what comes of it is added to `taken`."""

    messenger: Messenger
    person: Person
    event: Incoming
    taken: Taken

    @property
    def _session(self) -> Session:
        return self.person.session

    def store(self, key: str, pace: Pace) -> None:
        """Store the event under its key. STOP and "delete my data" are heard however fast a person writes."""
        if self.event.kind is Kind.REPORT:
            self._note_loss()
            return
        contact = self.person.contact()
        is_stopped = contact is not None and contact.stopped is not None
        control = self._control(is_stopped)
        if control is Control.ERASE:
            self._erase()
        elif control is not None:
            self._steer(control, contact)
        elif pace is Pace.TOLD:
            return
        elif pace is Pace.TOO_FAST:
            self.person.say_unless_stopped(contact, self.person.words.apology("too_many"))
        elif self._is_wordless():
            self.person.say_unless_stopped(contact, self.person.words.notice(notices.TEXT_ONLY))
        else:
            self._hear(contact, key)

    def apologise(self) -> None:
        """Say that this event could not be seen to: whoever wrote waits for an answer."""
        if self.event.kind is not Kind.REPORT:
            contact = self.person.contact()
            self.person.say_unless_stopped(contact, self.person.words.apology("failed"))

    def _is_wordless(self) -> bool:
        kind = self.event.kind
        return kind is Kind.ATTACHMENT or (kind is Kind.TEXT and not requests.clean(self.event.text))

    def _note_loss(self) -> None:
        number = self.event.choice.partition(".")[0]
        outbound = self._session.get(OutboundMessage, int(number)) if number.isdecimal() and len(number) < 15 else None
        if outbound is not None and self.person.identities.delivered(self.event.choice, outbound.created):
            messengers.note_loss(self._session, outbound, self.event.text, self.person.at)
            self.taken.lost.append((outbound.conversation_id, outbound.id, self.event.text))

    def _control(self, is_stopped: bool) -> Control | None:
        if self.event.kind is Kind.CONTROL:
            return Control(self.event.text)
        if self.event.kind is not Kind.TEXT:
            return None
        found = control_of(self.event.text, self.messenger.stop_words, is_stopped=is_stopped)
        if found is Control.SUMMARY and (is_stopped or latest_of(self._session, self.person.visitor) is None):
            # Without a result the dialogue may say what it makes of the word; after STOP that is withheld as all else.
            return None
        return found

    def _steer(self, control: Control, contact: MessengerContact | None) -> None:
        if control is Control.START:
            if contact is None or contact.stopped is not None:
                self.person.begin()
                return
            known = contact.conversation_id
            # After a long silence a new conversation begins here too, and with its welcome.
            contact = self.person.open(contact)
            if contact.conversation_id == known:
                self.person.say(contact, self.person.words.opening())
            return
        # Whoever begins with STOP is told that it is so, and nothing else.
        contact = contact or self.person.begin(greets=control is not Control.STOP)
        contact.last_heard = self.person.at
        if control is Control.STOP:
            contact.stopped = self.person.at
        if control is Control.SUMMARY:
            self.person.say(contact, self.person.words.summary(contact.conversation_id, self.person.at))
        elif not self.event.is_answered:
            self.person.say(
                contact, self.person.words.notice(notices.STOPPED if control is Control.STOP else notices.HELP)
            )

    def _erase(self) -> None:
        # Gone in this very transaction; the rest, at Rasa, is finished later however often this process is restarted.
        found = conversations.conversations_of(self._session, self.person.visitor)
        for conversation_id in found:
            conversations.request_erasure(self._session, conversation_id, self.person.at)
        self._session.expire_all()
        self.taken.answer.difference_update(found)
        self.taken.deliver.difference_update(found)
        self.taken.heard = [event for event in self.taken.heard if event.sender != self.event.sender]
        self.taken.erased.append((found, self.event.sender))

    def _hear(self, contact: MessengerContact | None, key: str) -> None:
        known = contact.conversation_id if contact else ""
        contact = self.person.open(contact)
        if contact.stopped is None:
            self.taken.heard.append(self.event)
        if inbox.waiting_count(self._session, contact.conversation_id) >= errors.MAX_WAITING:
            self.person.say_unless_stopped(contact, self.person.words.apology("too_many"))
            return
        if self.event.kind is Kind.CHOICE:
            said = self._pressed(contact, key)
        else:
            said = self._typed(key, known if contact.conversation_id == known else "")
        try:
            for one in said[:MAX_PARTS]:
                inbox.accept(self._session, contact.conversation_id, one, self.person.at)
        except inbox.ClientIdReused:
            # Another button of a question that one was pressed under a moment ago.
            self.person.say(contact, self.person.words.notice(notices.PAST_CHOICE))
            return
        if len(said) > MAX_PARTS:
            self.person.say(contact, self.person.words.notice(notices.TOO_LONG))
        if said:
            self.taken.answer.add(contact.conversation_id)

    def _typed(self, key: str, conversation_id: str) -> list[Said]:
        """What was typed, in a conversation that was open before; "" for its id in a new one."""
        text = requests.clean(self.event.text)
        found = choice_typed(self._session, self.messenger, conversation_id, text) if conversation_id else None
        if found is not None:
            return [Said(key, "button", found.title, found.payload)]
        parts = split_text(text, errors.MAX_TEXT)
        return [Said(f"{key}-{number}", "text", part) for number, part in enumerate(parts)]

    def _pressed(self, contact: MessengerContact, key: str) -> list[Said]:
        choice = choices.find_choice(self._session, contact.conversation_id, self.event.choice)
        is_question = choice is not None and choices.is_question(self._session, choice)
        if choice is None or (is_question and choices.is_past(self._session, choice)):
            self.person.say(contact, self.person.words.notice(notices.PAST_CHOICE))
            return []
        known_as = choices.answer_id(self._session, choice) if is_question else key
        return [Said(known_as, "button", choice.title, choice.payload)]
