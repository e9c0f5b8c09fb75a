"""Staff accounts, their sessions and their set-up links."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from bot.storage.schema.staff_tables import Staff, StaffInvitation, StaffSession

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]", re.ASCII)
ROLES = ("tester", "editor", "admin")
TOKEN_BYTES = 32
# How long the set-up link of an account is good.
LINK_VALID = timedelta(hours=48)
# Written back at most so often: a session's every click need not be a write.
_SEEN_EVERY = timedelta(minutes=1)
# Any number that nothing else in this database uses.
_ACCEPTING = 7_260_123


class StaffFault(Exception):
    """What was asked for cannot be done; the text says why and what to do."""


@dataclass(frozen=True)
class Member:
    """A member of staff who is logged in."""

    id: int
    name: str
    role: str


def hash_token(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain hash cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()


def add(session: Session, name: str, role: str, now: datetime) -> Staff:
    """A new account without a password yet.

    Raises:
        StaffFault: when the name or the role cannot be used.
    """
    name = name.strip().lower()
    if not NAME.fullmatch(name):
        raise StaffFault("A name has 3 to 40 letters, digits, dots, dashes or underscores, such as maria or j.smith.")
    if role not in ROLES:
        raise StaffFault(f"There is no role {role!r}; the roles are {', '.join(ROLES)}.")
    if find(session, name) is not None:
        raise StaffFault(f"There is an account {name!r} already; choose another name.")
    row = Staff(name=name, role=role, password=None, created=now)
    session.add(row)
    session.flush()
    return row


def find(session: Session, name: str) -> Staff | None:
    """The account of that name."""
    return session.scalar(select(Staff).where(Staff.name == name.strip().lower()))


def all_staff(session: Session) -> list[Staff]:
    """All accounts by name, those disabled too."""
    return list(session.scalars(select(Staff).order_by(Staff.name)))


def anybody(session: Session) -> bool:
    """Whether there is an admin who can log in."""
    query = select(func.count()).select_from(Staff).where(Staff.role == "admin", Staff.disabled.is_(None))
    return bool(session.scalar(query.where(Staff.password.is_not(None))))


def set_role(session: Session, staff: Staff, role: str) -> None:
    """Give an account another role; it is logged out, so that nothing of the old role goes on.

    Raises:
        StaffFault: when there is no such role, or no admin would be left.
    """
    if role not in ROLES:
        raise StaffFault(f"There is no role {role!r}; the roles are {', '.join(ROLES)}.")
    if role != "admin":
        _keep_one_admin(session, staff)
    staff.role = role
    end_sessions_of(session, staff.id)


def disable(session: Session, staff: Staff, now: datetime) -> None:
    """Close an account and log it out.

    Raises:
        StaffFault: when no admin would be left.
    """
    _keep_one_admin(session, staff)
    staff.disabled = now
    end_sessions_of(session, staff.id)
    session.execute(delete(StaffInvitation).where(StaffInvitation.staff_id == staff.id))


def enable(staff: Staff) -> None:
    """Open a closed account again."""
    staff.disabled = None


def _keep_one_admin(session: Session, staff: Staff) -> None:
    others = select(func.count()).select_from(Staff)
    others = others.where(Staff.role == "admin", Staff.disabled.is_(None), Staff.id != staff.id)
    if staff.password is not None:
        # Whoever was invited and has chosen no password yet cannot log in, and may never do so.
        others = others.where(Staff.password.is_not(None))
    if staff.role == "admin" and staff.disabled is None and not session.scalar(others):
        raise StaffFault(f"{staff.name} is the only admin who can log in: make someone else admin first.")


def invite(session: Session, staff: Staff | None, now: datetime, valid: timedelta) -> str:
    """A new set-up link's token; an older one of the same person is void from now on.

    Args:
        session: A write session.
        staff: Whose link it is; None stands for the first admin.
        now: The time.
        valid: How long the link is good.
    """
    staff_id = staff.id if staff is not None else None
    session.execute(delete(StaffInvitation).where(StaffInvitation.staff_id == staff_id, StaffInvitation.used.is_(None)))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(StaffInvitation(token_hash=hash_token(token), staff_id=staff_id, expires=now + valid))
    session.flush()
    return token


def open_invitation(session: Session, token: str, now: datetime) -> StaffInvitation | None:
    """The invitation of a token, if it can still be used."""
    found = session.get(StaffInvitation, hash_token(token))
    if found is None or found.used is not None or found.expires <= now:
        return None
    if found.staff_id is None and anybody(session):
        return None
    return found


def _one_after_the_other(session: Session) -> None:
    """Until this transaction ends nobody else accepts an invitation; SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_ACCEPTING})"))


def accept_invitation(session: Session, token: str, name: str, password: str, now: datetime) -> Staff:
    """Set the password, and for the first admin the name; the link is used up.

    Args:
        session: A write session.
        token: From the link.
        name: Of the first admin; not looked at for others.
        password: Its argon2id hash.
        now: The time.

    Raises:
        StaffFault: when the link cannot be used any more, or the name cannot.
    """
    _one_after_the_other(session)
    invitation = open_invitation(session, token, now)
    if invitation is None:
        raise StaffFault("This link has been used or is too old. Ask an admin for a new one.")
    staff = add(session, name, "admin", now) if invitation.staff_id is None else session.get(Staff, invitation.staff_id)
    if staff is None or staff.disabled is not None:
        raise StaffFault("This account is closed. Ask an admin.")
    staff.password = password
    invitation.used = now
    end_sessions_of(session, staff.id)
    return staff


def begin_session(session: Session, staff: Staff, now: datetime, hours: int) -> str:
    """Log someone in; returns the token for the cookie. Sessions that are over are swept out on the way."""
    session.execute(delete(StaffSession).where(StaffSession.expires <= now))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        StaffSession(
            token_hash=hash_token(token),
            staff_id=staff.id,
            created=now,
            last_seen=now,
            expires=now + timedelta(hours=hours),
        )
    )
    staff.last_login = now
    session.flush()
    return token


def member_of_session(session: Session, token: str, now: datetime, idle: timedelta) -> tuple[Member, bool] | None:
    """Who is logged in with a token, and whether it is time to note that they were here."""
    found = session.execute(
        select(Staff, StaffSession.last_seen)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(
            StaffSession.token_hash == hash_token(token),
            StaffSession.expires > now,
            StaffSession.last_seen > now - idle,
            Staff.disabled.is_(None),
        )
    ).first()
    if found is None:
        return None
    staff, last_seen = found
    return Member(staff.id, staff.name, staff.role), now - last_seen > _SEEN_EVERY


def touch_session(session: Session, token: str, now: datetime) -> None:
    """Note that they were here."""
    session.execute(update(StaffSession).where(StaffSession.token_hash == hash_token(token)).values(last_seen=now))


def end_session(session: Session, token: str) -> None:
    """Log out."""
    session.execute(delete(StaffSession).where(StaffSession.token_hash == hash_token(token)))


def end_sessions_of(session: Session, staff_id: int, but: str = "") -> None:
    """Log someone out everywhere, except where they are right now with token `but`."""
    query = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    session.execute(query.where(StaffSession.token_hash != hash_token(but)) if but else query)
