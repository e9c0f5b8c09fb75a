"""What a messenger's adapter is, and the values that pass between it and the shared mechanics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

from bot.conversation.reply import Reply

# One request to a platform's API: plain JSON values, without the address and the credentials.
Payload = dict[str, Any]


NO_QUERY: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """What a person sent; or a platform's report that a message it had taken did not arrive."""

    TEXT = "text"
    CHOICE = "choice"
    ATTACHMENT = "attachment"
    CONTROL = "control"
    REPORT = "report"


@dataclass(frozen=True)
class Incoming:
    """One thing a person sent, as an adapter reads it from a webhook.

    Attributes:
        event_id: Names the event at its platform; what comes under a known id is a repetition.
        sender: Where an answer goes to. It never leaves the gateway in the clear.
        kind: What was sent.
        text: The words typed, the title of the button pressed, the name of a control (`controls.Control`), or why a
            message did not arrive, as a short code.
        choice: The id that the pressed button carried, or the key (`Messenger.send`) of what did not arrive.
        at: When the platform says it was sent.
        reference: Whatever `acknowledge` needs to name this event.
        is_answered: The platform has answered a control itself; a second answer would be one too many.
    """

    event_id: str
    sender: str
    kind: Kind
    text: str = ""
    choice: str = ""
    at: datetime | None = None
    reference: str = ""
    is_answered: bool = False


def said(
    event_id: str,
    sender: str,
    text: str,
    at: datetime | None = None,
    *,
    has_attached: bool,
    attached: str | None = None,
) -> list[Incoming]:
    """One message as it is met: what was attached, then what was written, each an event of its own.

    Args:
        event_id: Names the message at its platform.
        sender: Who wrote it.
        text: What was written, "" for nothing.
        at: When.
        has_attached: Whether something was attached.
        attached: Names what was attached, where several messages have it in common; as the message itself when None.
    """
    found = []
    if has_attached:
        found.append(Incoming(f"{attached or event_id} attachment", sender, Kind.ATTACHMENT, at=at))
    if text:
        found.append(Incoming(event_id, sender, Kind.TEXT, text, at=at))
    return found


@dataclass(frozen=True)
class Seen:
    """What a person sees of one message: its text, and the labels of its buttons."""

    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """A setting that an adapter reads.

    Attributes:
        name: `BOT_…`, in the environment or in `.env`.
        what: What to put there and where to find it, for a person.
        default: Used when it is not set; a setting without default must be set.
        pattern: What a value looks like, as a regular expression.
        switches_on: Whether setting it means that the messenger is wanted. Two messengers may share a setting.
    """

    name: str
    what: str
    default: str | None = None
    pattern: str = r"\S+"
    switches_on: bool = True


@dataclass(frozen=True)
class Finding:
    """One line of `bot messengers check`."""

    ok: bool
    text: str


class TryLater(Exception):
    """The platform did not take a message now and may later.

    Attributes:
        reason: A short code for staff and logs.
        after: Seconds that the platform asks to wait.
        may_have_arrived: Whether the message may have been taken all the same, as after a timeout.
    """

    def __init__(self, reason: str, after: float = 0.0, *, may_have_arrived: bool = False) -> None:
        """Keep why, and how long to wait."""
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.may_have_arrived = may_have_arrived


class Undeliverable(Exception):
    """The platform will not take this message however often it is tried.

    Attributes:
        reason: A short code for staff and logs.
        is_wished: The person has told the platform to let nothing through, so nothing is amiss.
    """

    def __init__(self, reason: str, *, is_wished: bool = False) -> None:
        """Keep why."""
        super().__init__(reason)
        self.reason = reason
        self.is_wished = is_wished


class Messenger(Protocol):
    """One platform. Built from its settings alone; opens nothing before it is used.

    Attributes:
        name: The channel of its conversations, and the end of its webhook's address.
        title: What people call it.
        settings: What it needs to be set up.
        window: How long after a person's last message the platform lets us write; None when it does not limit that.
        stop_words: Words that mean STOP here, beside those that mean it everywhere.
        receipt: The body that answers a webhook, and its media type.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    settings: ClassVar[tuple[Setting, ...]]
    window: ClassVar[timedelta | None]
    stop_words: ClassVar[frozenset[str]]
    receipt: ClassVar[tuple[str, str]]

    def __init__(self, values: Mapping[str, str], derive: Callable[[str], str]) -> None:
        """Take the values of `settings`, and a way to derive secrets of this installation by purpose."""

    def verify(self, body: bytes, headers: Mapping[str, str], url: str) -> bool:
        """Whether the platform sent exactly this, just now. Nothing is parsed before.

        Args:
            body: As it came.
            headers: By lower-case name.
            url: The public address it was sent to, with its query.
        """

    def challenge(self, query: Mapping[str, str], body: bytes) -> str | None:
        """What to answer when the platform asks whether this address is ours; None when it does not ask that.

        Called with the query of a GET request, or with the body of a verified POST request.
        """

    def read(self, body: bytes, query: Mapping[str, str] = NO_QUERY) -> list[Incoming]:
        """Everything in a verified body that a person sent to this very bot, in order; the rest is ignored.

        Args:
            body: As it came.
            query: Of the address it was sent to, which `verify` has seen.
        """

    def render(self, reply: Reply) -> list[Payload]:
        """A reply as this platform shows it, in one or more messages. A button's payload is the choice's id."""

    def numbers_choices(self, reply: Reply) -> bool:
        """Whether a person reads the reply's choices with a number each, so that "2" is one of them."""

    def seen(self, payload: Payload) -> Seen:
        """How one of `render` looks to a person; the console shows it to whoever tries the assistant."""

    async def send(self, address: str, payload: Payload, key: str, *, is_repeated: bool) -> None:
        """Send one message.

        Args:
            address: The `sender` it answers.
            payload: One of `render`.
            key: Names this message for ever, so that it can be recognised.
            is_repeated: An earlier attempt may have arrived: look first, where the platform lets us.

        Raises:
            TryLater: when it may go through later.
            Undeliverable: when it will not.
        """

    async def acknowledge(self, incoming: Incoming) -> None:
        """Show that an answer is on its way, where the platform offers it. May fail without harm."""

    async def check(self, webhook_url: str) -> list[Finding]:
        """Try the credentials; what was found, for a person."""

    async def close(self) -> None:
        """Close all connections."""
