"""Storing a message keeps fewer indexes: messages that wait have a small one, and none repeats what a constraint has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WAITS = "state IN ('pending', 'processing')"


def upgrade() -> None:
    """Forward."""
    op.create_index(
        "ix_inbound_message_waiting",
        "inbound_message",
        ["conversation_id"],
        sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS),
    )
    op.drop_index("ix_inbound_message_state", "inbound_message")
    # Both tables are unique by conversation and entry.
    op.drop_index("ix_inbound_message_conversation_id", "inbound_message")
    op.drop_index("ix_outbound_message_conversation_id", "outbound_message")


def downgrade() -> None:
    """Back."""
    op.create_index("ix_outbound_message_conversation_id", "outbound_message", ["conversation_id"])
    op.create_index("ix_inbound_message_conversation_id", "inbound_message", ["conversation_id"])
    op.create_index("ix_inbound_message_state", "inbound_message", ["state"])
    op.drop_index("ix_inbound_message_waiting", "inbound_message")
