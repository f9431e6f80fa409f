"""The stand-in for EventStoreDB is a test tool that nothing shipped knows of; it answers as the server does."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from kurrentdbclient import KurrentDBClient, NewEvent, StreamState
from kurrentdbclient.exceptions import NotFoundError, WrongCurrentVersionError

from tests.engines.kurrentdb.process import Double
from tests.engines.kurrentdb.server import serving

ROOT = Path(__file__).parents[2]


def event(number: int, kind: str = "t.One") -> NewEvent:
    return NewEvent(type=kind, data=b"{}", id=UUID(int=number))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[KurrentDBClient]:
    with serving(tmp_path) as url, closing(KurrentDBClient(url)) as client:
        yield client


def test_nothing_outside_the_tests_imports_it() -> None:
    shipped = [path for room in ("services", "gateway", "deploy") for path in (ROOT / room).rglob("*.py")]
    assert len(shipped) > 100
    texts = {path: path.read_text("utf-8") for path in shipped}
    assert [path for path, text in texts.items() if "from tests" in text or "import tests" in text] == []


def test_the_same_events_at_the_same_place_are_stored_once(client: KurrentDBClient) -> None:
    events = [event(1), event(2)]
    first = client.append_to_stream("s", current_version=StreamState.NO_STREAM, events=events)
    client.append_to_stream("s", current_version=1, events=event(3))
    assert client.append_to_stream("s", current_version=StreamState.NO_STREAM, events=events) == first
    assert [each.id.int for each in client.get_stream("s")] == [1, 2, 3]


@pytest.mark.parametrize("events", [event(9), [event(1), event(9)], [event(1), event(2), event(3)]])
def test_other_events_at_a_place_that_is_taken_are_refused(
    client: KurrentDBClient, events: NewEvent | list[NewEvent]
) -> None:
    client.append_to_stream("s", current_version=StreamState.NO_STREAM, events=[event(1), event(2)])
    with pytest.raises(WrongCurrentVersionError) as wrong:
        client.append_to_stream("s", current_version=StreamState.NO_STREAM, events=events)
    assert wrong.value.actual_version == 1
    assert len(client.get_stream("s")) == 2


@pytest.mark.parametrize("events", [event(1), [event(1), event(2)]])
def test_a_stream_that_is_not_there_is_told_from_one_that_is(
    client: KurrentDBClient, events: NewEvent | list[NewEvent]
) -> None:
    with pytest.raises(NotFoundError):
        client.get_stream("s")
    with pytest.raises(WrongCurrentVersionError) as wrong:
        client.append_to_stream("s", current_version=5, events=events)
    assert wrong.value.actual_version is StreamState.NO_STREAM
    client.append_to_stream("s", current_version=StreamState.ANY, events=events)
    client.append_to_stream("s", current_version=StreamState.EXISTS, events=event(7))
    assert [each.id.int for each in client.get_stream("s", backwards=True, limit=1)] == [7]


def test_everything_is_read_either_way_and_filtered_by_type_or_stream(client: KurrentDBClient) -> None:
    for number, kind in ((1, "t.One"), (2, "t.Two"), (3, "u.Three")):
        client.append_to_stream(f"s-{number}", current_version=StreamState.ANY, events=event(number, kind))

    def read(**how: object) -> list[int]:
        return [each.id.int for each in client.read_all(**how)]  # type: ignore[arg-type]

    assert read() == [1, 2, 3]
    assert read(backwards=True, limit=2) == [3, 2]
    assert read(filter_include=["t.*"]) == [1, 2]
    assert read(filter_include=["t."], filter_by_prefix=True) == [1, 2]
    assert read(filter_include=["s-3"], filter_by_stream_name=True) == [3]
    assert read(filter_exclude=["t.*", r"\$.*"]) == [3]
    second = client.get_stream("s-2")[0].commit_position
    assert read(commit_position=second) == [2, 3]


def test_a_subscription_catches_up_says_so_and_goes_on(client: KurrentDBClient) -> None:
    client.append_to_stream("s", current_version=StreamState.ANY, events=event(1))
    with client.subscribe_to_all(include_caught_up=True) as subscription:
        assert next(subscription).id.int == 1
        assert next(subscription).is_caught_up
        client.append_to_stream("s", current_version=StreamState.ANY, events=event(2))
        seen = next(subscription)
        assert seen.id.int == 2
    with client.subscribe_to_all(commit_position=seen.commit_position) as later:
        client.append_to_stream("s", current_version=StreamState.ANY, events=event(3))
        assert next(later).id.int == 3


def test_what_it_acknowledged_is_there_after_it_was_killed(tmp_path: Path) -> None:
    double = Double(tmp_path).start()
    try:
        for number in range(20):
            with closing(KurrentDBClient(double.url)) as client:
                client.append_to_stream("s", current_version=StreamState.ANY, events=event(number))
                double.restart()
        with closing(KurrentDBClient(double.url)) as client:
            assert [each.id.int for each in client.get_stream("s")] == list(range(20))
    finally:
        double.stop()
