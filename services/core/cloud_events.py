"""A public event as other systems get it, over HTTP and AMQP alike: a CloudEvent (specification 1.0, JSON format)."""

from collections.abc import Mapping
from typing import Any

from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.public import public_data, public_event

TYPE_PREFIX = "partnership."
"""Before the name of a type. No council's domain: councils are merged and renamed, a type never is (decision 20)."""
EXCHANGE = "partnership.events"
"""The topic exchange on which they are published."""
CONTENT_TYPE = "application/cloudevents+json"
NO_SCHOOL = "-"
"""Stands where a URN would, for what is about no school or about several."""
SEQUENCE_DIGITS = 10


def cloud_event(recorded: RecordedEvent, address: str) -> dict[str, Any] | None:
    """What is published of an event, as plain JSON values; None where nothing is.

    `address` is the platform's own. Of the metadata go the dates and the trace: never the actor, the role or the
    reason. Positions go as text, since a CloudEvent's whole numbers end at 2**31."""
    if (event := public_event(recorded)) is None:
        return None
    metadata, address = recorded.metadata, address.rstrip("/")
    attributes = {
        "specversion": "1.0",
        "id": str(recorded.id),
        "source": address,
        "type": TYPE_PREFIX + recorded.type,
        "time": recorded.recorded.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": f"{address}{schema_path(type(event))}",
        "position": str(recorded.position),
        "partitionkey": recorded.stream,
        "sequence": f"{recorded.version:0{SEQUENCE_DIGITS}}",
        "effectiveon": metadata.effective_on.isoformat(),
    }
    if len(schools := event.concerns()) == 1:
        attributes["subject"] = str(schools[0])
    if metadata.trace is not None:
        attributes["traceparent"] = metadata.trace
    return attributes | {"data": public_data(event)}


def routing_key(event: Mapping[str, Any]) -> str:
    """By what subscribers of the exchange choose among CloudEvents: service.Event.urn."""
    return f"{event['type'].removeprefix(TYPE_PREFIX)}.{event.get('subject', NO_SCHOOL)}"


def schema_path(cls: type[Event]) -> str:
    """Where the JSON Schema of a type's data is served."""
    return f"/api/v1/schemas/{cls.type_name}.v{cls.schema_version}.json"
