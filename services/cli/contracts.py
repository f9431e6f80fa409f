"""`partnership contracts`: what other systems may rely on, derived from the declarations."""

import json
from pathlib import Path

import click

from services.cli.golden import golden
from services.cli.output import print_json
from services.core.asyncapi import asyncapi, schema_document
from services.core.commands import registry
from services.core.events import decoder, type_registry
from services.core.public import public_data, public_types
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


@command.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--examples",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the golden files are, which become the examples.",
)
def public(directory: Path, examples: Path) -> None:
    """Write what other systems may rely on into DIRECTORY: asyncapi.json, and schemas/ with a JSON Schema of every
    public event type. Schemas of former versions stay there.

    Example: partnership contracts public gateway/api/contract --examples tests/golden
    """
    found = {}
    for name, cls in public_types().items():
        stored = (examples / f"{name}.v{cls.schema_version}.json").read_bytes()
        found[name] = public_data(decoder(name, cls.schema_version)(stored))
        _write(directory / "schemas" / f"{name}.v{cls.schema_version}.json", schema_document(cls))
    _write(directory / "asyncapi.json", asyncapi(found))
    click.echo(f"Wrote the contract of {len(found)} types into {directory}.")


def _write(file: Path, document: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@command.command("golden")
@click.argument("name")
def golden_(name: str) -> None:
    """Print a golden file for the event type NAME, to fill in: how an event of it is stored.

    Example: partnership contracts golden billing.PriceSet > tests/golden/billing.PriceSet.v1.json
    """
    if name not in type_registry:
        raise Unknown(f"There is no event type {name}. There are: {', '.join(sorted(type_registry))}.")
    print_json(golden(type_registry[name]))
