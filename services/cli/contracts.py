"""`partnership contracts`: what other systems may rely on, derived from the declarations."""

import click

from services.cli.golden import golden
from services.cli.output import print_json
from services.core.commands import registry
from services.core.events import type_registry
from services.core.runtime import Unknown
from services.core.schemas import json_schema, openapi
from services.wiring import SERVICES


@click.group()
def command() -> None:
    """Print the contracts of the platform as JSON.

    Example: partnership contracts events
    """


@command.command("openapi")
def openapi_() -> None:
    """Print every command and query as an OpenAPI document.

    Example: partnership contracts openapi > openapi.json
    """
    ours = {name for service in SERVICES for name in (*service.commands, *service.queries)}
    print_json(openapi({name: registry[name] for name in ours}, "School Improvement Partnership Programme", "1"))


@command.command()
def events() -> None:
    """Print the JSON Schema of every event type at its present version.

    Example: partnership contracts events > events.json
    """
    services = {service.name for service in SERVICES}
    ours = sorted(name for name in type_registry if name.partition(".")[0] in services)
    types = {name: type_registry[name] for name in ours}
    print_json({name: {"version": cls.schema_version, **json_schema(cls)} for name, cls in types.items()})


@command.command("golden")
@click.argument("name")
def golden_(name: str) -> None:
    """Print a golden file for the event type NAME, to fill in: how an event of it is stored.

    Example: partnership contracts golden billing.PriceSet > tests/golden/billing.PriceSet.v1.json
    """
    if name not in type_registry:
        raise Unknown(f"There is no event type {name}. There are: {', '.join(sorted(type_registry))}.")
    print_json(golden(type_registry[name]))
