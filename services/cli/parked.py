"""`partnership parked`: events that a read model or a policy could not take in, and what to do with them."""

from typing import Any

import click

from services.cli.output import counted, json_option, print_json, print_table
from services.core.projector import Projector
from services.core.read_db import ReadModel, ReadModels, set_aside
from services.core.runtime import Unknown
from services.core.settings import Settings
from services.wiring import (
    RELAY,
    open_log_read_only,
    open_models,
    open_runtime,
    policy_checkpoints,
    read_models,
    relay_checkpoint,
)


@click.group()
def command() -> None:
    """Show, retry or give up events that could not be taken in.

    An event that a read model can't fold, or whose command is refused, is set aside with the reason; later events
    of its stream wait behind it. Nothing of the log is lost either way.

    Example: partnership parked list
    """


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List what is set aside, by whom, and why.

    Example: partnership parked list --json
    """
    settings = Settings.from_environment()
    with open_log_read_only(settings), open_models(settings) as models:
        parked = [{"reader": name, **row} for name, model in _all(models).items() for row in _parked(model)]
    if as_json:
        print_json(parked)
    elif parked:
        titles = {"reader": "Reader", "position": "Position", "stream": "Stream", "type": "Event", "error": "Why"}
        print_table(list(titles.values()), [[row[name] for name in titles] for row in parked], numbers=("Position",))
    else:
        click.echo("Nothing is parked.")


@command.command()
@click.argument("name", required=False)
def retry(name: str | None) -> None:
    """Take in again what is parked: everything, or that of the read model or policy NAME.

    What a policy could not do is a new command, so for that the server must be stopped; read models are put right
    beside it.

    Example: partnership parked retry scheduling.schools
    """
    settings = Settings.from_environment()
    with open_log_read_only(settings) as log, open_models(settings) as models:
        policies = policy_checkpoints(models)
        for own, model in _chosen(read_models(models), policies, name).items():
            if before := len(_parked(model)):
                _say(own, before, Projector(log, model).retry())
        acting = [own for own, model in policies.items() if name in (None, own) and _parked(model)]
    if acting:
        with open_runtime(settings, threads=False) as runtime:
            for runner in runtime.policies:
                if runner.policy.name in acting:
                    _say(runner.policy.name, len(runner.parked()), runner.retry())
            runtime.settle()


@command.command()
@click.argument("name")
@click.argument("position", type=click.IntRange(min=1))
def drop(name: str, position: int) -> None:
    """Give up the event at POSITION for the read model or policy NAME, or cluster.relay, for good.

    The event stays in the log. What waits behind it is taken in by: partnership parked retry

    Example: partnership parked drop scheduling.schools 812
    """
    settings = Settings.from_environment()
    with open_log_read_only(settings) as log, open_models(settings) as kept:
        models = _all(kept)
        if name not in models:
            raise _unknown(name, models)
        if not models[name].exists() or not Projector(log, models[name]).drop(position):
            raise click.ClickException(f"{name} has parked no event at position {position}.")
    click.echo(f"{name} has given up the event at position {position}.")


def _all(models: ReadModels) -> dict[str, ReadModel]:
    """Everything that may have parked something, by name."""
    return {**read_models(models), **policy_checkpoints(models), RELAY: relay_checkpoint(models)}


def _chosen(models: dict[str, ReadModel], policies: dict[str, ReadModel], name: str | None) -> dict[str, ReadModel]:
    """The read models of this name, or all. Raises Unknown for the name of nothing."""
    if name is not None and name not in {**models, **policies}:
        raise _unknown(name, {**models, **policies})
    return {own: model for own, model in models.items() if name in (None, own)}


def _unknown(name: str, models: dict[str, ReadModel]) -> Unknown:
    return Unknown(f"Nothing that takes in events is called {name}. There are: {', '.join(sorted(models))}.")


def _parked(model: ReadModel) -> list[dict[str, Any]]:
    if not model.exists():
        return []
    with model.current().reading() as connection:
        return set_aside(connection)


def _say(name: str, before: int, still: int) -> None:
    click.echo(f"{name}: {counted(before - still, 'event')} taken in, {counted(still, 'event')} still parked")
