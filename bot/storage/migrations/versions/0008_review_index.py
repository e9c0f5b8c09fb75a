"""The review list's index holds all that the list can be narrowed by."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ORDER = "ix_conversation_summary_order"
COLUMNS = [
    *("is_test", "started", "conversation_id", "channel", "turns", "tier_rank", "lowest"),
    *("fallbacks", "clarifies", "failures", "unhelpful", "reviewed", "flagged"),
]


def upgrade() -> None:
    """Forward."""
    op.drop_index(ORDER, "conversation_summary")
    op.create_index(ORDER, "conversation_summary", COLUMNS)
    op.create_index("ix_conversation_summary_channel", "conversation_summary", ["channel"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_conversation_summary_channel", "conversation_summary")
    op.drop_index(ORDER, "conversation_summary")
    op.create_index(ORDER, "conversation_summary", COLUMNS[:3])
