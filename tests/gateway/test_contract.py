"""The contract that other systems build on: valid, complete, served, and kept to by what is really published."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from gateway.accounts import Accounts
from gateway.api import create_api
from gateway.clients import Clients
from services.cli import main
from services.core.cloud_events import cloud_event
from services.core.events import decoder
from services.core.public import public_data
from tests.gateway.conftest import Settings
from tests.gateway.fakes import FakeRuntime
from tests.who_may.small_county import opened_small_county
from tests.who_may.test_public import OURS

ROOT = Path(__file__).parents[2]
CONTRACT, GOLDEN = ROOT / "gateway" / "api" / "contract", ROOT / "tests" / "golden"
OFFICIAL = ROOT / "node_modules" / "@asyncapi" / "specs" / "schemas" / "3.0.0.json"
ASYNCAPI: dict[str, Any] = json.loads((CONTRACT / "asyncapi.json").read_text("utf-8"))
VERSIONS = [(name, version) for name, cls in OURS.items() for version in range(1, cls.schema_version + 1)]


@pytest.fixture
def client(accounts: Accounts) -> FlaskClient:
    return create_api(Clients(FakeRuntime()), accounts, Settings()).test_client()


def payload_of(name: str) -> Draft202012Validator:
    """Validates a whole event of a type, as the AsyncAPI document describes it."""
    payload = ASYNCAPI["components"]["messages"][name]["payload"]
    return Draft202012Validator(payload | {"components": ASYNCAPI["components"]}, format_checker=FormatChecker())


def schema_of(name: str, version: int) -> Draft202012Validator:
    schema = json.loads((CONTRACT / "schemas" / f"{name}.v{version}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_the_contract_is_what_the_events_say(tmp_path: Path) -> None:
    """After a change: partnership contracts public gateway/api/contract --examples tests/golden"""
    result = CliRunner().invoke(main, ["contracts", "public", str(tmp_path), "--examples", str(GOLDEN)])
    assert result.exit_code == 0, result.output
    written = {path.relative_to(tmp_path): path.read_text("utf-8") for path in tmp_path.rglob("*.json")}
    assert written == {path: (CONTRACT / path).read_text("utf-8") for path in written}


def test_every_version_that_was_ever_published_has_its_schema() -> None:
    assert {path.stem for path in (CONTRACT / "schemas").iterdir()} == {f"{name}.v{of}" for name, of in VERSIONS}


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_what_was_stored_fits_the_schema_of_its_version(name: str, version: int) -> None:
    stored = decoder(name, version)((GOLDEN / f"{name}.v{version}.json").read_bytes())
    schema_of(name, version).validate(public_data(stored))


def test_the_document_has_a_channel_a_message_and_an_operation_for_each_type() -> None:
    assert ASYNCAPI["channels"].keys() == ASYNCAPI["components"]["messages"].keys() == OURS.keys()
    assert ASYNCAPI["operations"].keys() == {f"{name}.publish" for name in OURS}
    assert {channel["address"] for channel in ASYNCAPI["channels"].values()} == {f"{name}.{{urn}}" for name in OURS}


def test_every_reference_of_the_document_leads_somewhere() -> None:
    def follow(part: object) -> None:
        for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            follow(value)
        if isinstance(part, dict) and isinstance(part.get("$ref"), str):
            at: Any = ASYNCAPI
            for step in part["$ref"].removeprefix("#/").split("/"):
                at = at[step]

    follow(ASYNCAPI)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="npm's @asyncapi/specs is not among the development packages")
def test_the_document_is_valid_by_the_official_schema() -> None:
    Draft7Validator(json.loads(OFFICIAL.read_text("utf-8"))).validate(ASYNCAPI)


@pytest.mark.parametrize("name", OURS)
def test_every_example_fits_its_message(name: str) -> None:
    for example in ASYNCAPI["components"]["messages"][name]["examples"]:
        payload_of(name).validate(example["payload"])
        wrong = example["payload"] | {"data": {"urn": "not a number", "year": "neither"}}
        assert not payload_of(name).is_valid(wrong)


def test_what_a_county_really_publishes_fits(tmp_path: Path) -> None:
    with opened_small_county(tmp_path) as county:
        published = [event for each in county.platform.recorded() if (event := cloud_event(each, "https://a.example"))]
    assert len({event["type"] for event in published}) == 5
    for event in published:
        payload_of(event["type"].removeprefix("partnership.")).validate(event)


def test_openapi_of_the_feed_is_valid_and_has_every_address(client: FlaskClient) -> None:
    document = json.loads((CONTRACT / "openapi.json").read_text("utf-8"))
    validate(document)
    rules = {rule.rule.replace("<", "{").replace(">", "}") for rule in client.application.url_map.iter_rules()}
    assert document["paths"].keys() == rules
    asked = {each["name"] for each in document["paths"]["/v1/events"]["get"]["parameters"] if each["in"] == "query"}
    assert asked == {"after", "types", "limit", "wait"}


@pytest.mark.parametrize("path", ["asyncapi.json", "openapi.json", "schemas/scheduling.VisitHeld.v1.json"])
def test_the_contract_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/v1/{path}", buffered=True)
    assert answer.data == (CONTRACT / path).read_bytes()
    assert answer.mimetype == ("application/schema+json" if "schemas" in path else "application/json")
