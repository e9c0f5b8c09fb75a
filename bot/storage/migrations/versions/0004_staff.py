"""Staff accounts, their sessions and set-up links, and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    for table in ("staff_session", "staff_invitation"):
        is_session = table == "staff_session"
        own = (
            [
                sa.Column("created", sa.DateTime(timezone=True), nullable=False),
                sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
            ]
            if is_session
            else [sa.Column("used", sa.DateTime(timezone=True), nullable=True)]
        )
        op.create_table(
            table,
            sa.Column("token_hash", sa.String(length=64), nullable=False),
            sa.Column("staff_id", sa.Integer(), nullable=not is_session),
            sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
            *own,
            sa.ForeignKeyConstraint(
                ["staff_id"], ["staff.id"], name=f"fk_{table}_staff_id_staff", ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("token_hash", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_staff_id", table, ["staff_id"])
    op.create_index("ix_staff_session_expires", "staff_session", ["expires"])
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_audit_entry_staff_id_staff", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_target", "audit_entry", ["kind", "target"])
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "id"])
    op.create_index("ix_audit_entry_staff_id", "audit_entry", ["staff_id"])


def downgrade() -> None:
    """Back."""
    for table in ("audit_entry", "staff_invitation", "staff_session", "staff"):
        op.drop_table(table)
