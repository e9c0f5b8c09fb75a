"""Which text about what is kept a visitor was shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "consent_text",
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_shown", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_consent_text"),
    )
    op.add_column("conversation", sa.Column("consent_version", sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("conversation", "consent_version")
    op.drop_table("consent_text")
