"""One command has one effect, whoever else is writing and however often it comes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.core.deciders import ATTEMPTS, Context, Damaged, Refused, Result, handle
from services.core.envelope import Metadata, NewEvent
from services.core.log import Conflict
from services.core.sqlite_log import SqliteLog
from services.core.testing import given
from services.core.times import from_micros, london_day
from tests.core.toy import CoinTaken, OpenTill, TakeCoin, TillOpened, coins, till_decider

STREAM = "toy.till-120777"
NOON = 1_662_033_600_000_000


class Rival:
    """A log on which somebody else always writes first, `times` over."""

    def __init__(self, log: SqliteLog, times: int) -> None:
        self._log, self.times, self.read = log, times, log.read

    def append(self, stream: str, expected_version: int, events: Sequence[NewEvent]) -> int:
        if self.times:
            self.times -= 1
            self._log.append(stream, expected_version, coins(2))
        return self._log.append(stream, expected_version, events)

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)


@pytest.fixture
def log(tmp_path: Path) -> SqliteLog:
    return SqliteLog(tmp_path / "events.db")


def metadata(command_id: UUID) -> Metadata:
    return Metadata(command_id, command_id, command_id, "tester", "adviser", london_day(NOON))


def carry_out(log: Any, command: Any, command_id: UUID | None = None) -> Result:
    context = Context(from_micros(NOON), london_day(NOON))
    return handle(log, till_decider, STREAM, command, metadata(command_id or uuid4()), lambda: context)


def test_rules_read_as_given_when_then() -> None:
    given().when(OpenTill(120777), till_decider).then(TillOpened(120777))
    given(TillOpened(120777)).when(TakeCoin(120777, 50), till_decider).then(CoinTaken(120777, 50))
    given(TillOpened(120777)).when(OpenTill(120777), till_decider).refused("already open", field="urn")
    given().when(TakeCoin(120777, 50), till_decider).refused("Open the till first")


def test_the_words_of_the_tests_can_fail() -> None:
    with pytest.raises(AssertionError):
        given().when(OpenTill(120777), till_decider).then()
    with pytest.raises(AssertionError):
        given().when(OpenTill(120777), till_decider).refused("already open")
    with pytest.raises(AssertionError):
        given(TillOpened(120777)).when(OpenTill(120777), till_decider).then(TillOpened(120777))


def test_a_command_that_comes_twice_has_one_effect_and_one_result(log: SqliteLog) -> None:
    command_id = uuid4()
    first = carry_out(log, OpenTill(120777), command_id)
    carry_out(log, TakeCoin(120777, 5))
    again = carry_out(log, OpenTill(120777), command_id)
    assert len(log.read(STREAM)) == 2
    assert (first.position, first.version, first.events) == (again.position, again.version, again.events)
    assert again.repeated
    assert not first.repeated


def test_a_refusal_records_nothing(log: SqliteLog) -> None:
    with pytest.raises(Refused, match="Open the till first"):
        carry_out(log, TakeCoin(120777, 5))
    assert log.head() == 0


def test_a_writer_that_comes_second_decides_again_on_what_the_first_wrote(log: SqliteLog) -> None:
    carry_out(log, OpenTill(120777))
    carry_out(Rival(log, ATTEMPTS - 1), TakeCoin(120777, 5))
    assert [event.data.pence for event in log.read(STREAM)[1:]] == [2] * (ATTEMPTS - 1) + [5]  # type: ignore[union-attr]


def test_three_retries_and_no_more(log: SqliteLog) -> None:
    carry_out(log, OpenTill(120777))
    with pytest.raises(Conflict):
        carry_out(Rival(log, ATTEMPTS), TakeCoin(120777, 5))
    assert all(event.data.pence == 2 for event in log.read(STREAM)[1:])  # type: ignore[union-attr]


def test_nothing_is_decided_on_a_stream_that_cant_be_read(log: SqliteLog) -> None:
    carry_out(log, OpenTill(120777))
    (new,) = coins(1)
    log.append(STREAM, 1, [NewEvent(new.event_id, "toy.NeverDeclared", 1, new.metadata, new.data)])
    with pytest.raises(Damaged, match=r"toy\.till-120777 at version 2: toy\.NeverDeclared"):
        carry_out(log, TakeCoin(120777, 5))


def test_what_a_decider_may_know_is_gathered_anew_for_each_try(log: SqliteLog) -> None:
    carry_out(log, OpenTill(120777))
    gathered: list[Context] = []

    def gather() -> Context:
        gathered.append(Context(from_micros(NOON), london_day(NOON)))
        return gathered[-1]

    rival: Any = Rival(log, 2)
    handle(rival, till_decider, STREAM, TakeCoin(120777, 5), metadata(uuid4()), gather)
    assert len(gathered) == 3
