"""Turn records, the review list, alerts and share links; test conversations kept apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "conversation_summary",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=True),
        sa.Column("tier_rank", sa.Integer(), nullable=False),
        sa.Column("lowest", sa.Float(), nullable=True),
        sa.Column("fallbacks", sa.Integer(), nullable=False),
        sa.Column("clarifies", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.Column("unhelpful", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_conversation_summary_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["staff.id"], name="fk_conversation_summary_reviewed_by_staff", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_conversation_summary"),
    )
    op.create_index("ix_conversation_summary_order", "conversation_summary", ["is_test", "started", "conversation_id"])
    op.create_index(
        "ix_conversation_summary_tier", "conversation_summary", ["is_test", "tier_rank", "started", "conversation_id"]
    )

    op.create_table(
        "conversation_tag",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_conversation_tag_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "tag", name="pk_conversation_tag"),
    )
    op.create_index("ix_conversation_tag_tag", "conversation_tag", ["tag"])

    op.create_table(
        "conversation_topic",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_conversation_topic_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "topic", name="pk_conversation_topic"),
    )
    op.create_index(
        "ix_conversation_topic_topic_is_test_started_conversation_id",
        "conversation_topic",
        ["topic", "is_test", "started", "conversation_id"],
    )

    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_saved_filter_staff_id_staff", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filter"),
        sa.UniqueConstraint("staff_id", "name", name="uq_saved_filter_staff_id_name"),
    )
    op.create_index("ix_saved_filter_staff_id", "saved_filter", ["staff_id"])

    op.create_table(
        "share_link",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=80), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_share_link_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_share_link_staff_id_staff", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_share_link"),
        sa.UniqueConstraint("token_hash", name="uq_share_link_token_hash"),
    )
    op.create_index("ix_share_link_conversation_id", "share_link", ["conversation_id"])

    op.create_table(
        "conversation_comment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("inbound_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_conversation_comment_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"],
            ["inbound_message.id"],
            name="fk_conversation_comment_inbound_id_inbound_message",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_conversation_comment_staff_id_staff", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_comment"),
    )
    op.create_index("ix_conversation_comment_conversation_id", "conversation_comment", ["conversation_id"])
    op.create_index("ix_conversation_comment_inbound_id", "conversation_comment", ["inbound_id"])

    op.create_table(
        "safety_alert",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("inbound_id", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=60), nullable=False),
        sa.Column("tier_rank", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("acknowledged", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("notice", sa.String(length=10), nullable=False),
        sa.Column("notice_attempts", sa.Integer(), nullable=False),
        sa.Column("notice_due", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["staff.id"], name="fk_safety_alert_acknowledged_by_staff", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_safety_alert_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"],
            ["inbound_message.id"],
            name="fk_safety_alert_inbound_id_inbound_message",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_alert"),
    )
    op.create_index("ix_safety_alert_conversation_id", "safety_alert", ["conversation_id"])
    op.create_index("ix_safety_alert_inbound_id", "safety_alert", ["inbound_id"])
    op.create_index("ix_safety_alert_notice_notice_due", "safety_alert", ["notice", "notice_due"])
    op.create_index("ix_safety_alert_open", "safety_alert", ["acknowledged", "tier_rank", "at"])

    op.create_table(
        "turn_inspection",
        sa.Column("inbound_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("sealed_inspection", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_turn_inspection_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"],
            ["inbound_message.id"],
            name="fk_turn_inspection_inbound_id_inbound_message",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("inbound_id", name="pk_turn_inspection"),
    )
    op.create_index("ix_turn_inspection_conversation_id", "turn_inspection", ["conversation_id"])

    op.create_table(
        "turn_record",
        sa.Column("inbound_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("intent", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("known", sa.Float(), nullable=True),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("is_fallback", sa.Boolean(), nullable=False),
        sa.Column("is_clarify", sa.Boolean(), nullable=False),
        sa.Column("is_failed", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.String(length=60), nullable=False),
        sa.Column("answered", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("waiting_ms", sa.Float(), nullable=True),
        sa.Column("nlu_ms", sa.Float(), nullable=True),
        sa.Column("actions_ms", sa.Float(), nullable=True),
        sa.Column("total_ms", sa.Float(), nullable=False),
        sa.Column("model", sa.String(length=60), nullable=False),
        sa.Column("content", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_turn_record_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound_message.id"], name="fk_turn_record_inbound_id_inbound_message", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("inbound_id", name="pk_turn_record"),
    )
    op.create_index("ix_turn_record_conversation_id", "turn_record", ["conversation_id"])
    op.create_index("ix_turn_record_is_test_at", "turn_record", ["is_test", "at"])
    op.create_index("ix_turn_record_model", "turn_record", ["model"])

    op.create_table(
        "turn_topic",
        sa.Column("inbound_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_turn_topic_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound_message.id"], name="fk_turn_topic_inbound_id_inbound_message", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("inbound_id", "topic", name="pk_turn_topic"),
    )
    op.create_index("ix_turn_topic_conversation_id", "turn_topic", ["conversation_id"])
    op.create_index("ix_turn_topic_topic_is_test_at", "turn_topic", ["topic", "is_test", "at"])

    with op.batch_alter_table("contact_request") as batch_op:
        batch_op.add_column(sa.Column("status", sa.String(length=10), server_default="open", nullable=False))
        batch_op.add_column(sa.Column("handled", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handled_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_contact_request_handled_by_staff", "staff", ["handled_by"], ["id"], ondelete="SET NULL"
        )

    # Not in a batch: that would make the table anew, and drop the old one with everything that hangs on it.
    op.add_column("conversation", sa.Column("is_test", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Back."""
    op.drop_column("conversation", "is_test")

    with op.batch_alter_table("contact_request") as batch_op:
        batch_op.drop_constraint("fk_contact_request_handled_by_staff", type_="foreignkey")
        batch_op.drop_column("handled_by")
        batch_op.drop_column("handled")
        batch_op.drop_column("status")

    for table in (
        "turn_topic",
        "turn_record",
        "turn_inspection",
        "safety_alert",
        "conversation_comment",
        "share_link",
        "saved_filter",
        "conversation_topic",
        "conversation_tag",
        "conversation_summary",
    ):
        op.drop_table(table)
