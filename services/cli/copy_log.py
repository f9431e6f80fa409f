"""`partnership copy-log`: the event log moved from one engine to another, nothing of it changed."""

import time
from contextlib import closing

import click

from services.cli.output import counted, json_option, print_json, progress
from services.cli.parameters import Place
from services.core.log_copy import Copied, copy
from services.core.log_place import open_log, open_writer

PLACE = Place("KURRENTDB_URL")


@click.command()
@click.argument("source", metavar="FROM", type=PLACE)
@click.argument("target", metavar="TO", type=PLACE)
@json_option
def command(source: str, target: str, as_json: bool) -> None:
    """Copy the event log FROM one place TO another: each a directory such as DATA_DIR, an address esdb://..., or the
    word KURRENTDB_URL for the address in that setting. Others on the machine can read a command line: where the address
    holds a password, write the word.

    Ids, streams, versions, times, order and hashes stay as they are, so old seals hold; positions are the new log's
    own. Every event is checked, and the copy compared with the original. Cut short, or when more was recorded since,
    the same command goes on. TO must be empty or hold the beginning of the same log.

    The server may run on FROM meanwhile. To move: copy, stop the server, copy what was recorded since, start it on TO
    with the same DATA_DIR (the keys of sealed fields are there): read models are then built anew.

    Example: KURRENTDB_URL_FILE=secrets/kurrentdb_url partnership copy-log data KURRENTDB_URL
    """
    started = time.perf_counter()
    with (
        closing(open_log(source, read_only=True)) as original,
        closing(open_writer(target)) as writer,
        closing(open_log(target, read_only=True)) as copied_to,
        progress("Copying") as report,
    ):
        copied = copy(original, copied_to, writer, report)
    if as_json:
        print_json(copied)
    else:
        _say(copied, time.perf_counter() - started)


def _say(copied: Copied, seconds: float) -> None:
    new = copied.events - copied.before
    click.echo(
        f"{counted(new, 'event')} copied in {seconds:.1f} s; {counted(copied.before, 'event')} had been before."
        f" The copy holds {counted(copied.events, 'event')} in {counted(copied.streams, 'stream')}, each as it was"
        f" recorded and in the same order (root {copied.root})."
    )
