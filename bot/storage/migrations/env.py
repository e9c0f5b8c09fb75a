"""Alembic's entry: always over the connection it is given (`bot.storage.database`)."""

from __future__ import annotations

from alembic import context

from bot.storage.schema.every_table import METADATA


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    # Rasa makes its own `events` in the same database; a migration must never drop it.
    return kind != "table" or name in METADATA.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_name=_is_ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
