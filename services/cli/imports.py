"""`partnership import`: files of other systems, each row judged by the commands that a person would use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import click
from msgspec.structs import asdict

from services.analytics.importing import import_area_figures, import_inspections, import_ks2
from services.cli.output import json_option, print_json, print_table, progress
from services.cli.parameters import DAY, today
from services.core.deciders import Result
from services.core.events import Dated, Event
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.scheduling.importing import import_links, import_schools
from services.wiring import OPERATOR, open_runtime

Function = Callable[..., Any]

file = click.argument("upload", metavar="FILE", type=click.Path(path_type=Path))
dry_run = click.option("--dry-run", is_flag=True, help="Record nothing: say what would be done.")
data_version = click.option("--data-version", required=True, help="Which publication this is, such as 'revised'.")


@click.group()
def command() -> None:
    """Import a file (CSV, as published), and report on every row that was refused.

    The same file twice records nothing the second time. A row that can't be taken is left out, with its line and the
    reason; the others are imported. The server must be stopped: while it runs, it alone writes.

    Example: partnership import schools edubasealldata.csv --dry-run
    """


@dataclass(frozen=True, slots=True)
class Door:
    """How a service's importer reaches its commands, in the name of whoever works at the command line."""

    runtime: Runtime

    def handle(self, name: str, data: Mapping[str, Any]) -> Result:
        return self.runtime.handle(name, data, actor=OPERATOR, command_id=uuid4())

    def rehearse(self, name: str, data: Mapping[str, Any]) -> Sequence[Event | Dated]:
        return self.runtime.rehearse(name, data, actor=OPERATOR)


@command.command()
@file
@click.option(
    "--effective-on", type=DAY, help="The day from which a change is true, if its row has no day. Default: today."
)
@dry_run
@json_option
def schools(upload: Path, effective_on: date | None, dry_run: bool, as_json: bool) -> None:
    """Import schools from any GIAS extract.

    Example: partnership import schools edubasealldata.csv --effective-on '1 July 2022'
    """
    _import("schools", import_schools, upload, effective_on=effective_on or today(), dry_run=dry_run, as_json=as_json)


@command.command()
@file
@dry_run
@json_option
def links(upload: Path, dry_run: bool, as_json: bool) -> None:
    """Import from GIAS which school followed which.

    Example: partnership import links links_edubasealldata.csv
    """
    _import("links", import_links, upload, dry_run=dry_run, as_json=as_json)


@command.command()
@file
@click.option("--year", type=int, required=True, help="The summer of the tests: 2018 for the academic year 2017-18.")
@data_version
@dry_run
@json_option
def ks2(upload: Path, year: int, data_version: str, dry_run: bool, as_json: bool) -> None:
    """Import key stage 2 results of one year from the performance tables, the rows of areas included.

    Example: partnership import ks2 england_ks2final.csv --year 2018 --data-version final
    """
    _import("results", import_ks2, upload, year, data_version, dry_run=dry_run, as_json=as_json)


@command.command()
@file
@data_version
@dry_run
@json_option
def areas(upload: Path, data_version: str, dry_run: bool, as_json: bool) -> None:
    """Import averages of authorities and England from the Local Authority Interactive Tool.

    Example: partnership import areas lait_ks2.csv --data-version 'April 2025'
    """
    _import("averages", import_area_figures, upload, data_version, dry_run=dry_run, as_json=as_json)


@command.command()
@file
@dry_run
@json_option
def inspections(upload: Path, dry_run: bool, as_json: bool) -> None:
    """Import the grades of Ofsted inspections (columns URN, Rating, Inspection Date).

    Example: partnership import inspections ofsted_history.csv
    """
    _import("inspections", import_inspections, upload, dry_run=dry_run, as_json=as_json)


def _import(what: str, importer: Function, *arguments: Any, dry_run: bool, as_json: bool, **options: Any) -> None:
    """Run a service's importer through the commands, and print its report."""
    with open_runtime(Settings.from_environment(), threads=False) as runtime:
        door = Door(runtime)
        with progress(f"Importing {what}") as report:
            done = importer(door.handle, door.rehearse, *arguments, dry_run=dry_run, progress=report, **options)
        runtime.settle()
    if as_json:
        print_json({"dry_run": dry_run, **asdict(done)})
        return
    if done.refused:
        rows = [(row.line, row.key, row.reason) for row in sorted(done.refused, key=lambda row: row.line)]
        print_table(("Line", "About", "Why it was refused"), rows, numbers=("Line",))
    outcomes = asdict(done).items()
    said = ", ".join(f"{_number(value):,} {outcome.replace('_', ' ')}" for outcome, value in outcomes)
    click.echo(f"{'Dry run, nothing recorded' if dry_run else 'Imported'}: {said}.")


def _number(outcome: int | list[Any]) -> int:
    """How many: a report counts what went well and lists what needs a look."""
    return outcome if isinstance(outcome, int) else len(outcome)
