"""All tables, loaded: what goes through every table (migrations, erasure) imports this."""

from __future__ import annotations

from bot.storage import (
    consents,
    measure_tables,
    messenger_tables,
    review_tables,
    rule_sets,
    sealed,
    search,
    staff_tables,
    tables,
    tracker_tables,
    turn_tables,
)
from bot.storage.base import Base

MODULES = (
    consents,
    measure_tables,
    messenger_tables,
    review_tables,
    rule_sets,
    sealed,
    search,
    staff_tables,
    tables,
    tracker_tables,
    turn_tables,
)
METADATA = Base.metadata
