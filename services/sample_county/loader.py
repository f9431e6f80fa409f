"""Loads the sample county through the commands that everybody uses, so that its log is one like any other.

Every command's id is made of the command itself: a loading that was cut short begins again and repeats nothing."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID, uuid5

from services.analytics.importing import import_area_figures, import_inspections, import_ks2
from services.billing.price_list import load_price_list
from services.core.authorisation import Actor
from services.core.deciders import Result
from services.core.events import Dated, Event
from services.core.import_run import side_by_side
from services.core.log import count
from services.core.runtime import Runtime
from services.sample_county.role_holders import RoleHolder, role_holders
from services.scheduling.gias import SchoolRow, read_schools
from services.scheduling.importing import import_links, import_schools

DATA = Path(__file__).parent / "data"
COMMANDS = UUID("d1a2c6f4-6a0e-4c57-9d53-0a4a6f1f3b52")
LOADER = Actor("sample county", platform=True)
REASON = "Loading of the sample county"

EXTRACTED = date(2022, 7, 1)
"""The day of the list of schools: July 2022, as its folder says."""
PROGRAMME_BEGAN = date(2011, 9, 1)
YEAR = 2022
RESULT_YEARS = (2016, 2017, 2018, 2019)
NATIONAL_YEARS = (2017, 2018, 2019)
DATA_VERSION = "performance tables"

Report = Callable[[int, int], None]
Progress = Callable[[str], AbstractContextManager[Report]]
"""Opened with what is being done; gives what to tell how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did, policies and read models included. `left_out` counts rows about schools that are not among
    those loaded: most of them schools that have become academies, under their old numbers."""

    commands: int
    events: int
    left_out: int
    seconds: float


def quietly(_doing: str) -> AbstractContextManager[Report]:
    return nullcontext(lambda _done, _total: None)


def wanting(runtime: Runtime) -> bool:
    """True when the log is empty, or when a loading was cut short."""
    return runtime.log.head() == 0 or _marker(runtime).exists()


def load(runtime: Runtime, progress: Progress = quietly) -> Loaded:
    """Load everything into a runtime that has no threads, and bring it up to date."""
    started, before = time.perf_counter(), runtime.log.head()
    marker = _marker(runtime)
    marker.touch()
    loading = _Loading(runtime)
    for doing, step in _STEPS:
        with progress(doing) as report:
            step(loading, report)
    with progress("Bringing the pages up to date"):
        runtime.settle()
    marker.unlink()
    return Loaded(loading.commands, count(runtime.log, before), loading.left_out, time.perf_counter() - started)


def _marker(runtime: Runtime) -> Path:
    return runtime.settings.data_dir / "sample-county-is-loading"


class _Loading:
    """Commands with ids of their own content, counted, and the files that importers take through them."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.commands = self.left_out = 0
        self._counting = Lock()

    def handle(self, name: str, data: Mapping[str, Any]) -> Result:
        with self._counting:
            self.commands += 1
        said = json.dumps([name, data], sort_keys=True, default=str)
        return self.runtime.handle(name, data, actor=LOADER, command_id=uuid5(COMMANDS, said), reason=REASON)

    def rehearse(self, name: str, data: Mapping[str, Any]) -> Sequence[Event | Dated]:
        return self.runtime.rehearse(name, data, actor=LOADER)

    def take(self, importer: Callable[..., Any], file: str, *arguments: Any, progress: Report) -> None:
        done = importer(self.handle, self.rehearse, DATA / file, *arguments, progress=progress)
        self.left_out += len(done.refused)


def _schools(loading: _Loading, report: Report) -> None:
    loading.take(import_schools, "schools.csv", EXTRACTED, progress=report)


def _links(loading: _Loading, report: Report) -> None:
    loading.take(import_links, "links.csv", progress=report)


def _prices(loading: _Loading, report: Report) -> None:
    load_price_list(loading.runtime.handle)


def _people(loading: _Loading, report: Report) -> None:
    holders = role_holders((row.urn, row.name) for row in sample_schools())
    opened = {row.urn: row.open_date for row in sample_schools()}

    def take(holder: RoleHolder) -> None:
        loading.handle("scheduling.RegisterPerson", {"person": holder.person, "name": holder.name})
        begins = max(PROGRAMME_BEGAN, opened.get(holder.urn or 0) or PROGRAMME_BEGAN)
        tenure = {"person": holder.person, "role": holder.role.value, "urn": holder.urn, "begins": begins}
        loading.handle("scheduling.BeginTenure", tenure)

    for done, _ in enumerate(side_by_side(take, holders), 1):
        report(done, len(holders))


def _area_figures(loading: _Loading, report: Report) -> None:
    loading.take(import_area_figures, "ks2_la_averages.csv", DATA_VERSION, progress=report)
    for year in NATIONAL_YEARS:
        loading.take(import_ks2, f"ks2_national_{year}.csv", year, DATA_VERSION, progress=report)


def _school_results(loading: _Loading, report: Report) -> None:
    for year in RESULT_YEARS:
        loading.take(import_ks2, f"ks2_{year}.csv", year, DATA_VERSION, progress=report)


def _inspections(loading: _Loading, report: Report) -> None:
    loading.take(import_inspections, "ofsted_history.csv", progress=report)


def _subscriptions(loading: _Loading, report: Report) -> None:
    rows = sample_schools()

    def take(row: SchoolRow) -> None:
        loading.handle("scheduling.SubscribeSchool", {"urn": row.urn, "year": YEAR})

    for done, _ in enumerate(side_by_side(take, rows), 1):
        report(done, len(rows))


@cache
def sample_schools() -> list[SchoolRow]:
    """The rows of the sample county's schools, in the order of their file."""
    return read_schools(DATA / "schools.csv").rows


_STEPS: tuple[tuple[str, Callable[[_Loading, Report], None]], ...] = (
    ("Schools", _schools),
    ("Links between schools", _links),
    ("Prices", _prices),
    ("Role holders", _people),
    ("Area figures", _area_figures),
    ("Key stage 2 results", _school_results),
    ("Inspections", _inspections),
    ("Subscriptions", _subscriptions),
)
