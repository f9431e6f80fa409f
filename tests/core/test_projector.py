"""A projection equals a fold of the log by hand, whatever came between: crashes, rivals, faults, rebuilds."""

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from services.core import projector as projector_module
from services.core import read_db
from services.core.envelope import NewEvent, RecordedEvent
from services.core.projections import Projection
from services.core.projector import BATCH, TRIES, Projector
from services.core.read_db import Generation, ReadModel, Unwritable, reached
from services.core.sqlite_log import SqliteLog
from services.core.work import Work
from tests.core.by_hand import Tables, fold_log, tables
from tests.core.toy import (
    CoinTaken,
    Greeted,
    PatronForgotten,
    TillOpened,
    coins,
    coins_table,
    entry_table,
    make_projection,
    new_events,
)


class Bench:
    """A log, and any number of projectors over the same read model."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(exist_ok=True)
        self.log = SqliteLog(directory / "events.db")
        self.models: list[ReadModel] = []
        self.versions: dict[str, int] = {}

    def projector(self, projection: Projection | None = None, *, log: Any = None) -> Projector:
        model = ReadModel(self.directory / "read", projection or make_projection(), readers=2)
        self.models.append(model)
        projector = Projector(log or self.log, model)
        if not model.exists():
            projector.rebuild()
        return projector

    def append(self, *new: NewEvent, stream: str = "toy.till-120777") -> int:
        before = self.versions.get(stream, 0)
        self.versions[stream] = before + len(new)
        return self.log.append(stream, before, list(new))

    def take(self, *pence: int, urn: int = 120777) -> int:
        return self.append(*coins(*pence, urn=urn), stream=f"toy.till-{urn}")

    def close(self) -> None:
        for model in self.models:
            model.close()
        self.log.close()


class Late:
    """A log to which somebody appends just after the head was read."""

    def __init__(self, log: SqliteLog) -> None:
        self._log = log
        self.late: Callable[[], Any] | None = None

    def head(self) -> int:
        head = self._log.head()
        if self.late is not None:
            late, self.late = self.late, None
            late()
        return head

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "bench")
    yield bench
    bench.close()


def catch_up(projector: Projector) -> None:
    while projector.step():
        pass


def held(projector: Projector) -> Tables:
    with projector.model.current().reading() as connection:
        return tables(connection)


def checkpoint(projector: Projector) -> int:
    with projector.model.current().reading() as connection:
        return reached(connection)[0]


def set_aside(projector: Projector) -> list[tuple[int, str]]:
    with projector.model.current().reading() as connection:
        return [(row["position"], row["error"]) for row in projector.parked(connection)]


def lucky() -> Projection:
    """The same projection, mended: thirteen pence is a coin like any other."""
    projection = make_projection()

    def taken(event: CoinTaken, recorded: RecordedEvent, work: Work) -> None:
        work.insert(entry_table, recorded.position, event.says())
        work.add(coins_table, (event.urn,), pence=event.pence, n=1)

    projection._handlers["toy.CoinTaken"] = taken
    return projection


# Batches and checkpoints


def test_a_step_takes_what_there_is_and_says_when_there_is_no_more(bench: Bench) -> None:
    projector = bench.projector()
    assert projector.step() is False
    position = bench.append(*new_events(TillOpened(120777), CoinTaken(120777, 5), Greeted(120777)))
    assert projector.step() is True
    assert projector.position() == checkpoint(projector) == position
    assert projector.step() is False
    assert held(projector) == fold_log(bench.log)


def test_more_events_than_a_batch_are_taken_in_turn(bench: Bench) -> None:
    projector = bench.projector()
    bench.take(*[1] * (2 * BATCH + 7))
    steps = 0
    while projector.step():
        steps += 1
        assert held(projector)["coins"][120777] == (projector.position(), projector.position())
    assert steps == 3
    assert held(projector) == fold_log(bench.log)


def test_events_of_no_interest_move_the_cursor_without_a_write(bench: Bench) -> None:
    projector = bench.projector()
    bench.take(5)
    catch_up(projector)
    position = bench.append(*new_events(PatronForgotten(120777, "p-1")))
    assert projector.step() is True
    assert (projector.position(), checkpoint(projector)) == (position, position - 1)
    assert projector.step() is False
    bench.take(7)
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)


def test_an_event_that_comes_between_the_head_and_the_page_is_taken_once(bench: Bench) -> None:
    log = Late(bench.log)
    projector = bench.projector(log=log)
    for late in (
        lambda: bench.take(5),
        lambda: bench.append(*new_events(PatronForgotten(1, "p-1"), CoinTaken(120777, 7), PatronForgotten(1, "p-1"))),
    ):
        bench.take(1)
        log.late = late
        projector.step()
        catch_up(projector)
        assert held(projector) == fold_log(bench.log)
        assert projector.position() == bench.log.head()


@pytest.mark.parametrize("moment", ["before the checkpoint", "after the checkpoint"])
def test_a_crash_in_a_batch_leaves_neither_rows_nor_checkpoint(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    projector = bench.projector()
    bench.take(1, 2)
    catch_up(projector)
    bench.take(5, 10)
    move = read_db.move_checkpoint

    def crash(connection: Connection, *places: int) -> None:
        if moment == "after the checkpoint":
            move(connection, *places)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(projector_module, "move_checkpoint", crash)
        with pytest.raises(KeyboardInterrupt):
            projector.step()
    assert checkpoint(projector) == projector.position() == 2
    assert held(projector)["coins"] == {120777: (3, 2)}
    again = bench.projector()
    catch_up(again)
    assert held(again) == fold_log(bench.log)


def test_two_runners_of_one_projection_double_and_lose_nothing(bench: Bench) -> None:
    rivals = [bench.projector() for _ in range(2)]
    stop = threading.Event()
    faults: list[Exception] = []

    def run(projector: Projector) -> None:
        try:
            while not stop.is_set() or projector.position() < bench.log.head():
                projector.step()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(projector,)) for projector in rivals]
    for thread in threads:
        thread.start()
    for urn in range(120001, 120041):
        bench.append(*new_events(TillOpened(urn), Greeted(urn)), stream=f"toy.till-{urn}")
        for pence in (1, 2, 5, 13):
            bench.take(pence, urn=urn)
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert held(rivals[0]) == held(rivals[1]) == fold_log(bench.log)


def test_the_second_of_two_runners_that_hold_the_same_batch_writes_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = bench.projector(), bench.projector()
    bench.take(1, 2, 5)
    fold = Projector._fold

    def overtaken(self: Projector, *given: Any) -> None:
        monkeypatch.setattr(Projector, "_fold", fold)
        catch_up(second)
        bench.take(10)
        fold(self, *given)

    monkeypatch.setattr(Projector, "_fold", overtaken)
    assert first.step() is True
    assert first.position() == 3
    catch_up(first)
    assert held(first) == fold_log(bench.log)


# Parking


def test_an_event_is_tried_three_times_and_parked_with_its_error(bench: Bench) -> None:
    projection, tried = make_projection(), list[int]()
    fold = projection._handlers["toy.CoinTaken"]

    def counted(event: CoinTaken, recorded: RecordedEvent, work: Work) -> None:
        tried.append(event.pence)
        fold(event, recorded, work)

    projection._handlers["toy.CoinTaken"] = counted
    projector = bench.projector(projection)
    bench.take(13)
    catch_up(projector)
    assert tried == [13] * (1 + TRIES)  # once in its batch, then by itself
    assert set_aside(projector) == [(1, "ValueError: thirteen is unlucky")]
    assert held(projector)["entry"] == []  # what the handler did before it failed is undone


def test_a_fault_that_passes_is_not_parked(bench: Bench) -> None:
    projection, failures = make_projection(), [1] * TRIES
    fold = projection._handlers["toy.CoinTaken"]

    def passing(event: CoinTaken, recorded: RecordedEvent, work: Work) -> None:
        fold(event, recorded, work)
        if failures:
            raise TimeoutError(f"{failures.pop()} more")

    projection._handlers["toy.CoinTaken"] = passing
    projector = bench.projector(projection)
    bench.take(5)
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)
    assert set_aside(projector) == []


def test_what_follows_in_the_stream_waits_behind_and_other_streams_go_on(bench: Bench) -> None:
    projector = bench.projector()
    bench.take(1, 13, 2)
    bench.take(5, urn=120778)
    catch_up(projector)
    bench.take(10)
    bench.take(20, urn=120778)
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)
    assert held(projector)["coins"] == {120777: (1, 1), 120778: (25, 2)}
    assert set_aside(projector) == [
        (2, "ValueError: thirteen is unlucky"),
        (3, "waits behind an earlier event of its stream"),
        (5, "waits behind an earlier event of its stream"),
    ]


def test_when_the_cause_is_mended_a_retry_restores_order_and_rows(bench: Bench) -> None:
    projector = bench.projector()
    bench.append(*new_events(TillOpened(120777)))
    bench.take(1, 13, 2)
    bench.take(13, urn=120778)
    catch_up(projector)
    assert projector.retry() == 3  # nothing was mended
    assert len(set_aside(projector)) == 3
    mended = bench.projector(lucky())
    assert mended.retry() == 0
    bench.take(10)
    catch_up(mended)
    assert held(mended) == fold_log(bench.log, unlucky=None)
    untroubled = bench.projector(_renamed(lucky(), "toy.untroubled"))
    assert held(untroubled) == held(mended)


def test_a_retry_parks_again_only_from_the_event_that_still_fails(bench: Bench) -> None:
    projector = bench.projector()
    first = bench.take(13)
    bench.take(1)
    second = bench.take(13)
    bench.take(2)
    catch_up(projector)
    assert projector.drop(first) is True
    assert projector.drop(first) is False
    assert [at for at, _ in set_aside(projector)] == [2, 3, 4]
    assert projector.retry() == 2
    assert [at for at, _ in set_aside(projector)] == [second, second + 1]
    assert held(projector)["coins"] == {120777: (1, 1)}
    assert projector.drop(second)
    assert projector.retry() == 0
    assert held(projector)["coins"] == {120777: (3, 2)}


def test_an_event_that_cant_be_read_is_parked(bench: Bench) -> None:
    projector = bench.projector()
    (known,) = coins(1)
    bench.append(
        NewEvent(uuid4().bytes, "toy.CoinTaken", 1, known.metadata, b'{"urn":"x"}'),
        NewEvent(uuid4().bytes, "toy.CoinTaken", 9, known.metadata, known.data),
        NewEvent(uuid4().bytes, "toy.NeverDeclared", 1, known.metadata, b"{}"),
    )
    catch_up(projector)
    (damaged, newer) = set_aside(projector)
    assert damaged[1].startswith("Unreadable: toy.CoinTaken version 1 can't be read")
    assert newer == (2, "waits behind an earlier event of its stream")
    assert projector.drop(1)
    assert projector.retry() == 1
    assert "newer than this version of the software" in set_aside(projector)[0][1]


def test_a_full_disk_is_no_fault_of_the_event(bench: Bench) -> None:
    model = ReadModel(bench.directory / "read", make_projection(), readers=0)
    bench.models.append(model)
    projector = Projector(bench.log, model)
    projector.rebuild()
    bench.take(1)
    catch_up(projector)
    with model.current().reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    for _ in range(2):
        bench.take(*[5] * 400)
    before = held(projector)
    for _ in range(3):
        with pytest.raises(Unwritable, match="full"):
            projector.step()
        assert held(projector) == before
        assert checkpoint(projector) == 1
    with model.current().reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)


# Rebuilding

histories = st.lists(
    st.tuples(st.integers(120001, 120003), st.sampled_from(["open", "greet", "forget", 1, 2, 5, 13])), max_size=40
)


@settings(max_examples=settings().max_examples // 4)  # each of them syncs many files
@given(history=histories, cuts=st.sets(st.integers(0, 40), max_size=4), rebuilt_at=st.integers(0, 40))
def test_a_rebuild_equals_the_live_tables_and_the_fold_by_hand(
    tmp_path_factory: pytest.TempPathFactory,
    history: list[tuple[int, str | int]],
    cuts: set[int],
    rebuilt_at: int,
) -> None:
    bench = Bench(tmp_path_factory.mktemp("rebuild"))
    live, other = bench.projector(), bench.projector(make_projection("toy.others"))
    for number, (urn, what) in enumerate(history):
        event = {"open": TillOpened(urn), "greet": Greeted(urn), "forget": PatronForgotten(urn, "p-1")}.get(str(what))
        bench.append(*new_events(event or CoinTaken(urn, int(what))), stream=f"toy.till-{urn}")
        if number in cuts:
            live.step()
        if number == rebuilt_at:
            other.rebuild()
    catch_up(live)
    catch_up(other)
    by_hand = fold_log(bench.log)
    assert held(live) == by_hand
    assert held(other) == by_hand
    live.rebuild()
    assert held(live) == by_hand
    assert live.position() == bench.log.head()
    bench.close()
    shutil.rmtree(bench.directory)


def test_a_rebuild_of_more_than_its_batch(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projector_module, "REBUILD_PAGES", 2)
    projector = bench.projector()
    bench.take(*[2] * (3 * BATCH + 1))
    seen: list[tuple[int, int]] = []
    projector.rebuild(lambda position, head: seen.append((position, head)))
    assert seen == [(2 * BATCH, 3 * BATCH + 1), (3 * BATCH + 1, 3 * BATCH + 1)]
    assert held(projector) == fold_log(bench.log)


def test_a_rebuild_counts_once_what_comes_after_it_read_the_head_and_fills_its_page(bench: Bench) -> None:
    log = Late(bench.log)
    projector = bench.projector(log=log)
    bench.take(*[2] * (BATCH - 3))
    log.late = lambda: bench.take(5, 5, 5)
    projector.rebuild()
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)


def test_readers_see_one_whole_or_the_other_while_rebuilds_swap(bench: Bench) -> None:
    projector = bench.projector()
    for urn in range(120001, 120021):
        bench.take(1, 2, 5, urn=urn)
    catch_up(projector)
    stop = threading.Event()
    faults: list[object] = []
    reads = 0

    def read() -> None:
        nonlocal reads
        while not stop.is_set():
            try:
                with projector.model.current().reading() as connection:
                    position, _ = reached(connection)
                    coins_ = connection.scalar(select(func.sum(coins_table.c.n)))
                    entries = connection.scalar(select(func.count()).select_from(entry_table))
                if not (coins_ == entries == position and position >= 60):
                    faults.append((position, coins_, entries))
                reads += 1
            except Exception as error:
                faults.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for urn in range(120001, 120021):
        bench.take(10, urn=urn)
        catch_up(projector)
        projector.rebuild()
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert reads > 20
    assert held(projector) == fold_log(bench.log)


def test_events_that_come_during_a_rebuild_are_not_lost(bench: Bench) -> None:
    projector = bench.projector()
    bench.take(1)
    later = iter([5, 10, 20])

    def append(position: int, head: int) -> None:
        with contextlib.suppress(StopIteration):
            bench.take(next(later))
            projector.step()  # the old generation is kept up meanwhile

    projector.rebuild(append)
    bench.take(50)
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)
    assert held(projector)["coins"] == {120777: (86, 5)}


def test_a_batch_begun_before_a_swap_does_not_move_the_new_generation(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    projector, rebuilder = bench.projector(), bench.projector()
    bench.take(1)
    catch_up(projector)
    bench.take(2, 5)
    fold = Projector._fold

    def swapped_meanwhile(self: Projector, *given: Any) -> None:
        monkeypatch.setattr(Projector, "_fold", fold)
        rebuilder.rebuild()
        bench.take(10)
        fold(self, *given)

    monkeypatch.setattr(Projector, "_fold", swapped_meanwhile)
    projector.step()
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)


def test_a_rebuild_that_fails_leaves_the_old_generation_and_no_litter(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    projector = bench.projector()
    bench.take(1, 2)
    catch_up(projector)
    before = sorted(path.name for path in (bench.directory / "read").iterdir())
    for broken in ("take", "swap"):
        with monkeypatch.context() as patch:
            patch.setattr(Projector if broken == "take" else ReadModel, broken, _fails)
            with pytest.raises(KeyboardInterrupt):
                projector.rebuild()
        assert sorted(path.name for path in (bench.directory / "read").iterdir()) == before
        assert held(projector) == fold_log(bench.log)
    projector.rebuild()
    assert held(projector) == fold_log(bench.log)


def _fails(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_interruption_just_after_the_swap_keeps_what_was_swapped_in(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    projector = bench.projector()
    bench.take(1, 2)
    glob = Path.glob

    def interrupted(path: Path, pattern: str) -> Iterator[Path]:
        monkeypatch.setattr(Path, "glob", glob)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "glob", interrupted)
    with pytest.raises(KeyboardInterrupt):
        projector.rebuild()
    reopened = bench.projector()
    assert reopened.model.exists()
    assert held(reopened) == fold_log(bench.log)


def test_a_higher_version_is_built_beside_the_old_one_and_swapped_in(bench: Bench) -> None:
    old = bench.projector()
    bench.take(1, 13)
    catch_up(old)
    assert len(set_aside(old)) == 1
    new = ReadModel(bench.directory / "read", _renamed(lucky(), "toy.tills", version=2), readers=1)
    bench.models.append(new)
    assert not new.exists()
    projector = Projector(bench.log, new)
    projector.rebuild()
    assert held(projector) == fold_log(bench.log, unlucky=None)
    files = [path.name for path in (bench.directory / "read").glob("*.db")]
    assert [name.startswith("toy.tills.v2-") for name in files] == [True]
    assert held(old) == fold_log(bench.log)  # for as long as it runs


def test_what_is_parked_stays_parked_across_a_rebuild_and_can_be_retried_after(bench: Bench) -> None:
    projector = bench.projector()
    bench.take(1, 13, 2)
    catch_up(projector)
    before = set_aside(projector)
    projector.rebuild()
    assert set_aside(projector) == before != []
    bench.take(5)
    catch_up(projector)
    assert held(projector) == fold_log(bench.log)
    mended = bench.projector(lucky())
    assert mended.retry() == 0
    assert held(mended) == fold_log(bench.log, unlucky=None)


def test_lag_and_parked_events_are_measured(bench: Bench) -> None:
    from prometheus_client import REGISTRY

    def value(name: str) -> float | None:
        return REGISTRY.get_sample_value(f"partnership_{name}", {"reader": "toy.measured"})

    projector = bench.projector(make_projection("toy.measured"))
    bench.take(13, 1)
    projector.measure()
    assert (value("lag_events"), value("parked_events")) == (2, 0)
    lag = value("lag_seconds")
    assert lag is not None
    assert 0 < lag < 60
    catch_up(projector)
    projector.measure()
    assert (value("lag_events"), value("lag_seconds"), value("parked_events")) == (0, 0, 2)


def _renamed(projection: Projection, name: str, version: int = 1) -> Projection:
    projection.name, projection.version = name, version
    return projection


def test_the_generation_given_back_is_the_current_one(bench: Bench) -> None:
    projector = bench.projector()
    generation: Generation = projector.rebuild()
    assert generation is projector.model.current()
    with generation.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
