"""What staff look for first, flagged or badly answered, is found without reading the whole list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RARE = {
    "flagged": "flagged IS TRUE",
    "unhelpful": "unhelpful > 0",
    "fallbacks": "fallbacks > 0",
    "failures": "failures > 0",
}


def upgrade() -> None:
    """Forward."""
    for name, condition in RARE.items():
        op.create_index(
            f"ix_conversation_summary_{name}",
            "conversation_summary",
            ["is_test", "reviewed", "started", "conversation_id"],
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


def downgrade() -> None:
    """Back."""
    for name in RARE:
        op.drop_index(f"ix_conversation_summary_{name}", "conversation_summary")
