"""Generations of a read model: made beside each other, swapped under readers, and never half there."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from services.core.read_db import (
    BeingRebuilt,
    Generation,
    ReadModel,
    Superseded,
    move_checkpoint,
    park,
    parked,
    reached,
    unpark,
)
from tests.core.toy import coins_table, make_projection

BESIDE = (".db-wal", ".db-shm")


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    model = ReadModel(tmp_path / "read", make_projection(), readers=2)
    yield model
    model.close()


def filled(model: ReadModel, pence: int) -> Generation:
    """A generation that is ready to be swapped in, told from others by one coin."""
    generation = model.begin()
    with generation.writing() as connection:
        connection.execute(insert(coins_table).values(urn=120777, pence=pence, n=1))
    return generation


def coin(generation: Generation) -> int | None:
    with generation.reading() as connection:
        return connection.scalar(select(coins_table.c.pence))


def names(directory: Path) -> list[str]:
    """The files, with a 1 for the part of a generation's name that is made up."""
    made_up = re.compile("-[0-9a-f]{16}[.]db$")
    return sorted(made_up.sub("-1.db", path.name) for path in directory.iterdir() if path.suffix not in BESIDE)


def deleted_files_held_open() -> int:
    gc.collect()
    links = (path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink())
    return sum(str(link).endswith("(deleted)") and ".db" in str(link) for link in links)


def test_what_was_never_built_is_not_there(model: ReadModel) -> None:
    assert not model.exists()
    with pytest.raises(FileNotFoundError, match=r"toy\.tills has not been built"):
        model.current()


def test_a_generation_is_seen_when_it_is_swapped_in_and_the_one_before_is_removed(
    model: ReadModel, tmp_path: Path
) -> None:
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1
    second = filled(model, 2)
    assert coin(model.current()) == 1
    model.swap(second)
    assert coin(model.current()) == 2
    assert names(tmp_path / "read") == ["toy.tills", "toy.tills.lock", "toy.tills.v1-1.db"]


def test_the_indexes_are_there_after_the_swap(model: ReadModel) -> None:
    model.swap(filled(model, 1))
    with model.current().reading() as connection:
        indexes = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars().all()
    assert "till_greeted" in indexes


def test_whoever_holds_a_generation_reads_on_through_a_swap_and_lets_go_of_its_files(model: ReadModel) -> None:
    model.swap(filled(model, 1))
    held = model.current()
    with held.reading() as connection:
        model.swap(filled(model, 2))
        assert coin(model.current()) == 2
        assert connection.scalar(select(coins_table.c.pence)) == 1
    # It was asked for before the swap and is read only now.
    assert coin(held) == 1
    assert deleted_files_held_open() > 0
    del held, connection
    assert deleted_files_held_open() == 0


