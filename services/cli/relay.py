"""`partnership relay`: public events from the log to other systems, by RabbitMQ."""

import click

from services.core import logs
from services.core.settings import BadSetting, Settings
from services.core.stopping import told_to_stop
from services.wiring import open_log_read_only, open_models, relay_checkpoint


@click.command()
def command() -> None:
    """Publish the public events of the log to the exchange `partnership.events` of AMQP_URL, until Ctrl-C.

    It goes on from where it stopped, waits while the broker is away, and is the only one of its kind: another relay
    waits until this one ends. Every event is published at least once. METRICS_PORT serves /metrics and /health.

    Example: AMQP_URL=amqp://partnership@127.0.0.1:5672// partnership relay
    """
    settings = Settings.from_environment()
    logs.configure(settings.log_level)
    if not settings.amqp_url:
        raise BadSetting("AMQP_URL must say where RabbitMQ is, such as amqp://partnership@127.0.0.1:5672//")
    # kombu is installed where services run apart
    from services.cluster.relay import Relay
    from services.cluster.scrape import scraped
    from services.cluster.tracing import spans_of

    stopping = told_to_stop()
    with (
        scraped(settings.metrics_port, settings.host) as watched,
        open_log_read_only(settings) as log,
        open_models(settings) as models,
    ):
        span = spans_of(settings, "relay")
        relay = Relay(log, relay_checkpoint(models), settings.amqp_url, settings.public_url, span)
        watched.of(relay.wrong, relay.measure)
        click.echo(f"Publishing the public events of {settings.data_dir}. Ctrl-C stops.")
        relay.run(stopping)
    click.echo("Stopped.")
