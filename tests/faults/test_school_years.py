"""Many school-years with crashes, repeats and reorders: the same facts, and every answer equal to a fold by hand.

A seed that fails is a test that can be repeated: `played(directory, seed, patch)`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from services.cli.compare import compare
from services.core.envelope import RecordedEvent
from services.core.log import EventLog, pages
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.demonstration.clock import Clock
from services.demonstration.player import play
from services.demonstration.school_year import demonstration, first_year
from services.sample_county.loader import load, sample_schools
from services.scheduling.events import ProgrammeHandedOver, VisitCancelled
from services.wiring import OPERATOR, open_runtime
from tests.county import copy_of
from tests.faults.by_hand import folded
from tests.faults.school_years import SchoolYears

SCHOOLS = 16
"""Enough for one inspection that holds a visit, and for one conversion."""
LAST_DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county before anything is played."""
    directory = tmp_path_factory.mktemp("county") / "data"
    with open_runtime(Settings(data_dir=directory), threads=False, clock=_clock()) as runtime:
        load(runtime)
    return directory


@contextmanager
def played(directory: Path, seed: int, patch: pytest.MonkeyPatch) -> Iterator[SchoolYears]:
    years = SchoolYears(directory, _clock(), seed, patch)
    years.play(demonstration(sample_schools()[:SCHOOLS], seed, LAST_DAY))
    yield years
    years.close()


def test_school_years_with_crashes_repeats_and_reorders(
    county: Path, tmp_path: Path, soak: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(soak):
        plain = _copy(county, tmp_path / f"plain-{seed}")
        with open_runtime(plain, threads=False, clock=(clock := _clock())) as runtime:
            play(runtime, clock, demonstration(sample_schools()[:SCHOOLS], seed, LAST_DAY), seed)
            undisturbed = _by_stream(runtime.log)
        disturbed = _copy(county, tmp_path / f"disturbed-{seed}")
        with monkeypatch.context() as patch, played(disturbed.data_dir, seed, patch) as years:
            assert years.crashes > 10
            assert years.repeats > 100
            assert _by_stream(years.runtime.log) == undisturbed
            check_rules(years.runtime)
            check_answers(years.runtime)
            check_read_models(years.runtime)


def check_rules(runtime: Runtime) -> None:
    """What no order of events may break."""
    whole = folded(runtime.log)
    for adviser, sittings in whole.bookings().items():
        for (day, _, ends), (next_day, starts, _) in pairwise(sorted(sittings)):
            assert day != next_day or ends <= starts, f"{adviser} is booked twice on {day}"
    assert [charge for charge, batches in whole.batches.items() if len(batches) > 1] == []
    assert [charge for charge, by in whole.reversed.items() if len(by) > 1] == []
    assert whole.closed_unseen == []
    assert [row for policy in runtime.policies for row in policy.parked()] == []


def check_answers(runtime: Runtime) -> None:
    """What the queries say of each school equals the fold by hand."""
    whole = folded(runtime.log)
    for urn, year, visit in {*whole.planned, *whole.held}:
        lines = {line.visit: line for line in _ask(runtime, "scheduling.SchoolVisits", urn=urn, year=year).visits}
        held = [sitting.day.isoformat() for sitting in lines[visit].held]
        assert held == [sitting["day"] for sitting in whole.held.get((urn, year, visit), [])]
    for (urn, year, document), version in whole.issued.items():
        records = {line.document: line for line in _ask(runtime, "visits.SchoolRecords", urn=urn, year=year)}
        record = records[document]
        assert (record.version, record.answer) == (version, whole.answer.get((urn, year, document)))
    for urn, net in whole.charged.items():
        assert _ask(runtime, "billing.SchoolStatement", urn=urn).net == net


def check_read_models(runtime: Runtime) -> None:
    """Every read model equals a fresh one."""
    for name, projector in runtime.projectors.items():
        assert compare(runtime.log, projector.model, lambda _done, _of: None) == [], name


def _clock() -> Clock:
    return Clock(date(first_year(LAST_DAY), 8, 1))


def _copy(county: Path, to: Path) -> Settings:
    return Settings(data_dir=copy_of(county, to))


def _ask(runtime: Runtime, query: str, **fields: Any) -> Any:
    return runtime.ask(query, fields, actor=OPERATOR).value


def _by_stream(log: EventLog) -> dict[str, list[str]]:
    """The types of events of each stream, in order. Of a closing and the successor's number either may be told first:
    a visit that goes on under the new number stands cancelled in between, or does not."""
    streams: dict[str, list[RecordedEvent]] = {}
    for page in pages(log):
        for event in page:
            streams.setdefault(event.stream, []).append(event)
    return {
        stream: [event.type for event in events if not (_by_closing(event) and _goes_on(events))]
        for stream, events in streams.items()
    }


def _by_closing(event: RecordedEvent) -> bool:
    return isinstance(event.data, VisitCancelled) and event.metadata.role == "policy"


def _goes_on(events: list[RecordedEvent]) -> bool:
    return any(isinstance(event.data, ProgrammeHandedOver) for event in events)
