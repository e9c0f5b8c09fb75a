"""One event on its way into the database: whose it is, what it asks for, and what the gateway itself says to it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy.orm import Session

from bot.conversation import notices
from bot.conversation.reply import Reply
from bot.gateway import errors, requests
from bot.gateway.messengers.base import Incoming, Kind, Messenger
from bot.gateway.messengers.controls import Control, control_of
from bot.gateway.messengers.identity import Identities
from bot.gateway.messengers.layout import split_text
from bot.gateway.messengers.typed_choices import choice_typed
from bot.storage import choices, conversations, inbox, messengers, outbox
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


@dataclass(frozen=True)
class Words:
    """What the gateway itself says.

    Attributes:
        opening: To a person who writes for the first time.
        notice: One of `bot.conversation.notices`.
        apology: For a reason.
        summary: To whoever asks for the result of the check, in the conversation of that id, at that time.
        consent_version: Which text about what is kept the opening leads to.
    """

    opening: Callable[[], Reply]
    notice: Callable[[str], Reply]
    apology: Callable[[str], Reply]
    summary: Callable[[str, datetime], Reply]
    consent_version: str | None = None


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
    """Stores one event; what comes of it is added to `taken`."""

    session: Session
    messenger: Messenger
    event: Incoming
    visitor: str
    at: datetime
    taken: Taken
    identities: Identities
    words: Words
    idle: timedelta

    def store(self, key: str, pace: Pace) -> None:
        """Store the event under its key. STOP and "delete my data" are heard however fast a person writes."""
        if self.event.kind is Kind.REPORT:
            self._note_loss()
            return
        contact = self.session.get(MessengerContact, self.visitor)
        is_stopped = contact is not None and contact.stopped is not None
        control = self._control(is_stopped)
        if control is Control.ERASE:
            self._erase()
        elif control is not None:
            self._steer(control, contact)
        elif pace is Pace.TOLD:
            return
        elif pace is Pace.TOO_FAST:
            self._say_unless_stopped(contact, self.words.apology("too_many"))
        elif self._is_wordless():
            self._say_unless_stopped(contact, self.words.notice(notices.TEXT_ONLY))
        else:
            self._hear(contact, key)

    def apologise(self) -> None:
        """Say that this event could not be seen to: whoever wrote waits for an answer."""
        if self.event.kind is not Kind.REPORT:
            contact = self.session.get(MessengerContact, self.visitor)
            self._say_unless_stopped(contact, self.words.apology("failed"))

    def _is_wordless(self) -> bool:
        kind = self.event.kind
        return kind is Kind.ATTACHMENT or (kind is Kind.TEXT and not requests.clean(self.event.text))

    def _note_loss(self) -> None:
        number = self.event.choice.partition(".")[0]
        outbound = self.session.get(OutboundMessage, int(number)) if number.isdecimal() and len(number) < 15 else None
        if outbound is not None and self.identities.delivered(self.event.choice, outbound.created):
            messengers.note_loss(self.session, outbound, self.event.text, self.at)
            self.taken.lost.append((outbound.conversation_id, outbound.id, self.event.text))

    def _control(self, is_stopped: bool) -> Control | None:
        if self.event.kind is Kind.CONTROL:
            return Control(self.event.text)
        if self.event.kind is not Kind.TEXT:
            return None
        found = control_of(self.event.text, self.messenger.stop_words, is_stopped=is_stopped)
        if found is Control.SUMMARY and (is_stopped or latest_of(self.session, self.visitor) is None):
            # Without a result the dialogue may say what it makes of the word; after STOP that is withheld as all else.
            return None
        return found

    def _steer(self, control: Control, contact: MessengerContact | None) -> None:
        if control is Control.START:
            if contact is None or contact.stopped is not None:
                self._begin()
                return
            known = contact.conversation_id
            # After a long silence a new conversation begins here too, and with its welcome.
            contact = self._open(contact)
            if contact.conversation_id == known:
                self._say(contact, self.words.opening())
            return
        # Whoever begins with STOP is told that it is so, and nothing else.
        contact = contact or self._begin(greets=control is not Control.STOP)
        contact.last_heard = self.at
        if control is Control.STOP:
            contact.stopped = self.at
        if control is Control.SUMMARY:
            self._say(contact, self.words.summary(contact.conversation_id, self.at))
        elif not self.event.is_answered:
            self._say(contact, self.words.notice(notices.STOPPED if control is Control.STOP else notices.HELP))

    def _erase(self) -> None:
        # Gone in this very transaction; the rest, at Rasa, is finished later however often this process is restarted.
        found = conversations.conversations_of(self.session, self.visitor)
        for conversation_id in found:
            conversations.request_erasure(self.session, conversation_id, self.at)
        self.session.expire_all()
        self.taken.answer.difference_update(found)
        self.taken.deliver.difference_update(found)
        self.taken.heard = [event for event in self.taken.heard if event.sender != self.event.sender]
        self.taken.erased.append((found, self.event.sender))

    def _open(self, contact: MessengerContact | None) -> MessengerContact:
        """The person's contact, with a conversation that is open; a new one after a long silence."""
        if contact is None or (contact.stopped is None and self.at - contact.last_heard > self.idle):
            return self._begin()
        contact.last_heard = self.at
        conversations.touch(self.session, contact.conversation_id, self.at)
        return contact

    def _begin(self, *, greets: bool = True) -> MessengerContact:
        name = self.messenger.name
        previous = self.session.get(MessengerContact, self.visitor)
        if previous is not None:
            conversations.end(self.session, previous.conversation_id, self.at)
        conversation_id = self.identities.conversation(name, self.event.sender, secrets.token_hex(16))
        nobodys_key = conversations.hash_key(secrets.token_urlsafe(conversations.KEY_BYTES))
        consent = self.words.consent_version
        messengers.begin(self.session, conversation_id, self.visitor, name, nobodys_key, self.at, consent)
        contact = self.session.merge(
            MessengerContact(
                visitor=self.visitor,
                conversation_id=conversation_id,
                channel=name,
                address=self.identities.seal(self.visitor, self.event.sender),
                last_heard=self.at,
                stopped=None,
            )
        )
        self.session.flush()
        if greets:
            self._say(contact, self.words.opening())
        return contact

    def _say(self, contact: MessengerContact, reply: Reply) -> None:
        outbox.add_reply(self.session, contact.conversation_id, reply, None, self.at)
        self.taken.deliver.add(contact.conversation_id)

    def _say_unless_stopped(self, contact: MessengerContact | None, reply: Reply) -> None:
        if contact is None or contact.stopped is None:
            self._say(self._open(contact), reply)

    def _hear(self, contact: MessengerContact | None, key: str) -> None:
        known = contact.conversation_id if contact else ""
        contact = self._open(contact)
        if contact.stopped is None:
            self.taken.heard.append(self.event)
        if inbox.waiting_count(self.session, contact.conversation_id) >= errors.MAX_WAITING:
            self._say_unless_stopped(contact, self.words.apology("too_many"))
            return
        if self.event.kind is Kind.CHOICE:
            said = self._pressed(contact, key)
        else:
            said = self._typed(key, known if contact.conversation_id == known else "")
        try:
            for one in said[:MAX_PARTS]:
                inbox.accept(self.session, contact.conversation_id, one, self.at)
        except inbox.ClientIdReused:
            # Another button of a question that one was pressed under a moment ago.
            self._say(contact, self.words.notice(notices.PAST_CHOICE))
            return
        if len(said) > MAX_PARTS:
            self._say(contact, self.words.notice(notices.TOO_LONG))
        if said:
            self.taken.answer.add(contact.conversation_id)

    def _typed(self, key: str, conversation_id: str) -> list[Said]:
        """What was typed, in a conversation that was open before; "" for its id in a new one."""
        text = requests.clean(self.event.text)
        found = choice_typed(self.session, self.messenger, conversation_id, text) if conversation_id else None
        if found is not None:
            return [Said(key, "button", found.title, found.payload)]
        parts = split_text(text, errors.MAX_TEXT)
        return [Said(f"{key}-{number}", "text", part) for number, part in enumerate(parts)]

    def _pressed(self, contact: MessengerContact, key: str) -> list[Said]:
        choice = choices.find_choice(self.session, contact.conversation_id, self.event.choice)
        is_question = choice is not None and choices.is_question(self.session, choice)
        if choice is None or (is_question and choices.is_past(self.session, choice)):
            self._say(contact, self.words.notice(notices.PAST_CHOICE))
            return []
        known_as = choices.answer_id(self.session, choice) if is_question else key
        return [Said(known_as, "button", choice.title, choice.payload)]
