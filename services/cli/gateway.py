"""`partnership gateway`: the pages, over services that run apart."""

from contextlib import closing, suppress

import click

from gateway import create_app
from gateway.accounts import Accounts
from gateway.clients import Clients
from gateway.server import CannotListen, listen, serve
from services.cli.apart import settings_apart
from services.cli.serve import demonstration_sign_ins, greet
from services.core.stopping import stop_by_interrupt


@click.command()
def command() -> None:
    """Serve the pages, asking services that run apart over the message broker, until Ctrl-C.

    It keeps no log of its own, only its accounts, in DATA_DIR. Start each service with: partnership service NAME

    Example: AMQP_URL=amqp://localhost PORT=8080 partnership gateway
    """
    settings = settings_apart()
    from services.cluster.gateway import open_remote_runtime
    from services.cluster.tracing import TracedPages, spans_of

    try:
        sock = listen(settings.host, settings.port)
    except CannotListen as error:
        raise click.ClickException(str(error)) from error
    stop_by_interrupt()
    span = spans_of(settings, "gateway")
    with suppress(KeyboardInterrupt), closing(sock), open_remote_runtime(settings, span) as runtime:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with closing(Accounts(settings.data_dir / "accounts.db")) as accounts:
            app = create_app(Clients(runtime), accounts, settings)
            app.wsgi_app = TracedPages(app.wsgi_app, span)  # type: ignore[method-assign]
            greet(settings, demonstration_sign_ins(runtime, accounts) if settings.sample_county else [])
            serve(app, sock, settings)
    click.echo("Stopped.")
