"""A projection equals a fold of the log by hand, whatever came between: crashes, rivals, faults."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from services.core import projector as projector_module
from services.core import read_db
from services.core.envelope import NewEvent, RecordedEvent
from services.core.projector import BATCH, TRIES, Projector
from services.core.work import Work
from tests.core.by_hand import fold_log
from tests.core.toy import (
    CoinTaken,
    Greeted,
    PatronForgotten,
    TillOpened,
    coins,
    make_projection,
    new_events,
)
from tests.core.workbench import Bench, Late, catch_up, checkpoint, held, lucky, renamed, set_aside


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
    untroubled = bench.projector(renamed(lucky(), "toy.untroubled"))
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
