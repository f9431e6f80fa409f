"""`partnership rebuild`: read models made anew from the log, and compared."""

import time

import click
import msgspec

from services.cli.compare import Difference, compare
from services.cli.output import counted, json_option, print_json, progress
from services.core.log import EventLog, count
from services.core.projector import Projector
from services.core.read_db import ReadModel
from services.core.runtime import Unknown
from services.core.settings import Settings
from services.wiring import open_log_read_only, open_models, read_models


class Rebuilt(msgspec.Struct, frozen=True):
    """A read model made anew from so many events."""

    name: str
    events: int
    seconds: float

    def __str__(self) -> str:
        rate = f"{self.events / self.seconds:,.0f} a second"
        return f"{self.name} rebuilt from {counted(self.events, 'event')} in {self.seconds:.1f} s ({rate})"


class Checked(msgspec.Struct, frozen=True):
    """A read model compared with what the log gives; `built` is False where there was nothing to compare."""

    name: str
    built: bool
    differences: list[Difference]

    @property
    def equal(self) -> bool:
        return self.built and not self.differences

    def __str__(self) -> str:
        if not self.built:
            return f"{self.name} has not been built"
        if not self.differences:
            return f"{self.name} equals what the log gives"
        return "\n".join(f"{self.name}, table {difference}" for difference in self.differences)


@click.command()
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Change nothing: say whether what is served equals what the log gives.")
@json_option
def command(name: str | None, check: bool, as_json: bool) -> None:
    """Build read models anew from the log: all, those of a service, or one by NAME.

    Pages stay up: a running server reads the old one until the new one is finished.

    Example: partnership rebuild scheduling.schools --check
    """
    settings = Settings.from_environment()
    results: list[Rebuilt | Checked] = []
    with open_log_read_only(settings) as log, open_models(settings) as models:
        events = 0 if check else count(log)
        for model in _chosen(read_models(models), name):
            results.append(_check(log, model) if check else _rebuild(log, model, events))
            if not as_json:
                click.echo(str(results[-1]))
    if as_json:
        print_json(results)
    if unequal := [result.name for result in results if isinstance(result, Checked) and not result.equal]:
        names = ", ".join(unequal)
        raise click.ClickException(f"Not what the log gives: {names}. Put it right with: partnership rebuild")


def _chosen(models: dict[str, ReadModel], name: str | None) -> list[ReadModel]:
    """Raises Unknown when no read model has this name and no service."""
    chosen = [model for own, model in models.items() if name in (None, own, own.partition(".")[0])]
    if not chosen:
        raise Unknown(f"There is no read model {name}. There are: {', '.join(sorted(models))}.")
    return chosen


def _rebuild(log: EventLog, model: ReadModel, events: int) -> Rebuilt:
    name = model.projection.name
    started = time.perf_counter()
    with progress(f"Rebuilding {name}") as report:
        Projector(log, model).rebuild(report)
    return Rebuilt(name, events, time.perf_counter() - started)


def _check(log: EventLog, model: ReadModel) -> Checked:
    name = model.projection.name
    if not model.exists():
        return Checked(name, False, [])
    with progress(f"Checking {name}") as report:
        return Checked(name, True, compare(log, model, report))
