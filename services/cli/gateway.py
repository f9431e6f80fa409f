"""`partnership gateway`: the pages, over services that run apart."""

import signal
from contextlib import closing, suppress

import click

from gateway import create_app
from gateway.accounts import Accounts
from gateway.clients import Clients
from gateway.server import CannotListen, listen, serve
from services.cli.serve import demonstration_sign_ins, greet
from services.core import logs
from services.core.settings import BadSetting, Settings


@click.command()
def command() -> None:
    """Serve the pages, asking services that run apart over the message broker, until Ctrl-C.

    It keeps no log of its own, only its accounts, in DATA_DIR. Start each service with: partnership service NAME

    Example: AMQP_URL=amqp://localhost PORT=8080 partnership gateway
    """
    from services.cluster.gateway import open_remote_runtime

    settings = Settings.from_environment()
    if not settings.amqp_url:
        raise BadSetting("AMQP_URL must name the message broker of services that run apart: amqp://...")
    logs.configure(settings.log_level)
    try:
        sock = listen(settings.host, settings.port)
    except CannotListen as error:
        raise click.ClickException(str(error)) from error
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), closing(sock), open_remote_runtime(settings) as runtime:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with closing(Accounts(settings.data_dir / "accounts.db")) as accounts:
            app = create_app(Clients(runtime), accounts, settings)
            greet(settings, demonstration_sign_ins(runtime, accounts) if settings.sample_county else [])
            serve(app, sock, settings)
    click.echo("Stopped.")
