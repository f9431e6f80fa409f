"""`partnership service`, `worker` and `edge`: one service in processes of its own."""

import os
import sys

import click

from services.cli.apart import settings_apart
from services.core.stopping import told_to_stop
from services.wiring import SERVICES

BY_NAME = {service.name: service for service in SERVICES}
NAME = click.Choice(sorted(BY_NAME))


@click.command()
@click.argument("name", type=NAME)
def service(name: str) -> None:
    """Run the service NAME: its worker and its edge, each started again when it ends, until SIGTERM or Ctrl-C.

    Commands in hand are answered before it stops. AMQP_URL names the message broker. With METRICS_PORT, the worker
    serves /metrics and /health there and the edge at the next port.

    Example: AMQP_URL=amqp://localhost partnership service visits
    """
    from services.cluster.launcher import launch

    settings_apart()
    stopping = told_to_stop()
    launch(name, stopping)
    click.echo("Stopped.")


@click.command()
@click.argument("name", type=NAME)
@click.option("--lifeline", type=int, hidden=True, help="A pipe whose end means stop.")
def worker(name: str, lifeline: int | None) -> None:
    """Run the worker of the service NAME alone: its log, read models and policies, behind a socket in DATA_DIR/run.

    Example: partnership worker visits
    """
    from services.cluster.worker import work

    work(settings_apart(), BY_NAME[name], lifeline)


@click.command()
@click.argument("name", type=NAME)
def edge(name: str) -> None:
    """Run the edge of the service NAME alone: it takes requests from the message broker to the worker beside it.

    Example: AMQP_URL=amqp://localhost partnership edge visits
    """
    settings_apart()
    # Everything in an edge gives way to others (eventlet), which must be so from the first import on.
    os.execv(sys.executable, [sys.executable, "-m", "services.cluster.edge_process", name])  # noqa: S606
