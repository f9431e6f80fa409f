"""What was stored must load for ever: one file for each type and version of event that was ever stored.

A file holds every field of its event. Add one with each new type or version; never change one."""

import json
from pathlib import Path

import pytest

import services.analytics.events
import services.billing.events
import services.helpdesk.events
import services.scheduling.events
import services.visits.events
from services.core.events import Event, decoder, encode, type_registry

GOLDEN = Path(__file__).parent / "golden"
SERVICES = (
    services.scheduling.events,
    services.visits.events,
    services.analytics.events,
    services.helpdesk.events,
    services.billing.events,
)
TYPES = {
    name: cls for name, cls in type_registry.items() if cls.__module__.startswith(tuple(s.__name__ for s in SERVICES))
}
FILES = sorted(path.name for path in GOLDEN.glob("*.json"))


@pytest.mark.parametrize(("name", "cls"), TYPES.items())
def test_every_version_of_every_event_has_its_file(name: str, cls: type[Event]) -> None:
    expected = {f"{name}.v{version}.json" for version in range(1, cls.schema_version + 1)}
    assert expected == {file for file in FILES if file.startswith(f"{name}.v")}


@pytest.mark.parametrize("file", FILES)
def test_what_was_stored_loads(file: str) -> None:
    name, version = file.removesuffix(".json").rsplit(".v", 1)
    stored = (GOLDEN / file).read_bytes()
    event = decoder(name, int(version))(stored)
    assert type(event) is TYPES[name]
    assert event.says()
    if int(version) == event.schema_version:
        assert json.loads(encode(event)) == json.loads(stored), "what is stored now differs from what was"
        assert set(json.loads(stored)) == set(event.__struct_fields__), "the file must hold every field"
