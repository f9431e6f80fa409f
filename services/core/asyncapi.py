"""The contract of the public events as an AsyncAPI 3 document, derived from their declarations."""

from collections.abc import Mapping
from typing import Any

from services.core.cloud_events import CONTENT_TYPE, EXCHANGE, NO_SCHOOL, TYPE_PREFIX, schema_path
from services.core.events import Event
from services.core.public import public_schema, public_types

VERSION = "1.0.0"
_TEXT = {"type": "string", "minLength": 1}
_ATTRIBUTES: Mapping[str, Any] = {
    "specversion": {"const": "1.0"},
    "id": {"type": "string", "format": "uuid", "description": "The same whenever the event comes again: dedupe by it"},
    "source": {"type": "string", "format": "uri-reference", "description": "Whose platform"},
    "time": {"type": "string", "format": "date-time", "description": "When it was recorded"},
    "datacontenttype": {"const": "application/json"},
    "dataschema": {"type": "string", "format": "uri", "description": "JSON Schema of `data`"},
    "subject": {**_TEXT, "description": "URN of the school, where the event is about one"},
    "position": {
        "type": "string",
        "pattern": "^[0-9]+$",
        "description": "Place in the log, to ask after over HTTP: a growing number with gaps",
    },
    "partitionkey": {**_TEXT, "description": "Events with the same key are in order"},
    "sequence": {"type": "string", "pattern": "^[0-9]{10}$", "description": "Grows within a partition key, with gaps"},
    "effectiveon": {
        "type": "string",
        "format": "date",
        "description": "From which day it is true in the world; 1900-01-01 where that is before records began",
    },
    "traceparent": {**_TEXT, "description": "W3C trace context of what led to it"},
}
_OPTIONAL = {"subject", "traceparent"}
_CLOUD_EVENT = {
    "type": "object",
    "description": "What surrounds the data of every event: CloudEvents 1.0, structured mode",
    "required": sorted({*_ATTRIBUTES, "type", "data"} - _OPTIONAL),
    "properties": _ATTRIBUTES,
}


def asyncapi(examples: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The document; `examples` has the public data of one event for each public type."""
    types = public_types()
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Public events of the School Improvement Partnership Programme",
            "version": VERSION,
            "description": (
                "Every event comes at least once, and in order among those of one partition key. Ignore what you do "
                "not know: fields and types may be added. deploy/SUBSCRIBING.md tells how to begin."
            ),
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {
            "broker": {
                "host": "{host}",
                "protocol": "amqp",
                "protocolVersion": "0.9.1",
                "description": "RabbitMQ of the platform; the operator gives the host and an account",
                "variables": {"host": {"description": "Host and port, such as broker.example:5671"}},
            }
        },
        "channels": {name: _channel(name) for name in types},
        "operations": {f"{name}.publish": _operation(name) for name in types},
        "components": {
            "messages": {name: _message(cls, examples[name]) for name, cls in types.items()},
            "schemas": {"CloudEvent": _CLOUD_EVENT} | {name: public_schema(cls) for name, cls in types.items()},
        },
    }


def schema_document(cls: type[Event]) -> dict[str, Any]:
    """The JSON Schema of a type's data, as it is served."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": schema_path(cls), **public_schema(cls)}


def _channel(name: str) -> dict[str, Any]:
    return {
        "address": f"{name}.{{urn}}",
        "parameters": {"urn": {"description": f"URN of the school; {NO_SCHOOL} where it is about none or several"}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False},
            }
        },
    }


def _operation(name: str) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
        "bindings": {"amqp": {"deliveryMode": 2}},
    }


def _message(cls: type[Event], data: Mapping[str, Any]) -> dict[str, Any]:
    name = cls.type_name
    own = {"type": {"const": TYPE_PREFIX + name}, "data": {"$ref": f"#/components/schemas/{name}"}}
    return {
        "name": name,
        "title": cls.__name__,
        "summary": public_schema(cls)["description"],
        "contentType": CONTENT_TYPE,
        "payload": {"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, {"properties": own}]},
        "examples": [{"payload": _example(cls, data)}],
    }


def _example(cls: type[Event], data: Mapping[str, Any]) -> dict[str, Any]:
    urn = str(data.get("urn", NO_SCHOOL))
    example = {
        "specversion": "1.0",
        "id": "30a79a7a-775b-8e67-8525-750da0b40000",
        "source": "https://partnership.example",
        "type": TYPE_PREFIX + cls.type_name,
        "time": "2022-10-03T09:30:00.123456Z",
        "datacontenttype": "application/json",
        "dataschema": f"https://partnership.example{schema_path(cls)}",
        "position": "8120",
        "partitionkey": f"{cls.type_name.partition('.')[0]}.example-{urn}",
        "sequence": "0000000003",
        "effectiveon": "2022-10-03",
    }
    return (example if urn == NO_SCHOOL else example | {"subject": urn}) | {"data": data}
