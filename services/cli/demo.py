"""`partnership demo`: a year of the programme, played through the commands that everybody uses."""

from datetime import date

import click

from services.cli.output import counted, progress
from services.cli.parameters import DAY, today
from services.core.settings import Settings
from services.demonstration.player import OutOfScript
from services.demonstration.staging import SEED, NotEmpty, Staged, stage
from services.sample_county.loader import Loaded


@click.command()
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another seed, other chances.")
@click.option("--date", "last_day", type=DAY, default=today, help="The last day that is played (default today).")
@click.option("--schools", type=click.IntRange(1), help="Play only so many schools (default all).")
def command(seed: int, last_day: date, schools: int | None) -> None:
    """Play the sample county's programme up to a day: the academic year before, and this one so far.

    Most things come in time, some late, some disputed, some escalated. The same seed and day give the same events. It
    needs an empty DATA_DIR.

    Example: DATA_DIR=demonstration partnership demo --date 2026-11-20
    """
    try:
        staged = stage(Settings.from_environment(), last_day, seed, schools, progress)
    except (NotEmpty, OutOfScript) as error:
        raise click.ClickException(str(error)) from error
    tell(staged)


def tell_loaded(loaded: Loaded) -> None:
    """Say what the sample county came to, and how fast."""
    click.echo(
        f"Loaded the sample county: {counted(loaded.events, 'event')} by {counted(loaded.commands, 'command')}"
        f" in {loaded.seconds:.1f} s ({loaded.events / loaded.seconds:,.0f} events a second);"
        f" {counted(loaded.left_out, 'row')} about other schools left out."
    )


def tell(staged: Staged) -> None:
    """Say what was loaded and played, and how fast."""
    tell_loaded(staged.loaded)
    played = staged.played
    click.echo(
        f"Played the demonstration: {counted(played.events, 'event')} by {counted(played.commands, 'command')}"
        f" in {played.seconds:.1f} s ({played.events / played.seconds:,.0f} events a second)."
    )
