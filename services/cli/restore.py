"""`partnership restore`: the event log, and the keys, from a backup into an empty installation."""

import time
from contextlib import closing
from pathlib import Path

import click

from services.cli.output import counted, json_option, print_json, progress
from services.core.backup import opened
from services.core.log_place import make_directory, open_log, open_writer
from services.core.settings import Settings
from services.wiring import log_place


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--resume", is_flag=True, help="Go on with a restore of this file that was cut short.")
@json_option
def command(file: Path, resume: bool, as_json: bool) -> None:
    """Restore the backup in FILE into an empty DATA_DIR, and the log into KURRENTDB_URL where that is set.

    Every event is checked against its hash and all of them against the backup's root. Keys in the backup go into
    DATA_DIR. A log that holds anything is refused. Start the server afterwards: it builds the read models.

    Example: DATA_DIR=/srv/partnership partnership restore backups/2023-03-01.zip
    """
    started = time.perf_counter()
    settings = Settings.from_environment()
    place = log_place(settings)
    with (
        opened(file) as backup,
        closing(open_writer(place)) as writer,
        closing(open_log(place, read_only=True)) as log,
        progress("Restoring") as report,
    ):
        make_directory(settings.data_dir)
        backup.check(log, settings.data_dir, resume=resume)
        copied = backup.restore(log, writer, settings.data_dir, report)
    if as_json:
        print_json(copied)
        return
    click.echo(
        f"{counted(copied.events, 'event')} in {counted(copied.streams, 'stream')}"
        f"{' and the keys' if backup.manifest.keys else ', without keys,'} restored"
        f" in {time.perf_counter() - started:.1f} s, each as it was recorded (root {copied.root})."
    )
