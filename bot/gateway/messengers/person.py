"""A person on a messenger: with whom the conversation is, when a new one begins, and what the gateway itself says."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.conversation.reply import Reply
from bot.gateway.messengers.identity import Identities
from bot.storage import conversations, messengers, outbox
from bot.storage.schema.messenger_tables import MessengerContact


@dataclass(frozen=True)
class Words:
    """What the gateway itself says.

    Attributes:
        opening: To a person who writes for the first time.
        notice: One of `bot.conversation.answering.notices`.
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
class Person:
    """Whoever sent an event, as the database knows them now.

    Attributes:
        session: The transaction in which the event is stored.
        channel: The messenger's name.
        sender: Where an answer goes to.
        visitor: The keyed hash of that.
        at: Now.
        identities: Seals the address, and names a new conversation.
        words: What the gateway itself says.
        idle: After so long without a word the next message begins a new conversation.
        deliver: Conversations with something to deliver; what is said here is added.
    """

    session: Session
    channel: str
    sender: str
    visitor: str
    at: datetime
    identities: Identities
    words: Words
    idle: timedelta
    deliver: set[str]

    def contact(self) -> MessengerContact | None:
        """What is known of the person; None for whoever writes for the first time."""
        return self.session.get(MessengerContact, self.visitor)

    def open(self, contact: MessengerContact | None) -> MessengerContact:
        """The person's contact, with a conversation that is open; a new one after a long silence."""
        if contact is None or (contact.stopped is None and self.at - contact.last_heard > self.idle):
            return self.begin()
        contact.last_heard = self.at
        conversations.touch(self.session, contact.conversation_id, self.at)
        return contact

    def begin(self, *, greets: bool = True) -> MessengerContact:
        """A new conversation; the one before is ended."""
        previous = self.contact()
        if previous is not None:
            conversations.end(self.session, previous.conversation_id, self.at)
        conversation_id = self.identities.conversation(self.channel, self.sender, secrets.token_hex(16))
        nobodys_key = conversations.hash_key(secrets.token_urlsafe(conversations.KEY_BYTES))
        consent = self.words.consent_version
        messengers.begin(self.session, conversation_id, self.visitor, self.channel, nobodys_key, self.at, consent)
        contact = self.session.merge(
            MessengerContact(
                visitor=self.visitor,
                conversation_id=conversation_id,
                channel=self.channel,
                address=self.identities.seal(self.visitor, self.sender),
                last_heard=self.at,
                stopped=None,
            )
        )
        self.session.flush()
        if greets:
            self.say(contact, self.words.opening())
        return contact

    def say(self, contact: MessengerContact, reply: Reply) -> None:
        """Say something of the gateway's own in the person's conversation."""
        outbox.add_reply(self.session, contact.conversation_id, reply, None, self.at)
        self.deliver.add(contact.conversation_id)

    def say_unless_stopped(self, contact: MessengerContact | None, reply: Reply) -> None:
        """Say it, also to somebody new, but not to whoever said STOP."""
        if contact is None or contact.stopped is None:
            self.say(self.open(contact), reply)
