"""A unit of work: what a batch of events does to a projection's tables, gathered in memory and written together.

Rows of different keys never touch each other, so only the last state of each key is written: one statement for many
rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table

from services.core import postgres_copy
from services.core.row_writes import RowWrite, add, change, delete, insert, key_of, upsert

Key = tuple[Any, ...]
_DELETED = "deleted"


class Work:
    """Changes to tables by primary key. `read` gives a stored row by key for `row`; it is asked only on a miss."""

    def __init__(self, read: Callable[[Table, Key], Mapping[str, Any] | None]) -> None:
        self._read = read
        self._rows: dict[Table, dict[Key, dict[str, Any] | str]] = {}
        self._changes: dict[Table, dict[Key, dict[str, Any]]] = {}
        self._added: dict[Table, dict[Key, dict[str, int]]] = {}
        self._appended: dict[Table, list[tuple[Any, ...]]] = {}

    def put(self, table: Table, **row: Any) -> None:
        """Store a whole row, in place of any with the same key."""
        key = tuple(row[name] for name in key_of(table))
        self._rows.setdefault(table, {})[key] = row
        self._changes.get(table, {}).pop(key, None)

    def change(self, table: Table, key: Key, **columns: Any) -> None:
        """Change some columns of the row with this key; nothing happens when there is none."""
        row = self._rows.get(table, {}).get(key)
        if isinstance(row, dict):
            row.update(columns)
        elif row is None:
            self._changes.setdefault(table, {}).setdefault(key, {}).update(columns)

    def delete(self, table: Table, key: Key) -> None:
        """Remove the row with this key."""
        self._rows.setdefault(table, {})[key] = _DELETED
        self._changes.get(table, {}).pop(key, None)

    def add(self, table: Table, key: Key, **amounts: int) -> None:
        """Add to the counters of the row with this key, making it when there is none.

        A table of counters is changed in no other way."""
        counters = self._added.get(table)
        if counters is None:
            counters = self._added[table] = {}
        row = counters.get(key)
        if row is None:
            counters[key] = amounts
            return
        for name, amount in amounts.items():
            row[name] = row.get(name, 0) + amount

    def insert(self, table: Table, *values: Any) -> None:
        """Append a row, its values in the order of the table's columns, to a table that has no primary key."""
        self.rows(table).append(values)

    def rows(self, table: Table) -> list[tuple[Any, ...]]:
        """The rows to append to a table without primary key: to add to, where `insert` is called a million times."""
        rows = self._appended.get(table)
        if rows is None:
            rows = self._appended[table] = []
        return rows

    def row(self, table: Table, key: Key) -> Mapping[str, Any] | None:
        """The row as it will be, or None. It costs a read on a miss: for what can't be folded from the event alone."""
        pending = self._rows.get(table, {}).get(key)
        if pending is not None:
            return None if isinstance(pending, str) else pending
        stored = self._read(table, key)
        if added := self._added.get(table, {}).get(key):
            before = stored or dict(zip(key_of(table), key, strict=True))
            return {**before, **{name: (before.get(name) or 0) + amount for name, amount in added.items()}}
        return None if stored is None else {**stored, **self._changes.get(table, {}).get(key, {})}

    def write(self, connection: Connection) -> None:
        """Write everything gathered, in the connection's transaction, and forget it."""
        for table, rows in self._rows.items():
            columns = [column.name for column in table.columns]
            kept = [row for row in rows.values() if isinstance(row, dict)]
            gone = [key for key, row in rows.items() if isinstance(row, str)]
            write_rows(connection, upsert(table, columns), [tuple([row.get(name) for name in columns]) for row in kept])
            write_rows(connection, delete(table), gone)
        for table, changes in self._changes.items():
            for names in {tuple(columns) for columns in changes.values()}:
                changed = [(*new.values(), *key) for key, new in changes.items() if tuple(new) == names]
                write_rows(connection, change(table, names), changed)
        for table, counters in self._added.items():
            for names in {tuple(amounts) for amounts in counters.values()}:
                added = [(*key, *amounts.values()) for key, amounts in counters.items() if tuple(amounts) == names]
                write_rows(connection, add(table, names), added)
        for table, appended in self._appended.items():
            write_rows(connection, insert(table, [column.name for column in table.columns]), appended)
        self.clear()

    def clear(self) -> None:
        """Forget everything gathered."""
        for gathered in (self._rows, self._changes, self._added, self._appended):
            gathered.clear()


def write_rows(connection: Connection, write: RowWrite, rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows straight to the driver: the ORM-free path still costs 1 µs a value otherwise."""
    if not rows:
        return
    converters = [_converter(write.table.columns[name], connection) for name in write.columns]
    values = [_converted(row, converters) for row in rows] if any(converters) else rows
    if connection.dialect.name == "postgresql" and len(values) >= postgres_copy.MANY:
        postgres_copy.write(connection, write, values)
    else:
        sql = write.each if connection.dialect.paramstyle == "qmark" else write.each.replace("?", "%s")
        connection.exec_driver_sql(sql, list(values))


def _converted(row: tuple[Any, ...], converters: Sequence[Callable[[Any], Any] | None]) -> tuple[Any, ...]:
    return tuple(
        convert(value) if convert and value is not None else value
        for convert, value in zip(converters, row, strict=True)
    )


def _converter(column: Column[Any], connection: Connection) -> Callable[[Any], Any] | None:
    """How the engine's driver wants this column's values, where it wants them otherwise than Python has them."""
    return column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
