"""What other systems may rely on is printed from the declarations themselves."""

import json

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from services.core.events import decoder, type_registry
from services.wiring import SERVICES
from tests.cli.conftest import Run, refused


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


def test_a_golden_file_to_fill_in_loads_as_its_event(run: Run) -> None:
    ours = {service.name for service in SERVICES}
    for name, cls in type_registry.items():
        if name.partition(".")[0] in ours:
            result = run("contracts", "golden", name)
            assert result.exit_code == 0, name
            assert set(json.loads(result.stdout)) == set(cls.__struct_fields__)
            decoder(name, cls.schema_version)(result.stdout.encode())


def test_an_unknown_type_lists_those_there_are(run: Run) -> None:
    refused(run("contracts", "golden", "visits.Unheard"), "There is no event type visits.Unheard. There are: ")
