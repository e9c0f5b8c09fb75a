"""Statements of every message: put together by SQLAlchemy once, and handed to SQLite's driver as they are from then on.

SQLAlchemy prepares a run, its parameters and its result anew each time. On SQLite, where a statement of a message takes
a few microseconds, that is most of what it costs.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement whose text is the same for all values of the same names: no `IN` over a list, no default by Python.

    It sees and changes what others do in the same transaction, and fails with SQLAlchemy's own errors.
    """

    def __init__(self, statement: Executable) -> None:
        """Nothing is put together yet."""
        self._statement = statement
        self._ready: dict[tuple[str, ...], _Ready] = {}

    def all(self, connection: Connection, values: Values) -> Sequence[Any]:
        """The rows, with the columns as attributes.

        Raises:
            SQLAlchemyError: as `Connection.execute`.
        """
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        ready = self._for(connection.dialect, values)
        cursor = connection.connection.cursor()
        try:
            # All are fetched: SQLite has not done what a statement says before its last row was asked for.
            rows = cursor.execute(ready.text, ready.parameters(values)).fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_told(error, ready.text, connection) from error
        finally:
            cursor.close()
        return [ready.row(row) for row in rows]

    def first(self, connection: Connection, values: Values) -> Any:
        """The first row; None when there is none."""
        rows = self.all(connection, values)
        return rows[0] if rows else None

    def value(self, connection: Connection, values: Values) -> Any:
        """The first row's first column; None when there is no row."""
        row = self.first(connection, values)
        return row[0] if row is not None else None

    def run(self, connection: Connection, *rows: Values) -> None:
        """Run it for each of some rows of the same names, at least one; it gives nothing back.

        Raises:
            SQLAlchemyError: as `Connection.execute`.
        """
        if connection.dialect.name != "sqlite":
            connection.execute(self._statement, list(rows))
            return
        ready = self._for(connection.dialect, rows[0])
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(ready.text, [ready.parameters(values) for values in rows])
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_told(error, ready.text, connection) from error
        finally:
            cursor.close()

    def _for(self, dialect: Dialect, values: Values) -> _Ready:
        names = tuple(values)
        ready = self._ready.get(names)
        if ready is None:
            ready = self._ready[names] = _Ready(self._statement, dialect, names)
        return ready


class _Ready:
    """A statement for SQLite and values of certain names."""

    def __init__(self, statement: Any, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=names)
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError(f"{compiled}: a column's default is made by Python; name its value")
        self.text = str(compiled)
        fixed = {name: value for name, value in compiled.params.items() if name not in names}
        self._places: list[tuple[str, _Convert]] = []
        self._fixed: dict[str, Any] = {}
        for name in compiled.positiontup:
            bind = compiled.binds[name]
            if bind.required and name not in names:
                raise TypeError(f"{compiled}: no value for {name}")
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if name in fixed:
                self._fixed[name] = fixed[name]
            self._places.append((name, convert))
        columns = list(statement.exported_columns) if compiled.effective_returning or statement.is_select else []
        self._converts = [_result_of(column.type, dialect) for column in columns]
        self._is_plain = not any(self._converts)
        # Made by hand, as mypy wants a named tuple's fields to stand in the code. A column without a name, as a plain
        # `count(*)` is, is found by its place.
        keys = [str(column.key) for column in columns]
        make: Any = namedtuple("Row", keys, rename=True) if columns else None
        self._make: Callable[[Sequence[Any]], Any] = make._make if columns else tuple

    def parameters(self, values: Values) -> tuple[Any, ...]:
        """The values in the order of the text, as the driver takes them."""
        if self._fixed:
            values = {**self._fixed, **values}
        return tuple([values[name] if convert is None else convert(values[name]) for name, convert in self._places])

    def row(self, found: Sequence[Any]) -> Any:
        """A row of the driver's with its columns as attributes."""
        if not self._is_plain:
            found = [
                value if convert is None else convert(value)
                for value, convert in zip(found, self._converts, strict=True)
            ]
        return self._make(found)


def _result_of(kind: TypeEngine[Any], dialect: Dialect) -> _Convert:
    convert: _Convert = kind.dialect_impl(dialect).result_processor(dialect, None)
    return convert


def _as_told(error: Exception, text: str, connection: Connection) -> BaseException:
    """A failure of the driver's as SQLAlchemy tells it, without the values: they may be what somebody wrote."""
    dialect = connection.dialect
    return DBAPIError.instance(text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect)
