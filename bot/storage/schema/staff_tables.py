"""The tables of the staff console's accounts: who may enter, who is in, and who saw and changed what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.schema.conversation_tables import Base, Moment


class Staff(Base):
    """A person who works with the console. Never deleted, only disabled: the audit trail names them.

    Attributes:
        name: What they log in with, in lower case.
        role: "tester", "editor" or "admin".
        password: An argon2id hash; None until they have chosen one through their set-up link.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    role: Mapped[str] = mapped_column(String(10))
    password: Mapped[str | None] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    disabled: Mapped[datetime | None] = mapped_column(Moment)
    last_login: Mapped[datetime | None] = mapped_column(Moment)


class StaffSession(Base):
    """Someone logged in. Of the token in the browser's cookie only the hash is kept.

    Attributes:
        expires: The end, however busy they are.
    """

    __tablename__ = "staff_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class StaffInvitation(Base):
    """A set-up link, good once: it lets a member of staff choose a password.

    Attributes:
        staff_id: Whose it is; None for the first admin, who chooses a name too.
    """

    __tablename__ = "staff_invitation"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    expires: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)


class AuditEntry(Base):
    """Who saw or changed what, and when. Ids only: it outlives the conversations it speaks of.

    Attributes:
        staff_id: Who; None for the command line, a guest with a share link, or a failed login.
        action: What was done, such as `conversation_seen`.
        kind, target: To what: "conversation" and its id, say.
        detail: Ids, counts and names of settings; never a patient's words.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_target", "kind", "target"), Index("ix_audit_entry_action", "action", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20), default="")
    target: Mapped[str] = mapped_column(String(64), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
