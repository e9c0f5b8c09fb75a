"""What every page of the console works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from jinja2 import Environment
from sqlalchemy.orm import Session
from starlette.requests import Request

from bot.bootstrap import Services
from bot.console.passwords import Passwords
from bot.console.trials import Trials
from bot.gateway.rate_limits import Buckets, Rate
from bot.storage.database import Database
from bot.storage.staff_side import audit
from bot.storage.staff_side.staff import Member


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Console:
    """The console's parts, built once.

    Attributes:
        templates: Renders pages; every value is escaped.
        trials: Speaks to the assistant as a patient does.
        logins_by_name, logins_by_address: How often one may try a password.
        now: The time.
        guest_messages: How often guests of one link may write.
    """

    services: Services
    templates: Environment
    passwords: Passwords
    trials: Trials
    now: Callable[[], datetime] = utc_now
    logins_by_name: Buckets = field(default_factory=lambda: Buckets(Rate(6, 2)))
    guest_messages: Buckets = field(default_factory=lambda: Buckets(Rate(15, 30)))
    logins_by_address: Buckets = field(default_factory=lambda: Buckets(Rate(20, 10)))

    @property
    def database(self) -> Database:
        """The one database."""
        return self.services.database


def console_of(request: Request) -> Console:
    """The console that serves this request."""
    return cast(Console, request.app.state.console)


def member_of(request: Request) -> Member:
    """Who is logged in; only for pages that ask for a login (`access.requires`)."""
    return cast(Member, request.state.member)


def note(
    session: Session,
    request: Request,
    action: str,
    kind: str = "",
    target: str = "",
    **detail: str | int | float | bool | None,
) -> None:
    """Add a line to the audit trail, in the transaction of what it speaks of: ids, counts and settings only."""
    member = getattr(request.state, "member", None)
    at = console_of(request).now()
    audit.note(session, member.id if member else None, action, at, kind, str(target), detail)


async def note_seen(request: Request, action: str, kind: str = "", target: str = "") -> None:
    """The same for a page that only shows something."""
    await console_of(request).database.writing(lambda session: note(session, request, action, kind, target))
