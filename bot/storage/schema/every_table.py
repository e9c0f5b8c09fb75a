"""All tables, loaded: what goes through every table (migrations, erasure) imports this."""

from __future__ import annotations

from bot.storage import consents, rule_sets
from bot.storage.base import Base
from bot.storage.schema import (
    conversation_tables,
    measure_tables,
    messenger_tables,
    review_tables,
    staff_tables,
    tracker_tables,
    turn_tables,
    word_tables,
)
from bot.storage.sealing import sealed

MODULES = (
    consents,
    measure_tables,
    messenger_tables,
    review_tables,
    rule_sets,
    sealed,
    word_tables,
    staff_tables,
    conversation_tables,
    tracker_tables,
    turn_tables,
)
METADATA = Base.metadata
