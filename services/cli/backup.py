"""`partnership backup`: the event log, and the keys if wanted, in one file."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click

from services.cli.output import counted, json_option, print_json, progress
from services.core.backup import back_up
from services.core.settings import Settings
from services.wiring import open_keys, open_log_read_only


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--keys", "with_keys", is_flag=True, help="Also the keys of sealed fields: without them those stay shut.")
@json_option
def command(file: Path, with_keys: bool, as_json: bool) -> None:
    """Write the event log to FILE, also beside a running server. Everything but keys and sign-ins follows from it.

    Every event is checked as it is read, and the backup compared with the log.

    Keep a backup with keys apart from others and not for longer than you may: an erased person's key is in every backup
    that was made before.

    Example: partnership backup backups/2023-03-01.zip --keys
    """
    started = time.perf_counter()
    settings = Settings.from_environment()
    with ExitStack() as stack:
        log = stack.enter_context(open_log_read_only(settings))
        keys: Callable[[Path], None] | None = None
        if with_keys:
            keys = stack.enter_context(open_keys(settings)).copy_to
        report = stack.enter_context(progress("Backing up"))
        copied = back_up(log, file, keys, report)
    if as_json:
        print_json(copied)
        return
    click.echo(
        f"{counted(copied.events, 'event')} in {counted(copied.streams, 'stream')}"
        f"{' and the keys' if with_keys else ', without keys,'} backed up to {file}"
        f" in {time.perf_counter() - started:.1f} s ({file.stat().st_size / 1e6:,.1f} MB, root {copied.root})."
    )
