"""`partnership subscriber`: which systems may read the public events over HTTP."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from gateway.accounts import Accounts
from gateway.subscribers import BadSubscriber, Subscribers
from services.cli.output import json_option, print_json, print_table
from services.core.settings import Settings


@click.group()
def command() -> None:
    """Say which systems may read the public events over HTTP.

    Each has a token of its own. The server may be running: what is changed here holds from the next request on.

    Example: partnership subscriber list
    """


@command.command()
@click.argument("name")
def add(name: str) -> None:
    """Let the system NAME read, and print its token, which is shown this once.

    Example: partnership subscriber add school-portal
    """
    with _subscribers() as subscribers:
        try:
            click.echo(subscribers.add(name))
        except BadSubscriber as error:
            raise click.ClickException(str(error)) from error


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the systems that may read, with the day on which each got its token.

    Example: partnership subscriber list --json
    """
    with _subscribers() as subscribers:
        found = [{"name": each.name, "added": each.added.date().isoformat()} for each in subscribers.all()]
    if as_json:
        print_json(found)
    elif found:
        print_table(("Name", "Added"), [tuple(each.values()) for each in found])
    else:
        click.echo("There are none. Add one with: partnership subscriber add NAME")


@command.command()
@click.argument("name")
def revoke(name: str) -> None:
    """End the token of the system NAME, at once.

    Example: partnership subscriber revoke school-portal
    """
    with _subscribers() as subscribers:
        if not subscribers.revoke(name):
            raise click.ClickException(f"There is no subscriber {name}. See: partnership subscriber list")
    click.echo(f"{name} can't read any more.")


@contextmanager
def _subscribers() -> Iterator[Subscribers]:
    directory = Settings.from_environment().data_dir
    directory.mkdir(parents=True, exist_ok=True)
    with closing(Accounts(directory / "accounts.db")) as accounts:
        yield accounts.subscribers