def test_another_process_may_swap(model: ReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    other = ReadModel(tmp_path / "read", make_projection(), readers=1)
    assert coin(model.current()) == 1
    other.swap(filled(other, 2))
    assert coin(model.current()) == 2
    other.close()


def test_swaps_of_two_projections_at_once_name_each_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tills = ReadModel(tmp_path, make_projection("toy.tills"), readers=1)
    others = ReadModel(tmp_path, make_projection("toy.others"), readers=1)
    generation, other = filled(tills, 1), filled(others, 2)
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        others.swap(other)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    tills.swap(generation)
    assert (coin(tills.current()), coin(others.current())) == (1, 2)
    tills.close()
    others.close()


def test_one_rebuild_at_a_time(model: ReadModel, tmp_path: Path) -> None:
    other = ReadModel(tmp_path / "read", make_projection(), readers=1)
    generation = model.begin()
    with pytest.raises(BeingRebuilt, match=r"toy\.tills is being rebuilt by process \d+"):
        other.begin()
    model.swap(generation)
    other.discard(other.begin())
    model.swap(model.begin())
    other.close()


def test_a_beginning_that_fails_leaves_nothing_and_locks_nobody_out(
    model: ReadModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("services.core.read_db.CreateTable", lambda table: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            model.begin()
    assert names(tmp_path / "read") == ["toy.tills.lock"]
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1


def test_what_is_discarded_is_gone_but_never_the_one_that_is_current(model: ReadModel, tmp_path: Path) -> None:
    first = filled(model, 1)
    model.swap(first)
    model.discard(filled(model, 2))
    assert names(tmp_path / "read") == ["toy.tills", "toy.tills.lock", "toy.tills.v1-1.db"]
    model.discard(first)  # as when the swap was interrupted after the link had moved
    assert coin(model.current()) == 1
    assert model.exists()


def test_what_a_killed_rebuild_left_is_stepped_over_and_swept_away(model: ReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    for litter in ("toy.tills.v1-0123456789abcdef.db", "toy.tills.v1-0123456789abcdef.db-journal", "toy.tills.new"):
        (tmp_path / "read" / litter).write_bytes(b"half a page")
    assert coin(model.current()) == 1
    model.swap(filled(model, 3))
    assert coin(model.current()) == 3
    assert names(tmp_path / "read") == ["toy.tills", "toy.tills.lock", "toy.tills.v1-1.db"]


def test_deleted_files_answer_on_until_there_are_new_ones(model: ReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    held = [model.current().engine.connect() for _ in range(2)]
    for path in (tmp_path / "read").iterdir():
        path.unlink()
    (tmp_path / "read").rmdir()
    assert not model.exists()
    assert coin(model.current()) == 1  # with two readers at work already
    with model.current().writing() as connection:
        move_checkpoint(connection, 0, 5, 1)
    for reader in held:
        reader.close()
    assert not (tmp_path / "read").exists()
    model.swap(filled(model, 2))
    assert coin(model.current()) == 2


def test_a_link_to_nothing_is_not_followed(model: ReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1
    (tmp_path / "read" / "toy.tills").unlink()
    (tmp_path / "read" / "toy.tills").symlink_to("toy.tills.v1-9.db")
    assert not model.exists()
    assert coin(model.current()) == 1
    assert not (tmp_path / "read" / "toy.tills.v1-9.db").exists()


def test_another_version_is_another_shape(model: ReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1
    newer = ReadModel(tmp_path / "read", make_projection(version=2), readers=1)
    assert not newer.exists()
    generation = filled(newer, 2)
    assert coin(model.current()) == 1
    newer.swap(generation)
    assert coin(newer.current()) == 2
    assert names(tmp_path / "read") == ["toy.tills", "toy.tills.lock", "toy.tills.v2-1.db"]
    assert coin(model.current()) == 1  # the older program does not read the newer shape
    assert not model.exists()
    newer.close()


@pytest.mark.parametrize("damage", ["rubbish", "empty", "cut short", "a column short", "no checkpoint"])
def test_a_file_that_cant_be_read_counts_as_none(model: ReadModel, tmp_path: Path, damage: str) -> None:
    model.swap(filled(model, 1))
    path = model.current().path
    with model.current().writing() as connection:
        if damage == "a column short":
            connection.exec_driver_sql("ALTER TABLE coins DROP COLUMN pence")
        if damage == "no checkpoint":
            connection.exec_driver_sql("DELETE FROM checkpoint")
    model.close()
    if damage == "rubbish":
        path.write_bytes(b"rubbish" * 9_999)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "cut short":
        path.write_bytes(path.read_bytes()[:5000])
    reopened = ReadModel(tmp_path / "read", make_projection(), readers=1)
    assert not reopened.exists()
    reopened.swap(filled(reopened, 2))
    assert reopened.exists()
    assert coin(reopened.current()) == 2
    reopened.close()


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


def test_more_can_be_taken_back_than_a_statement_has_places_for(model: ReadModel) -> None:
    model.swap(model.begin())
    rows = [{"position": at, "stream": "s", "type": "t", "error": "e"} for at in range(300_000)]
    with model.current().writing() as connection:
        park(connection, rows)
        unpark(connection, range(1, 300_000))
        assert connection.scalars(select(parked.c.position)).all() == [0]
