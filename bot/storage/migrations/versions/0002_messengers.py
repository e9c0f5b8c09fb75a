"""The messengers' tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "messenger_contact",
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("last_heard", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_messenger_contact_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("visitor", name="pk_messenger_contact"),
    )
    op.create_index("ix_messenger_contact_conversation_id", "messenger_contact", ["conversation_id"])

    op.create_table(
        "messenger_event",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_messenger_event"),
        sa.UniqueConstraint("id", name="uq_messenger_event_id"),
    )
    op.create_index("ix_messenger_event_at", "messenger_event", ["at"])
    unhandled = sa.text("content IS NOT NULL")
    op.create_index(
        "ix_messenger_event_unhandled",
        "messenger_event",
        ["number"],
        sqlite_where=unhandled,
        postgresql_where=unhandled,
    )

    op.create_table(
        "messenger_delivery",
        sa.Column("outbound_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("parts_sent", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_messenger_delivery_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["outbound_id"],
            ["outbound_message.id"],
            name="fk_messenger_delivery_outbound_id_outbound_message",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("outbound_id", name="pk_messenger_delivery"),
    )
    op.create_index("ix_messenger_delivery_conversation_id", "messenger_delivery", ["conversation_id"])
    op.create_index("ix_messenger_delivery_state", "messenger_delivery", ["state"])


def downgrade() -> None:
    """Back."""
    for table in ("messenger_delivery", "messenger_event", "messenger_contact"):
        op.drop_table(table)
