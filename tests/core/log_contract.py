"""What every event log must do, whatever it is made of. A module that tests a log gives the fixture `log` and imports
these tests."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest

from services.core.envelope import NewEvent, RecordedEvent
from services.core.events import Undecodable
from services.core.log import Conflict, EventLog
from tests.core.toy import CoinTaken, TillOpened, coins, new_events


def test_an_empty_log_has_no_head_and_no_events(log: EventLog) -> None:
    assert log.head() == 0
    assert log.since(0, 10) == []
    assert log.read("toy.till-120777") == []


def test_what_is_appended_is_read_back_in_order_with_versions_from_1(log: EventLog) -> None:
    log.append("toy.till-120777", 0, coins(1, 2))
    position = log.append("toy.till-120777", 2, coins(5))
    events = log.read("toy.till-120777")
    assert [(event.version, event.data) for event in events] == [
        (1, CoinTaken(120777, 1)),
        (2, CoinTaken(120777, 2)),
        (3, CoinTaken(120777, 5)),
    ]
    assert events[-1].position == position == log.head()


def test_the_envelope_comes_back_whole(log: EventLog) -> None:
    (new,) = coins(50)
    log.append("toy.till-120777", 0, [new])
    (recorded,) = log.read("toy.till-120777")
    assert recorded.stream == "toy.till-120777"
    assert recorded.event_id == new.event_id
    assert (recorded.type, recorded.schema_version) == ("toy.CoinTaken", 1)
    assert recorded.stored_metadata == new.metadata
    assert recorded.metadata.actor == "tester"
    assert len(recorded.hash) == 32


def test_a_writer_that_is_behind_is_told_of_the_conflict_and_stores_nothing(log: EventLog) -> None:
    log.append("toy.till-120777", 0, coins(1))
    for behind in (0, 2):
        with pytest.raises(Conflict):
            log.append("toy.till-120777", behind, coins(2))
    assert len(log.read("toy.till-120777")) == 1
    assert log.since(0, 10) == log.read("toy.till-120777")


def test_a_conflict_on_a_stream_that_does_not_exist_leaves_no_trace(log: EventLog) -> None:
    with pytest.raises(Conflict):
        log.append("toy.till-120777", 3, coins(1))
    assert log.append("toy.till-120777", 0, coins(1)) == log.head()


def test_events_that_are_stored_already_are_a_conflict_at_the_version_where_they_were_stored(log: EventLog) -> None:
    once = coins(1, 2)
    log.append("toy.till-120777", 0, once)
    with pytest.raises(Conflict):
        log.append("toy.till-120777", 0, once)
    assert len(log.read("toy.till-120777")) == len(log.since(0, 10)) == 2


def test_a_stream_can_be_read_up_to_a_version_or_an_instant(log: EventLog) -> None:
    log.append("toy.till-120777", 0, coins(1, 2))
    log.append("toy.till-120777", 2, coins(3))
    events = log.read("toy.till-120777")
    assert log.read("toy.till-120777", upto=2) == events[:2]
    assert log.read("toy.till-120777", upto=events[-1].recorded) == events
    assert log.read("toy.till-120777", upto=events[0].recorded - timedelta(microseconds=1)) == []


def test_since_gives_every_stream_in_one_order_by_pages(log: EventLog) -> None:
    for version in range(3):
        for urn in (120777, 120778):
            log.append(f"toy.till-{urn}", version, coins(version + 1, urn=urn))
    whole = log.since(0, 100)
    positions = [event.position for event in whole]
    assert positions == sorted(set(positions))
    assert [event.stream for event in whole] == ["toy.till-120777", "toy.till-120778"] * 3
    paged: list[RecordedEvent] = []
    while page := log.since(paged[-1].position if paged else 0, 4):
        paged += page
    assert paged == whole


def test_since_can_be_limited_to_types(log: EventLog) -> None:
    log.append("toy.till-120777", 0, new_events(TillOpened(120777), CoinTaken(120777, 5), CoinTaken(120777, 6)))
    assert [event.type for event in log.since(0, 10, ["toy.CoinTaken"])] == ["toy.CoinTaken"] * 2
    assert len(log.since(0, 1, ["toy.CoinTaken", "toy.TillOpened"])) == 1
    assert log.since(0, 10, ["toy.NeverSeen"]) == []
    assert log.since(0, 10, []) == []


def test_recorded_times_never_go_back(log: EventLog) -> None:
    for version in range(20):
        log.append("toy.till-120777", version, coins(1))
    times = [event.recorded_at for event in log.since(0, 100)]
    assert times == sorted(times)


def test_wait_returns_at_once_when_something_newer_exists_and_false_when_time_runs_out(log: EventLog) -> None:
    assert log.wait(0, 0.01) is False
    position = log.append("toy.till-120777", 0, coins(1))
    assert log.wait(0, 5) is True
    assert log.wait(position, 0.01) is False


def test_wait_is_woken_by_an_append(log: EventLog) -> None:
    woken: list[bool] = []
    waiter = threading.Thread(target=lambda: woken.append(log.wait(0, 30)))
    waiter.start()
    log.append("toy.till-120777", 0, coins(1))
    waiter.join(10)
    assert woken == [True]


def test_writers_of_one_stream_lose_and_double_nothing(log: EventLog) -> None:
    taken: list[int] = []

    def write(mark: int) -> None:
        for _ in range(25):
            while True:
                version = len(log.read("toy.till-120777"))
                try:
                    log.append("toy.till-120777", version, coins(mark))
                except Conflict:
                    continue
                taken.append(mark)
                break

    writers = [threading.Thread(target=write, args=(mark,)) for mark in (1, 2, 5, 10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    events = log.read("toy.till-120777")
    assert [event.version for event in events] == list(range(1, 101))
    assert sorted(event.data.pence for event in events if isinstance(event.data, CoinTaken)) == sorted(taken)


def test_no_reader_sees_a_hole_that_fills_later(log: EventLog) -> None:
    stop = threading.Event()
    seen: list[int] = []

    def follow() -> None:
        while not stop.is_set() or log.head() > (seen[-1] if seen else 0):
            seen.extend(event.position for event in log.since(seen[-1] if seen else 0, 7))

    def write(urn: int) -> None:
        for version in range(50):
            log.append(f"toy.till-{urn}", version * 2, coins(1, 2, urn=urn))

    reader = threading.Thread(target=follow)
    writers = [threading.Thread(target=write, args=(urn,)) for urn in range(120001, 120005)]
    for thread in (reader, *writers):
        thread.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()
    assert seen == [event.position for event in log.since(0, 10_000)]
    assert len(seen) == 400


def test_an_event_of_an_unknown_type_is_given_as_undecodable_among_the_others(log: EventLog) -> None:
    (known,) = coins(1)
    stranger = NewEvent(uuid4().bytes, "toy.NeverDeclared", 1, known.metadata, b"{}")
    damaged = NewEvent(uuid4().bytes, "toy.CoinTaken", 1, known.metadata, b'{"urn": "x"}')
    log.append("toy.till-120777", 0, [known, stranger, damaged])
    first, second, third = (event.data for event in log.read("toy.till-120777"))
    assert first == CoinTaken(120777, 1)
    assert isinstance(second, Undecodable)
    assert "toy.NeverDeclared" in second.error
    assert isinstance(third, Undecodable)


@pytest.mark.parametrize(("stream", "events"), [("toy.till-120777", []), ("toy.till\n120777", None)])
def test_nonsense_is_refused(log: EventLog, stream: str, events: list[object] | None) -> None:
    with pytest.raises(ValueError, match="at least one event and a stream name on one line"):
        log.append(stream, 0, coins(1) if events is None else [])


def test_an_event_is_found_by_its_position(log: EventLog) -> None:
    log.append("toy.till-1", 0, coins(1))
    position = log.append("toy.till-2", 0, coins(2))
    log.append("toy.till-1", 1, coins(5))
    assert log.at(position) == log.read("toy.till-2")[0]
    with pytest.raises(LookupError):
        log.at(log.head() + 1)
