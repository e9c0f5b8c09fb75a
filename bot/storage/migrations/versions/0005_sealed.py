"""What patients said is sealed, each conversation under its own key; Rasa's memory moves into our own table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from bot.storage.sealing.sealed import Keyring, place_of
from bot.storage.sealing.vault import ConversationKey, SealBroken

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# table, plain column, sealed column, what the row is bound to, whether the plain column holds JSON, whether it may be null
COLUMNS = (
    ("inbound_message", "text", "sealed_text", "entry", False, False),
    ("inbound_message", "payload", "sealed_payload", "entry", False, True),
    ("outbound_message", "reply_json", "sealed_reply", "entry", True, False),
    ("choice", "title", "sealed_title", "id", False, False),
    ("choice", "payload", "sealed_payload", "id", False, False),
    ("assessment", "answers", "sealed_answers", None, True, False),
    ("contact_request", "details", "sealed_details", None, True, False),
)
BATCH = 500
EVENTS = sa.Table(
    "events",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)
TURNS = sa.table(
    "tracker_turn",
    *(sa.column(name) for name in ("id", "conversation_id", "number", "count", "begins")),
    sa.column("sealed", sa.LargeBinary),
)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "conversation_key",
        sa.Column("conversation_id", sa.String(length=255), nullable=False),
        sa.Column("master", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_conversation_key"),
    )
    op.create_index("ix_conversation_key_master", "conversation_key", ["master"])
    op.create_table(
        "tracker_turn",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("conversation_id", sa.String(length=255), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tracker_turn"),
        sa.UniqueConstraint("conversation_id", "number", name="uq_tracker_turn_conversation_id_number"),
    )
    keys = Keyring(context.config.attributes["vault"])
    for table, plain, sealed, bound_to, is_json, is_nullable in COLUMNS:
        # A column that may not be null needs a value for the rows there are until each has its own.
        default = None if is_nullable else sa.text("''")
        op.add_column(table, sa.Column(sealed, sa.LargeBinary(), nullable=is_nullable, server_default=default))
        _copy(table, plain, sealed, bound_to, lambda key, place, value: key.seal(place, value), keys, is_json, True)
        op.drop_column(table, plain)
        if default is not None and op.get_bind().dialect.name == "postgresql":
            op.alter_column(table, sealed, server_default=None)
    _events_to_turns(keys)


def downgrade() -> None:
    """Back: everything that can still be opened lies open again; what was erased with its key stays erased."""
    keys = Keyring(context.config.attributes["vault"])
    for table, plain, sealed, bound_to, is_json, is_nullable in reversed(COLUMNS):
        kind = sa.JSON() if is_json else sa.Text()
        default = None if is_nullable else sa.text("'{}'" if is_json else "''")
        op.add_column(table, sa.Column(plain, kind, nullable=is_nullable, server_default=default))
        _copy(table, sealed, plain, bound_to, _opened, keys, is_json, False)
        op.drop_column(table, sealed)
        if default is not None and op.get_bind().dialect.name == "postgresql":
            op.alter_column(table, plain, server_default=None)
    _turns_to_events(keys)
    op.drop_table("tracker_turn")
    op.drop_table("conversation_key")


def _copy(
    table: str, source: str, target: str, bound_to: str | None, change: Any, keys: Keyring, is_json: bool, seals: bool
) -> None:
    """Seal or open one column of all rows. The place is always that of the sealed column."""
    bind = op.get_bind()
    json_type, bytes_type = sa.JSON() if is_json else sa.Text(), sa.LargeBinary()
    types = (json_type, bytes_type) if seals else (bytes_type, json_type)
    rows = sa.table(
        table,
        sa.column("id"),
        sa.column("conversation_id"),
        sa.column("entry"),
        sa.column(source, types[0]),
        sa.column(target, types[1]),
    )
    place_column = target if seals else source
    for row in _in_batches(rows, rows.c.id, [rows.c.conversation_id, rows.c[source], *([rows.c[bound_to]] if bound_to else [])]):
        value = row[2]
        if value is None:
            continue
        place = place_of(table, place_column, *([row[3]] if bound_to else []))
        changed = change(keys.key_to_seal(bind, row[1]), place, value)
        if changed is not None:
            bind.execute(sa.update(rows).where(rows.c.id == row[0]).values({target: changed}))


def _opened(key: ConversationKey, place: str, sealed: bytes) -> Any:
    """What was sealed; None where the key that could open it is gone."""
    try:
        return key.open(place, bytes(sealed))
    except SealBroken:
        return None


def _in_batches(table: Any, order: Any, columns: list[Any]) -> Iterator[Any]:
    last = None
    while True:
        query = sa.select(order, *columns).select_from(table).order_by(order).limit(BATCH)
        found = op.get_bind().execute(query if last is None else query.where(order > last)).all()
        yield from found
        if len(found) < BATCH:
            return
        last = found[-1][0]


def _events_to_turns(keys: Keyring) -> None:
    bind = op.get_bind()
    if not sa.inspect(bind).has_table("events"):
        return
    senders = bind.execute(sa.select(EVENTS.c.sender_id).distinct()).scalars().all()
    for sender in senders:
        query = sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == sender).order_by(EVENTS.c.id)
        events = [json.loads(data) for data in bind.execute(query).scalars()]
        sealed = keys.key_to_seal(bind, sender).seal(place_of("tracker_turn", "sealed", 0), {"events": events})
        row = {"conversation_id": sender, "number": 0, "count": len(events), "begins": True, "sealed": sealed}
        bind.execute(sa.insert(TURNS).values(row))
        keys.forget()
    # The table itself is Rasa's.
    bind.execute(sa.delete(EVENTS))


def _turns_to_events(keys: Keyring) -> None:
    bind = op.get_bind()
    EVENTS.create(bind, checkfirst=True)
    for _, conversation, number, sealed in _in_batches(
        TURNS, TURNS.c.id, [TURNS.c.conversation_id, TURNS.c.number, TURNS.c.sealed]
    ):
        place = place_of("tracker_turn", "sealed", number)
        content = _opened(keys.key_to_seal(bind, conversation), place, sealed)
        for event in content["events"] if content is not None else ():
            row = {
                "sender_id": conversation,
                "type_name": event["event"],
                "timestamp": event.get("timestamp"),
                "intent_name": ((event.get("parse_data") or {}).get("intent") or {}).get("name"),
                "action_name": event.get("name"),
                "data": json.dumps(event),
            }
            bind.execute(sa.insert(EVENTS).values(row))
