"""`partnership copy-keys`: everybody's wrapped keys from one place to another."""

from contextlib import closing
from pathlib import Path

import click

from services.cli.output import counted
from services.cli.parameters import Place
from services.core.keys import KEYS
from services.core.log import LogUnavailable
from services.core.log_place import make_directory
from services.core.postgres_keys import PostgresKeys
from services.core.sqlite_keys import SqliteKeys
from services.core.wrapped_keys import OtherKey, WrappedKeys, copy_keys

PLACE = Place("POSTGRES_URL")


@click.command()
@click.argument("source", metavar="FROM", type=PLACE)
@click.argument("target", metavar="TO", type=PLACE)
def command(source: str, target: str) -> None:
    """Copy the keys of personal fields FROM one place TO another: each a DATA_DIR, a postgresql:// address, or the word
    POSTGRES_URL for the address in that setting. Others on the machine can read a command line: where the address holds
    a password, write the word.

    They are copied as they are wrapped, so both places need the same master key: copy keys.master, or set
    KEYS_MASTER_FILE. Whoever was erased in either place is erased in TO. It can be run again at any time.

    Example: POSTGRES_URL_FILE=secrets/postgres_url partnership copy-keys data POSTGRES_URL
    """
    with closing(_open(source, new=False)) as read, closing(_open(target, new=True)) as written:
        try:
            copied, destroyed = copy_keys(read, written)
        except OtherKey as error:
            raise click.ClickException(f"{error} The keys of two different counties can't be put together.") from error
    click.echo(f"{counted(copied, 'key')} copied, {counted(destroyed, 'key')} destroyed.")


def _open(place: str, *, new: bool) -> WrappedKeys:
    if "://" in place:
        return PostgresKeys(place)
    path = Path(place) / KEYS
    if new:
        make_directory(path.parent)
    elif not path.exists():
        raise LogUnavailable(f"{path} is not there. Name the DATA_DIR that holds the keys.")
    return SqliteKeys(path)
