"""A public event as other systems get it, over HTTP and AMQP alike: a CloudEvent (specification 1.0, JSON format)."""

from typing import Any

from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.public import may_leave, public_data

TYPE_PREFIX = "partnership."
"""Before the name of a type. No council's domain: councils are merged and renamed, a type never is (decision 20)."""
EXCHANGE = "partnership.events"
"""The topic exchange on which they are published."""
CONTENT_TYPE = "application/cloudevents+json"
NO_SCHOOL = "-"
SEQUENCE_DIGITS = 10


def cloud_event(recorded: RecordedEvent, address: str) -> dict[str, Any] | None:
    """What is published of an event, as plain JSON values; None where nothing is.

    `address` is the platform's own. Of the metadata go the dates and the trace: never the
    actor, the role or the reason. Positions go as text, since a CloudEvent's whole numbers end at 2**31."""
    if not may_leave(recorded):
        return None
    event = recorded.data
    assert isinstance(event, Event)  # noqa: S101 - what can't be read may not leave
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
    if (urn := school_of(event)) != NO_SCHOOL:
        attributes["subject"] = urn
    if metadata.trace is not None:
        attributes["traceparent"] = metadata.trace
    return attributes | {"data": public_data(event)}


def routing_key(recorded: RecordedEvent) -> str:
    """By what subscribers choose on the exchange: service.Event.urn."""
    return f"{recorded.type}.{school_of(recorded.data)}"


def school_of(event: Event) -> str:
    """The URN of the one school that an event is about, or NO_SCHOOL where it is about none or several."""
    concerned = event.concerns()
    return str(concerned[0]) if len(concerned) == 1 else NO_SCHOOL


def schema_path(cls: type[Event]) -> str:
    """Where the JSON Schema of a type's data is served."""
    return f"/api/v1/schemas/{cls.type_name}.v{cls.schema_version}.json"
