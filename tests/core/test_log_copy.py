"""A log moves from one engine to another and back, and nothing of it changes but the positions."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from services.core.log import LogDamaged, LogUnavailable
from services.core.log_copy import Copied, NotACopy, Writer, copy
from services.core.log_place import open_log, open_writer
from services.core.verify import StoredEvent, StoredLog, Verifier
from tests.core.toy import TillOpened, coins, new_events
from tests.engines.kurrentdb.server import serving

DIRECTIONS = [("file", "server"), ("server", "file"), ("file", "other file"), ("server", "other server")]


@pytest.fixture
def places(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Two directories and two servers, all empty."""
    directories = {name: tmp_path / name for name in ("file", "other file")}
    for directory in directories.values():
        directory.mkdir()
    with serving(tmp_path / "one") as server, serving(tmp_path / "two") as other:
        yield {**{name: str(path) for name, path in directories.items()}, "server": server, "other server": other}


def fill(place: str) -> None:
    """Twelve events in three streams, some stored together and some between each other."""
    with closing(open_log(place)) as log:
        for urn in (1, 2, 3):
            log.append(f"toy.till-{urn}", 0, [*new_events(TillOpened(urn)), *coins(5, urn=urn)])
        for urn in (1, 2, 3):
            log.append(f"toy.till-{urn}", 2, coins(10, 20, urn=urn))


def copied(source: str, target: str, upto: int | None = None) -> Copied:
    with (
        closing(open_log(source, read_only=True)) as original,
        closing(open_writer(target)) as writer,
        closing(open_log(target, read_only=True)) as log,
    ):
        return copy(original, log, writer if upto is None else Cut(writer, upto))


class Cut:
    """A writer whose process ends after so many events."""

    def __init__(self, writer: Writer, left: int) -> None:
        self._writer, self._left = writer, left

    def take(self, events: list[StoredEvent]) -> None:
        if events[: self._left]:
            self._writer.take(events[: self._left])
        raise KeyboardInterrupt

    def close(self) -> None:
        self._writer.close()


def lying_in(place: str) -> list[Any]:
    """Everything that lies in a log but positions."""
    with closing(open_log(place, read_only=True)) as log:
        return [msgspec.structs.replace(event, position=0) for event in log.stored(0, 1_000)]


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
def test_everything_but_positions_is_the_same_in_the_copy(places: dict[str, str], source: str, target: str) -> None:
    fill(places[source])
    done = copied(places[source], places[target])
    assert (done.events, done.before, done.streams) == (12, 0, 3)
    assert lying_in(places[target]) == lying_in(places[source])
    with closing(open_log(places[target], read_only=True)) as log:
        assert list(Verifier(gapless=log.gapless).check(log.stored(0, 100))) == []


@pytest.mark.parametrize(("source", "target"), DIRECTIONS[:2])
def test_a_copy_cut_short_at_any_event_goes_on(places: dict[str, str], source: str, target: str) -> None:
    fill(places[source])
    for upto in (0, 1, 3, 1, 4):  # of those that are not there yet: cut after 0, 1, 4, 5 and 9
        with pytest.raises(KeyboardInterrupt):
            copied(places[source], places[target], upto)
    assert lying_in(places[target]) == lying_in(places[source])[:9]
    assert copied(places[source], places[target]).before == 9
    assert lying_in(places[target]) == lying_in(places[source])


def test_a_long_stream_goes_in_parts_that_a_server_takes(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.core.kurrentdb_log.APPEND_BYTES", 1_000)
    with closing(open_log(places["file"])) as log:
        log.append("toy.till-1", 0, coins(*range(1, 100)))
    copied(places["file"], places["server"])
    assert lying_in(places["server"]) == lying_in(places["file"])


def test_what_was_recorded_since_is_copied_by_the_next_copy(places: dict[str, str]) -> None:
    fill(places["file"])
    copied(places["file"], places["server"])
    with closing(open_log(places["file"])) as log:
        log.append("toy.till-1", 4, coins(50))
    done = copied(places["file"], places["server"])
    assert (done.events, done.before) == (13, 12)
    assert copied(places["file"], places["server"]).before == 13


def test_the_copy_takes_new_events_where_the_original_ended(places: dict[str, str]) -> None:
    fill(places["server"])
    copied(places["server"], places["file"])
    with closing(open_log(places["file"])) as log:
        assert log.append("toy.till-1", 4, coins(50)) == 13
        assert log.read("toy.till-1")[-1].version == 5


@pytest.mark.parametrize("target", ["other file", "other server"])
def test_a_log_that_holds_something_else_is_refused_and_left_alone(places: dict[str, str], target: str) -> None:
    fill(places["file"])
    with closing(open_log(places[target])) as log:
        log.append("toy.till-1", 0, coins(1))
    before = lying_in(places[target])
    with pytest.raises(NotACopy, match="another event 1"):
        copied(places["file"], places[target])
    assert lying_in(places[target]) == before


def test_a_log_that_goes_on_after_the_original_is_refused(places: dict[str, str]) -> None:
    fill(places["file"])
    copied(places["file"], places["server"])
    with closing(open_log(places["server"])) as log:
        log.append("toy.till-1", 4, coins(50))
    with pytest.raises(NotACopy, match="goes on after the 12 events"):
        copied(places["file"], places["server"])


def test_an_event_that_is_not_as_it_was_recorded_ends_the_copy_before_it(places: dict[str, str]) -> None:
    fill(places["file"])

    class Damaged:
        def __init__(self, log: StoredLog) -> None:
            self._log = log

        def __getattr__(self, name: str) -> Any:
            return getattr(self._log, name)

        def stored(self, position: int, limit: int) -> list[StoredEvent]:
            events = self._log.stored(position, limit)
            return [msgspec.structs.replace(e, data=b"{}") if e.position == 6 else e for e in events]

    with (
        closing(open_log(places["file"], read_only=True)) as original,
        closing(open_writer(places["server"])) as writer,
        closing(open_log(places["server"], read_only=True)) as log,
        pytest.raises(LogDamaged, match="position 6"),
    ):
        copy(Damaged(original), log, writer)
    assert lying_in(places["server"]) == lying_in(places["file"])[:5]


def test_times_that_two_machines_clocks_made_are_kept(places: dict[str, str]) -> None:
    with (
        closing(open_log(places["server"], clock=lambda: 9_000_000)) as ahead,
        closing(open_log(places["server"], clock=lambda: 8_000_000)) as behind,
    ):
        ahead.append("toy.till-1", 0, coins(1))
        behind.append("toy.till-2", 0, coins(1))
    copied(places["server"], places["file"])
    assert [event.recorded_at for event in lying_in(places["file"])] == [9_000_000, 8_000_000]
    with closing(open_log(places["file"], read_only=True)) as log:
        assert list(Verifier(gapless=True).check(log.stored(0, 10))) == []


def test_a_log_that_is_not_there_is_not_made_by_copying_it(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="There is no event log"):
        copied(str(tmp_path / "nowhere"), str(tmp_path / "target"))
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "target").exists()
