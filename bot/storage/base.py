"""What all tables share: names of constraints, and times that know their zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from sqlalchemy import DateTime, Dialect, MetaData, Table, TextClause, TypeDecorator, bindparam, text
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without zone rather than guess it."""
        if value is not None and value.tzinfo is None:
            raise TypeError("a time needs its zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables share one naming convention, so that a migration can name what it drops."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(mapped: type[Base]) -> Table:
    """The table of a mapped class, for statements that do without the ORM."""
    return cast(Table, mapped.__table__)


def insert_unless_there(table: Table) -> TextClause:
    """A statement that inserts a whole row where no constraint forbids it.

    SQLAlchemy puts its own statement of that kind together anew each time.
    """
    names = [column.name for column in table.columns]
    values = ", ".join(f":{name}" for name in names)
    # Names of ours, from the code.
    statement = text(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values}) ON CONFLICT DO NOTHING")
    return statement.bindparams(*(bindparam(column.name, type_=column.type) for column in table.columns))
