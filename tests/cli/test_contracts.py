"""What other systems may rely on is printed from the declarations themselves."""

import json

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from services.core.events import type_registry
from services.wiring import SERVICES
from tests.cli.conftest import Run


def test_openapi_is_valid_and_has_every_command_and_query(run: Run) -> None:
    document = json.loads(run("contracts", "openapi").stdout)
    validate(document)
    names = {name.replace(".", "/") for service in SERVICES for name in (*service.commands, *service.queries)}
    assert set(document["paths"]) == {f"/{name}" for name in names}


def test_every_event_type_has_a_json_schema(run: Run) -> None:
    schemas = json.loads(run("contracts", "events").stdout)
    ours = {service.name for service in SERVICES}
    assert set(schemas) == {name for name in type_registry if name.partition(".")[0] in ours}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
        assert schema["version"] >= 1
        assert schema["description"]
