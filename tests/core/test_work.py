"""However a history is cut into batches, the tables come out as if each change had been made by itself."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Connection, Date, Integer, MetaData, String, Table, create_engine, select

from services.core.work import Key, Work

_tables = MetaData()
thing = Table(
    "thing",
    _tables,
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", String),
    Column("day", Date),
    Column("open", Boolean),
)
counter = Table(
    "counter", _tables, Column("key", Integer, primary_key=True), Column("x", Integer), Column("y", Integer)
)
line = Table("line", _tables, Column("words", String), Column("day", Date))
mark = Table("mark", _tables, Column("key", Integer, primary_key=True))

keys = st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 2))
words = st.none() | st.sampled_from(["one", "two", "deleted"])
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
values = st.fixed_dictionaries({}, optional={"words": words, "day": days, "open": st.none() | st.booleans()})
amounts = st.fixed_dictionaries({}, optional={"x": st.integers(-9, 9), "y": st.integers(-9, 9)}).filter(bool)
changes = st.one_of(
    st.tuples(st.just("put"), keys, values),
    st.tuples(st.just("change"), keys, values.filter(bool)),
    st.tuples(st.just("delete"), keys, st.just({})),
    st.tuples(st.just("add"), st.integers(1, 2).map(lambda key: (key,)), amounts),
    st.tuples(st.just("insert"), st.just(()), st.fixed_dictionaries({"words": words, "day": days})),
    st.tuples(st.just("mark"), st.integers(1, 2).map(lambda key: (key,)), st.just({})),
)
Change = tuple[str, Key, dict[str, Any]]


@contextmanager
def database() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        _tables.create_all(connection)
        yield connection
    engine.dispose()


def read(connection: Connection, table: Table, key: Key) -> Mapping[str, Any] | None:
    where = [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
    row = connection.execute(select(table).where(*where)).mappings().one_or_none()
    return None if row is None else dict(row)


def contents(connection: Connection) -> list[list[Any]]:
    return [sorted(map(repr, connection.execute(select(table)))) for table in (thing, counter, line, mark)]


def gather(work: Work, change: Change) -> None:
    """One change, in the words of a projection."""
    match change:
        case "put", (kind, number), columns:
            work.put(thing, kind=kind, number=number, **columns)
        case "change", key, columns:
            work.change(thing, key, **columns)
        case "delete", key, _:
            work.delete(thing, key)
        case "add", key, columns:
            work.add(counter, key, **columns)
        case "insert", _, columns:
            work.insert(line, columns["words"], columns["day"])
        case "mark", (key,), _:
            work.put(mark, key=key)


def apply(connection: Connection, change: Change) -> None:
    """The same change in plain SQL, by itself."""
    name, key, columns = change
    columns = {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}
    if name == "put":
        whole = (*key, columns.get("words"), columns.get("day"), columns.get("open"))
        connection.exec_driver_sql("INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?, ?)", whole)
    elif name == "delete":
        connection.exec_driver_sql("DELETE FROM thing WHERE kind = ? AND number = ?", key)
    elif name == "insert":
        connection.exec_driver_sql("INSERT INTO line VALUES (?, ?)", (columns["words"], columns["day"]))
    elif name == "mark":
        connection.exec_driver_sql("INSERT OR IGNORE INTO mark VALUES (?)", key)
    for column, value in columns.items():
        if name == "change":
            update = f"UPDATE thing SET {column} = ? WHERE kind = ? AND number = ?"
            connection.exec_driver_sql(update, (value, *key))
        elif name == "add":
            connection.exec_driver_sql("INSERT OR IGNORE INTO counter (key) VALUES (?)", key)
            update = f"UPDATE counter SET {column} = ifnull({column}, 0) + ? WHERE key = ?"
            connection.exec_driver_sql(update, (value, *key))


@given(st.lists(st.lists(changes, max_size=8), max_size=5))
def test_batches_of_any_cut_give_the_tables_of_changes_made_one_by_one(batches: list[list[Change]]) -> None:
    with database() as batched, database() as single:
        work = Work(lambda table, key: read(batched, table, key))
        for batch in batches:
            for change in batch:
                gather(work, change)
                apply(single, change)
            work.write(batched)
            assert contents(batched) == contents(single)


@given(st.lists(st.lists(changes, max_size=8), max_size=5), st.tuples(keys, st.integers(1, 2)))
def test_a_row_can_be_read_as_it_will_be(batches: list[list[Change]], asked: tuple[Key, int]) -> None:
    with database() as batched, database() as single:
        work = Work(lambda table, key: read(batched, table, key))
        for batch in batches:
            for change in batch:
                gather(work, change)
                apply(single, change)
                for table, key in ((thing, asked[0]), (counter, (asked[1],))):
                    assert _filled(table, work.row(table, key)) == _filled(table, read(single, table, key))
            work.write(batched)


def _filled(table: Table, row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {column.name: row.get(column.name) for column in table.columns}


def test_what_was_written_is_not_written_again() -> None:
    with database() as connection:
        work = Work(lambda table, key: None)
        work.add(counter, (1,), x=1)
        work.insert(line, "one", None)
        work.write(connection)
        work.write(connection)
        assert contents(connection)[1:3] == [["(1, 1, None)"], ["('one', None)"]]


def test_what_was_cleared_is_never_written() -> None:
    with database() as connection:
        work = Work(lambda table, key: None)
        work.put(thing, kind="a", number=1)
        work.change(thing, ("b", 1), words="one")
        work.add(counter, (1,), x=1)
        work.insert(line, "one", None)
        work.clear()
        work.write(connection)
        assert contents(connection) == [[], [], [], []]


def test_a_day_is_stored_as_the_column_type_stores_it() -> None:
    with database() as connection:
        work = Work(lambda table, key: None)
        work.put(thing, kind="a", number=1, day=date(2022, 9, 1), open=True)
        work.write(connection)
        assert connection.exec_driver_sql("SELECT day, open FROM thing").one() == ("2022-09-01", 1)
        assert connection.execute(select(thing.c.day, thing.c.open)).one() == (date(2022, 9, 1), True)


def test_a_column_that_the_table_does_not_have_is_an_error() -> None:
    with database() as connection:
        work = Work(lambda table, key: None)
        work.change(thing, ("a", 1), colour="red")
        with pytest.raises(KeyError, match="colour"):
            work.write(connection)
