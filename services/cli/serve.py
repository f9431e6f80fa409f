"""`partnership serve`: the whole platform in this process."""

from contextlib import closing, suppress

import click

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients, Runtime
from gateway.server import CannotListen, listen, serve
from services.cli.demo import tell, tell_loaded
from services.cli.output import print_table, progress
from services.cli.parameters import today
from services.core import logs
from services.core.authorisation import Actor
from services.core.settings import Settings
from services.core.stopping import stop_by_interrupt
from services.demonstration import staging
from services.sample_county.loader import load, wanting
from services.sample_county.role_holders import SIGN_INS
from services.wiring import open_runtime


@click.command()
def command() -> None:
    """Serve the whole platform, until Ctrl-C.

    The first start loads the sample county and plays a year of its programme, unless SAMPLE_COUNTY=0 (neither) or
    DEMONSTRATION=0 (no year). Data is kept in DATA_DIR.

    Example: PORT=8080 DATA_DIR=/srv/partnership partnership serve
    """
    settings = Settings.from_environment()
    logs.configure(settings.log_level)
    try:
        sock = listen(settings.host, settings.port)
    except CannotListen as error:
        raise click.ClickException(str(error)) from error
    # Until the server has its own way of stopping, being told to stop is like Ctrl-C.
    stop_by_interrupt()
    with suppress(KeyboardInterrupt), closing(sock):
        if settings.sample_county:
            _load_sample_county(settings)
        with open_runtime(settings) as runtime, closing(Accounts(settings.data_dir / "accounts.db")) as accounts:
            app = create_app(Clients(runtime), accounts, settings)
            greet(settings, demonstration_sign_ins(runtime, accounts) if settings.sample_county else [])
            serve(app, sock, settings)
    click.echo("Stopped.")


def _load_sample_county(settings: Settings) -> None:
    """Before the threads start, so that nothing competes with the loading for the processor."""
    if settings.demonstration and staging.wanting(settings):
        click.echo("Loading the sample county and playing a year of its programme, which takes a minute ...")
        tell(staging.stage(settings, today(), progress=progress))
        return
    with open_runtime(settings, threads=False) as runtime:
        if wanting(runtime):
            click.echo("Loading the sample county ...")
            tell_loaded(load(runtime, progress))


def demonstration_sign_ins(runtime: Runtime, accounts: Accounts) -> list[tuple[str, str]]:
    """User name and title of everyone who can sign in with the demonstration's password."""
    known = {user.username for user in accounts.demonstration_users()}
    for holder in SIGN_INS:
        # A county with people of its own gets no strangers with a known password.
        if holder.username not in known and runtime.tenures(Actor(holder.person)):
            accounts.add(holder.username, DEMONSTRATION_PASSWORD, holder.person, title=holder.name, demonstration=True)
    return [(user.username, user.title) for user in accounts.demonstration_users()]


def greet(settings: Settings, sign_ins: list[tuple[str, str]]) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if sign_ins:
        click.echo(f"Demonstration sign-ins, all with the password {DEMONSTRATION_PASSWORD}:")
        print_table(("User name", "Who"), sign_ins)
    click.echo(f"Serving at http://{host}:{settings.port} from {settings.data_dir}. Ctrl-C stops.")
