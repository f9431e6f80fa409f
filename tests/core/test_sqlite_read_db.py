"""Read models in files: what holds of files alone."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from services.core.projector import Projector
from services.core.read_db import Unwritable, move_checkpoint
from services.core.sqlite_log import SqliteLog
from services.core.sqlite_read_db import SqliteReadModel
from tests.core.by_hand import fold_log
from tests.core.kept import coin, filled
from tests.core.toy import coins, coins_table, make_projection
from tests.core.workbench import catch_up, checkpoint, held

BESIDE = (".db-wal", ".db-shm")


@pytest.fixture
def model(tmp_path: Path) -> Iterator[SqliteReadModel]:
    model = SqliteReadModel(tmp_path / "read", make_projection(), readers=2)
    yield model
    model.close()


def names(directory: Path) -> list[str]:
    """The files, with a 1 for the part of a generation's name that is made up."""
    made_up = re.compile("-[0-9a-f]{16}[.]db$")
    return sorted(made_up.sub("-1.db", path.name) for path in directory.iterdir() if path.suffix not in BESIDE)


def deleted_files_held_open() -> int:
    gc.collect()
    links = (path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink())
    return sum(str(link).endswith("(deleted)") and ".db" in str(link) for link in links)


def test_whoever_holds_a_generation_reads_on_through_a_swap_and_lets_go_of_its_files(model: SqliteReadModel) -> None:
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


def test_swaps_of_two_projections_at_once_name_each_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tills = SqliteReadModel(tmp_path, make_projection("toy.tills"), readers=1)
    others = SqliteReadModel(tmp_path, make_projection("toy.others"), readers=1)
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


def test_deleted_files_answer_on_until_there_are_new_ones(model: SqliteReadModel, tmp_path: Path) -> None:
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


def test_a_link_to_nothing_is_not_followed(model: SqliteReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1
    (tmp_path / "read" / "toy.tills").unlink()
    (tmp_path / "read" / "toy.tills").symlink_to("toy.tills.v1-9.db")
    assert not model.exists()
    assert coin(model.current()) == 1
    assert not (tmp_path / "read" / "toy.tills.v1-9.db").exists()


def test_another_version_is_another_shape(model: SqliteReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    assert coin(model.current()) == 1
    newer = SqliteReadModel(tmp_path / "read", make_projection(version=2), readers=1)
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
def test_a_file_that_cant_be_read_counts_as_none(model: SqliteReadModel, tmp_path: Path, damage: str) -> None:
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
    reopened = SqliteReadModel(tmp_path / "read", make_projection(), readers=1)
    assert not reopened.exists()
    reopened.swap(filled(reopened, 2))
    assert reopened.exists()
    assert coin(reopened.current()) == 2
    reopened.close()


def test_what_a_killed_rebuild_left_is_stepped_over_and_swept_away(model: SqliteReadModel, tmp_path: Path) -> None:
    model.swap(filled(model, 1))
    for litter in ("toy.tills.v1-0123456789abcdef.db", "toy.tills.v1-0123456789abcdef.db-journal", "toy.tills.new"):
        (tmp_path / "read" / litter).write_bytes(b"half a page")
    assert coin(model.current()) == 1
    model.swap(filled(model, 3))
    assert coin(model.current()) == 3
    assert names(tmp_path / "read") == ["toy.tills", "toy.tills.lock", "toy.tills.v1-1.db"]


def test_a_current_generation_survives_a_power_cut(model: SqliteReadModel) -> None:
    model.swap(model.begin())
    with model.current().reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1


def test_a_full_disk_is_no_fault_of_the_event(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "events.db")
    projector = Projector(log, SqliteReadModel(tmp_path / "read", make_projection(), readers=0))
    projector.rebuild()
    log.append("toy.till-120777", 0, coins(1))
    catch_up(projector)
    with projector.model.current().reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    log.append("toy.till-120777", 1, coins(*[5] * 800))
    before = held(projector)
    for _ in range(3):
        with pytest.raises(Unwritable, match="full"):
            projector.step()
        assert held(projector) == before
        assert checkpoint(projector) == 1
    with projector.model.current().reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    catch_up(projector)
    assert held(projector) == fold_log(log)
    projector.model.close()
    log.close()
