"""`partnership rebuild`: read models made anew from the log, and compared."""

import tempfile
import time
from pathlib import Path

import click

from services.cli.compare import Difference, compare
from services.cli.output import counted, progress
from services.core.log import EventLog
from services.core.projector import Projector
from services.core.read_db import ReadModel
from services.core.runtime import Unknown
from services.core.settings import Settings
from services.wiring import open_log_read_only, read_models


@click.command()
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Change nothing: say whether what is served equals what the log gives.")
def command(name: str | None, check: bool) -> None:
    """Build read models anew from the log: all, those of a service, or one by NAME.

    Pages stay up: a running server reads the old one until the new one is finished.

    Example: partnership rebuild scheduling.schools --check
    """
    settings = Settings.from_environment()
    with open_log_read_only(settings) as log:
        models = _chosen(read_models(settings), name)
        if check:
            _check(log, models, settings.data_dir)
        else:
            for model in models:
                _rebuild(log, model)


def _chosen(models: dict[str, ReadModel], name: str | None) -> list[ReadModel]:
    """Raises Unknown when no read model has this name and no service."""
    chosen = [model for own, model in models.items() if name in (None, own, own.partition(".")[0])]
    if not chosen:
        raise Unknown(f"There is no read model {name}. There are: {', '.join(sorted(models))}.")
    return chosen


def _rebuild(log: EventLog, model: ReadModel) -> None:
    name = model.projection.name
    started = time.perf_counter()
    with progress(f"Rebuilding {name}") as report:
        Projector(log, model).rebuild(report)
    seconds = time.perf_counter() - started
    events = log.head()
    click.echo(f"{name} rebuilt from {counted(events, 'event')} in {seconds:.1f} s ({events / seconds:,.0f} a second)")


def _check(log: EventLog, models: list[ReadModel], directory: Path) -> None:
    unequal = [model.projection.name for model in models if not _equal(log, model, directory)]
    if unequal:
        raise click.ClickException(
            f"Not what the log gives: {', '.join(unequal)}. Put it right with: partnership rebuild"
        )


def _equal(log: EventLog, model: ReadModel, directory: Path) -> bool:
    name = model.projection.name
    if not model.exists():
        click.echo(f"{name} has not been built")
        return False
    with tempfile.TemporaryDirectory(dir=directory) as scratch, progress(f"Checking {name}") as report:
        differences = compare(log, model, ReadModel(Path(scratch), model.projection, readers=1), report)
    for difference in differences:
        click.echo(f"{name}: {_words(difference)}")
    if not differences:
        click.echo(f"{name} equals what the log gives")
    return not differences


def _words(difference: Difference) -> str:
    served, rebuilt = difference.served or "no such row", difference.rebuilt or "no such row"
    return f"{difference.table}: served {served}; the log gives {rebuilt}"
