"""The keyed index by which staff search sealed words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "word_token",
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_word_token_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token", "at", "conversation_id", "entry", name="pk_word_token"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_word_token_conversation_id", "word_token", ["conversation_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("word_token")
