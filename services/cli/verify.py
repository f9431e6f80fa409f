"""`partnership verify`: is every event as it was recorded?"""

import time

import click

from services.cli.output import counted, json_option, print_json, print_table, progress
from services.core.log import PAGE
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from services.core.verify import Fault, Verifier
from services.wiring import open_log_read_only

NAMED = 20
"""How many faults are named; one cause often shows in many events."""


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Check that every event is as it was recorded, and name those that are not.

    Makes the hash of every event anew, counts every stream, checks the order of the log, loads every event, and has
    SQLite check its file. It reads only, also beside a running server. Exit 1 when anything is wrong.

    Example: partnership verify
    """
    started = time.perf_counter()
    verifier = Verifier()
    with open_log_read_only(Settings.from_environment()) as log:
        faults = _faults(log, verifier)
    seconds = time.perf_counter() - started
    if as_json:
        print_json({"events": verifier.events, "faults": len(faults), "first_faults": faults[:NAMED]})
    else:
        _say(verifier.events, seconds, faults)
    if faults:
        raise click.ClickException(f"The log is not as it was recorded: {counted(len(faults), 'fault')}.")


def _faults(log: SqliteLog, verifier: Verifier) -> list[Fault]:
    faults = [Fault(0, "", 0, wrong) for wrong in log.file_faults()]
    position, head = 0, log.head()
    with progress("Verifying") as report:
        while page := log.stored(position, PAGE):
            faults += verifier.check(page)
            position = page[-1].position
            report(position, max(head, position))
    return faults


def _say(events: int, seconds: float, faults: list[Fault]) -> None:
    if faults:
        rows = [(fault.position or "", fault.stream, fault.version or "", fault.wrong) for fault in faults[:NAMED]]
        print_table(("Position", "Stream", "Version", "What is wrong"), rows, numbers=("Position", "Version"))
        if len(faults) > NAMED:
            click.echo(f"and {len(faults) - NAMED:,} more")
    else:
        rate = f"{events / seconds:,.0f} events a second"
        click.echo(f"{counted(events, 'event')} verified in {seconds:.1f} s ({rate}): nothing is wrong.")
