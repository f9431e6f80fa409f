"""The SQL that writes rows of a projection's table: for one row at a time, and for many that stand in a table `staged`.

What a row holds, and in which order, is the same for both."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Table


class RowWrite(msgspec.Struct, frozen=True):
    """One kind of write. `each` takes the values of `columns` in place of its question marks; `staged` takes them from
    a table of that name. A plain insert has none: its rows can be copied into the table itself."""

    table: Table
    columns: Sequence[str]
    each: str
    staged: str | None = None


def insert(table: Table, columns: Sequence[str]) -> RowWrite:
    """Append rows."""
    return RowWrite(table, columns, _insert(table, columns) + _values(columns))


def upsert(table: Table, columns: Sequence[str]) -> RowWrite:
    """Store rows, in place of those with the same key."""
    key = key_of(table)
    rest = [name for name in columns if name not in key]
    return _merge(table, columns, ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in rest))


def add(table: Table, names: Sequence[str]) -> RowWrite:
    """Add to counters, making the row where there is none."""
    own = _quoted(table.name)
    sums = ", ".join(f"{n} = coalesce({own}.{n}, 0) + excluded.{n}" for n in map(_quoted, names))
    return _merge(table, [*key_of(table), *names], sums)


def change(table: Table, names: Sequence[str]) -> RowWrite:
    """Change some columns of rows that are there: the new values first, then the key."""
    key, own = key_of(table), _quoted(table.name)
    each = f"UPDATE {own} SET {_pairs(names, ', ')} WHERE {_pairs(key, ' AND ')}"
    taken = ", ".join(f"{_quoted(name)} = staged.{_quoted(name)}" for name in names)
    staged = f"UPDATE {own} SET {taken} FROM staged WHERE {_same_key(table)}"
    return RowWrite(table, [*names, *key], each, staged)


def delete(table: Table) -> RowWrite:
    """Remove rows by key."""
    key, own = key_of(table), _quoted(table.name)
    each = f"DELETE FROM {own} WHERE {_pairs(key, ' AND ')}"
    return RowWrite(table, key, each, f"DELETE FROM {own} USING staged WHERE {_same_key(table)}")


def key_of(table: Table) -> list[str]:
    """The names of the primary key's columns, in order."""
    return [column.name for column in table.primary_key.columns]


def listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _merge(table: Table, columns: Sequence[str], assigned: str) -> RowWrite:
    action = f"UPDATE SET {assigned}" if assigned else "NOTHING"
    on_conflict = f" ON CONFLICT ({listed(key_of(table))}) DO {action}"
    into = _insert(table, columns)
    staged = f"{into} SELECT {listed(columns)} FROM staged{on_conflict}"
    return RowWrite(table, columns, f"{into}{_values(columns)}{on_conflict}", staged)


def _insert(table: Table, columns: Sequence[str]) -> str:
    return f"INSERT INTO {_quoted(table.name)} ({listed(columns)})"


def _values(columns: Sequence[str]) -> str:
    return f" VALUES ({', '.join('?' * len(columns))})"


def _pairs(names: Sequence[str], between: str) -> str:
    return between.join(f"{_quoted(name)} = ?" for name in names)


def _same_key(table: Table) -> str:
    own = _quoted(table.name)
    return " AND ".join(f"{own}.{name} = staged.{name}" for name in map(_quoted, key_of(table)))


def _quoted(name: str) -> str:
    """A name as SQL takes it, whatever words the language keeps for itself."""
    return f'"{name}"'
