"""What other systems may have: which types, which events of them, and which fields (deploy/adr, decision 20)."""

from typing import Any

import msgspec

from services.core.envelope import RecordedEvent
from services.core.events import Event, encode, type_registry
from services.core.schemas import json_schema


def public_types() -> dict[str, type[Event]]:
    """Every public type by its name, in order."""
    return {name: cls for name, cls in sorted(type_registry.items()) if cls.public}


def public_event(recorded: RecordedEvent) -> Event | None:
    """The event, if other systems may have it. One that can't be read can't be judged, so it stays."""
    event = recorded.data
    return event if isinstance(event, Event) and event.public and event.may_leave() else None


def public_data(event: Event) -> dict[str, Any]:
    """Plain JSON values of what is published of an event."""
    data: dict[str, Any] = msgspec.json.decode(encode(event))
    for field in event.withheld:
        del data[field]
    return data


def public_schema(cls: type[Event]) -> dict[str, Any]:
    """JSON Schema 2020-12 of the same. Open to fields that a later release adds."""
    schema = json_schema(cls)
    for field in cls.withheld:
        del schema["properties"][field]
    schema["required"] = [field for field in schema["required"] if field not in cls.withheld]
    schema["description"] = " ".join(schema["description"].split())
    return dict(_open(schema))


def _open(schema: Any) -> Any:
    """The same without being closed to more fields, at every level."""
    if isinstance(schema, list):
        return [_open(each) for each in schema]
    if isinstance(schema, dict):
        return {name: _open(value) for name, value in schema.items() if name != "additionalProperties"}
    return schema
