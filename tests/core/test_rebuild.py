"""A rebuild equals the live tables and the fold by hand, whatever goes on meanwhile."""

import contextlib
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from services.core import projector as projector_module
from services.core.log import LogUnavailable
from services.core.postgres_read_db import PostgresReadModel
from services.core.projector import BATCH, Projector
from services.core.read_db import of_current, reached
from tests.core.by_hand import fold_log
from tests.core.kept import kept, read
from tests.core.toy import (
    CoinTaken,
    Greeted,
    PatronForgotten,
    TillOpened,
    coins_table,
    entry_table,
    make_projection,
    new_events,
)
from tests.core.workbench import Bench, Late, catch_up, held, lucky, renamed, set_aside

histories = st.lists(
    st.tuples(st.integers(120001, 120003), st.sampled_from(["open", "greet", "forget", 1, 2, 5, 13])), max_size=40
)


@pytest.mark.parametrize("engine", ["files", "postgres"])
@settings(max_examples=settings().max_examples // 4)  # each of them syncs many files
@given(history=histories, cuts=st.sets(st.integers(0, 40), max_size=4), rebuilt_at=st.integers(0, 40))
def test_a_rebuild_equals_the_live_tables_and_the_fold_by_hand(
    tmp_path_factory: pytest.TempPathFactory,
    engine: str,
    history: list[tuple[int, str | int]],
    cuts: set[int],
    rebuilt_at: int,
) -> None:
    with kept(tmp_path_factory.mktemp("rebuild"), engine) as where:
        bench = Bench(where)
        check_rebuild(bench, history, cuts, rebuilt_at)
        bench.close()
    shutil.rmtree(where.directory)


def check_rebuild(bench: Bench, history: list[tuple[int, str | int]], cuts: set[int], rebuilt_at: int) -> None:
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


def counted(connection: Connection) -> tuple[int, int, int]:
    """The checkpoint, and how many coins and entries there are."""
    position, _ = reached(connection)
    coins_ = connection.scalar(select(func.sum(coins_table.c.n)))
    entries = connection.scalar(select(func.count()).select_from(entry_table))
    return position, int(coins_ or 0), int(entries or 0)


def test_readers_see_one_whole_or_the_other_while_rebuilds_swap(bench: Bench) -> None:
    projector = bench.projector()
    for urn in range(120001, 120021):
        bench.take(1, 2, 5, urn=urn)
    catch_up(projector)
    stop = threading.Event()
    faults: list[object] = []
    reads = 0

    def read_on() -> None:
        nonlocal reads
        while not stop.is_set():
            try:
                position, coins_, entries = of_current(projector.model, lambda generation: read(generation, counted))
                if not (coins_ == entries == position and position >= 60):
                    faults.append((position, coins_, entries))
                reads += 1
            except Exception as error:
                faults.append(error)

    threads = [threading.Thread(target=read_on) for _ in range(2)]
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
    before = bench.kept.generations()
    for broken in ("take", "swap"):
        with monkeypatch.context() as patch:
            patch.setattr(Projector if broken == "take" else type(projector.model), broken, _fails)
            with pytest.raises(KeyboardInterrupt):
                projector.rebuild()
        assert bench.kept.generations() == before
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
    what, sweeps = (Path, "glob") if bench.kept.in_files else (PostgresReadModel, "_remove_others")
    with monkeypatch.context() as patch:
        patch.setattr(what, sweeps, _fails)
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
    new = bench.model(renamed(lucky(), "toy.tills", version=2))
    assert not new.exists()
    projector = Projector(bench.log, new)
    projector.rebuild()
    assert held(projector) == fold_log(bench.log, unlucky=None)
    (name,) = bench.kept.generations()
    assert name.startswith("toy.tills.v2-" if bench.kept.in_files else "toy__tills__v2_")
    if bench.kept.in_files:
        assert held(old) == fold_log(bench.log)  # for as long as it runs
    else:
        with pytest.raises(LogUnavailable, match=r"toy\.tills was removed, or another version of this software"):
            held(old)


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


def test_the_generation_given_back_is_the_current_one(bench: Bench) -> None:
    projector = bench.projector()
    generation = projector.rebuild()
    assert generation is projector.model.current()
