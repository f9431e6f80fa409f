"""Generations of a read model, in files and in PostgreSQL: made beside each other, swapped under readers, and never
half there."""

import pytest
from sqlalchemy import insert, select

from services.core.read_db import (
    BeingRebuilt,
    ReadModel,
    Superseded,
    move_checkpoint,
    park,
    parked,
    reached,
    unpark,
)
from tests.core.kept import Kept, coin, filled
from tests.core.toy import coins_table, make_projection


@pytest.fixture
def model(both: Kept) -> ReadModel:
    return both.open().of(make_projection())


def test_what_was_never_built_is_not_there(model: ReadModel) -> None:
    assert not model.exists()
    with pytest.raises(FileNotFoundError, match=r"toy\.tills has not been built"):
        model.current()


def test_a_generation_is_seen_when_it_is_swapped_in_and_the_one_before_is_removed(model: ReadModel, both: Kept) -> None:
    model.swap(filled(model, 1))
    assert model.exists()
    assert coin(model.current()) == 1
    second = filled(model, 2)
    assert coin(model.current()) == 1
    assert len(both.generations()) == 2
    model.swap(second)
    assert coin(model.current()) == 2
    assert len(both.generations()) == 1


def test_the_indexes_are_there_after_the_swap(model: ReadModel, both: Kept) -> None:
    listed = "SELECT name FROM sqlite_master WHERE type = 'index'" if both.in_files else "SELECT relname FROM pg_class"
    model.swap(filled(model, 1))
    with model.current().reading() as connection:
        assert "till_greeted" in connection.exec_driver_sql(listed).scalars().all()


def test_whoever_reads_a_generation_reads_on_through_a_swap(
    model: ReadModel, both: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.core.postgres_read_db.READER_PATIENCE", "10ms")
    model.swap(filled(model, 1))
    with model.current().reading() as connection:
        model.swap(filled(model, 2))
        assert coin(model.current()) == 2
        assert connection.scalar(select(coins_table.c.pence)) == 1
    model.swap(filled(model, 3))
    assert len(both.generations()) == 1


def test_another_process_may_swap(model: ReadModel, both: Kept) -> None:
    model.swap(filled(model, 1))
    other = both.open().of(make_projection())
    assert coin(model.current()) == 1
    other.swap(filled(other, 2))
    assert coin(model.current()) == 2


def test_one_rebuild_at_a_time(model: ReadModel, both: Kept) -> None:
    other = both.open().of(make_projection())
    generation = model.begin()
    with pytest.raises(BeingRebuilt, match=r"toy\.tills is being rebuilt by process \d+"):
        other.begin()
    model.swap(generation)
    other.discard(other.begin())
    model.swap(model.begin())


def test_read_models_of_two_projections_are_rebuilt_at_once(both: Kept) -> None:
    tills, others = (both.open().of(make_projection(name)) for name in ("toy.tills", "toy.others"))
    generation, other = filled(tills, 1), filled(others, 2)
    tills.swap(generation)
    others.swap(other)
    assert (coin(tills.current()), coin(others.current())) == (1, 2)


def test_what_a_policy_keeps_is_apart_from_a_read_model_of_that_name(both: Kept) -> None:
    models = both.open()
    kept, model = models.kept(make_projection(), "policies"), models.of(make_projection())
    kept.swap(filled(kept, 1))
    assert not model.exists()
    model.swap(filled(model, 2))
    assert (coin(kept.current()), coin(model.current())) == (1, 2)


def test_a_beginning_that_fails_leaves_nothing_and_locks_nobody_out(
    model: ReadModel, both: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        for engine in ("sqlite", "postgres"):
            patch.setattr(f"services.core.{engine}_read_db.CreateTable", lambda table: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            model.begin()
    assert both.generations() == []
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1


def test_what_is_discarded_is_gone_but_never_the_one_that_is_current(model: ReadModel, both: Kept) -> None:
    first = filled(model, 1)
    model.swap(first)
    model.discard(filled(model, 2))
    assert len(both.generations()) == 1
    model.discard(first)  # as when the swap was interrupted after it had happened
    assert coin(model.current()) == 1
    assert model.exists()


def test_what_a_killed_rebuild_left_is_stepped_over_and_swept_away(model: ReadModel, both: Kept) -> None:
    model.swap(filled(model, 1))
    both.litter(model, filled(model, 2))
    assert coin(model.current()) == 1
    model.swap(filled(model, 3))
    assert coin(model.current()) == 3
    assert len(both.generations()) == 1


def test_another_version_is_another_shape(both: Kept) -> None:
    model, newer = (both.open().of(make_projection(version=version)) for version in (1, 2))
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1
    assert not newer.exists()
    generation = filled(newer, 2)
    assert coin(model.current()) == 1
    newer.swap(generation)
    assert coin(newer.current()) == 2
    assert not model.exists()
    assert len(both.generations()) == 1


def test_the_checkpoint_moves_only_from_where_it_is(model: ReadModel) -> None:
    model.swap(model.begin())
    with model.current().writing() as connection:
        move_checkpoint(connection, 0, 7, 1_000)
    with pytest.raises(Superseded), model.current().writing() as connection:
        move_checkpoint(connection, 0, 9, 1_000)
    with model.current().reading() as connection:
        assert reached(connection) == (7, 1_000)


def test_a_transaction_that_fails_writes_nothing(model: ReadModel) -> None:
    model.swap(filled(model, 1))

    def write() -> None:
        with model.current().writing() as connection:
            connection.execute(insert(coins_table).values(urn=120778, pence=5, n=1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    with model.current().reading() as connection:
        assert connection.scalars(select(coins_table.c.urn)).all() == [120777]


def test_more_can_be_taken_back_than_a_statement_has_places_for(model: ReadModel, both: Kept) -> None:
    many = 300_000 if both.in_files else 70_000
    model.swap(model.begin())
    rows = [{"position": at, "stream": "s", "type": "t", "error": "e"} for at in range(many)]
    with model.current().writing() as connection:
        park(connection, rows)
        unpark(connection, range(1, many))
        assert connection.scalars(select(parked.c.position)).all() == [0]
