"""`partnership verify`: is every event as it was recorded?"""

import time
from pathlib import Path

import click

from services.cli.output import counted, json_option, print_json, print_table, progress
from services.cli.seal import KEY, ORIGIN
from services.core.examine import examine
from services.core.seals import Broken, Signer, opened
from services.core.settings import Settings
from services.core.verify import Fault
from services.wiring import open_log_read_only

NAMED = 20
"""How many faults are named; one cause often shows in many events."""


@click.command()
@click.option(
    "--seal", "file", type=click.Path(path_type=Path), help="Check also that the log begins with what was sealed."
)
@click.option("--key", help="The public key of whoever sealed it. Default: that of this DATA_DIR.")
@json_option
def command(file: Path | None, key: str | None, as_json: bool) -> None:
    """Check that every event is as it was recorded, and name those that are not.

    Makes the hash of every event anew, counts every stream, checks the order of the log, loads every event, and has
    SQLite check its file (EventStoreDB checks its own). It reads only, also beside a running server. Exit 1 when
    anything is wrong.

    A hash can be made anew by whoever changes an event: a seal that is kept elsewhere shows that as well.

    Example: partnership verify --seal seal-2023-03-01.txt
    """
    started = time.perf_counter()
    settings = Settings.from_environment()
    with open_log_read_only(settings) as log, progress("Verifying") as report:
        sealed = None if file is None else opened(_read(file), key or _own_key(settings.data_dir / KEY))
        found = examine(log, sealed, report)
    seconds = time.perf_counter() - started
    if as_json:
        print_json({"events": found.events, "faults": len(found.faults), "first_faults": found.faults[:NAMED]})
    else:
        _say(found.events, seconds, found.faults)
    if found.faults:
        raise click.ClickException(f"The log is not as it was recorded: {counted(len(found.faults), 'fault')}.")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Broken(f"The seal {file} can't be read.") from error


def _own_key(path: Path) -> str:
    if not path.exists():
        raise Broken("This DATA_DIR has sealed nothing: give the public key of whoever did, with --key.")
    return Signer(path, ORIGIN).verifier_key()


def _say(events: int, seconds: float, faults: list[Fault]) -> None:
    if faults:
        rows = [(fault.position or "", fault.stream, fault.version or "", fault.wrong) for fault in faults[:NAMED]]
        print_table(("Position", "Stream", "Version", "What is wrong"), rows, numbers=("Position", "Version"))
        if len(faults) > NAMED:
            click.echo(f"and {len(faults) - NAMED:,} more")
    else:
        rate = f"{events / seconds:,.0f} events a second"
        click.echo(f"{counted(events, 'event')} verified in {seconds:.1f} s ({rate}): nothing is wrong.")
