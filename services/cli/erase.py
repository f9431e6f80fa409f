"""`partnership erase`: a person's key is destroyed, so that nobody can read what was sealed with it."""

from uuid import uuid4

import click

from gateway.accounts import Accounts
from services.core.settings import Settings
from services.wiring import OPERATOR, open_runtime


@click.command()
@click.argument("person")
@click.option("--reason", required=True, help="Why, for the record. Name nobody in it.")
def command(person: str, reason: str) -> None:
    """Erase a PERSON, given by identifier: their key is destroyed and their sign-ins are removed.

    The log keeps every event and every hash; what was sealed for this person can't be read again by anyone. There is no
    way back. The server must be stopped.

    Example: partnership erase demo-head-120777 --reason "Asked for by the person on 4 March"
    """
    settings = Settings.from_environment()
    with open_runtime(settings, threads=False) as runtime:
        result = runtime.handle(
            "scheduling.ErasePerson", {"person": person}, actor=OPERATOR, command_id=uuid4(), reason=reason
        )
        runtime.settle()
    accounts = Accounts(settings.data_dir / "accounts.db")
    accounts.forget(person)
    accounts.close()
    if not result.events:
        click.echo(f"{person} was erased before.")
    else:
        click.echo(
            f"{person} is erased: the key is destroyed, sign-ins are removed, and event {result.position} says so."
        )
