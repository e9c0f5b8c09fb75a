"""Words wait in one place until many are taken into the search index together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "words_to_index",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_words_to_index_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "entry", name="pk_words_to_index"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Back; an older version does not know what waits, and `bot conversations reindex` makes up for it."""
    op.drop_table("words_to_index")
