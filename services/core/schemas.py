"""marshmallow schemas, JSON Schema and OpenAPI, all derived from the typed declarations."""

import enum
import types
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from msgspec import Meta

from services.core.commands import Message

OPENAPI = "3.1.0"
_PLAIN: dict[Any, type[fields.Field[Any]]] = {
    bool: fields.Boolean,
    date: fields.Date,
    datetime: fields.AwareDateTime,
    UUID: fields.UUID,
}


class Invalid(Exception):
    """Input that does not fit its type: `errors` maps each field to what is wrong with it, in the user's words."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{field}: {' '.join(words)}" for field, words in errors.items()))
        self.errors = errors


@cache
def schema_for(cls: type[msgspec.Struct]) -> Schema:
    """The marshmallow schema of a struct. Unknown fields are refused."""
    hints = get_type_hints(cls, include_extras=True)
    members: dict[str, Any] = {}
    for field in msgspec.structs.fields(cls):
        required = field.required
        members[field.name] = _field(hints[field.name], required=required, default=None if required else field)
    return Schema.from_dict(members, name=cls.__name__)(unknown=RAISE)


def load(cls: type[msgspec.Struct], data: Mapping[str, Any]) -> Any:
    """Validate plain data into a `cls`. Raises Invalid naming every field that is wrong."""
    try:
        values = schema_for(cls).load(data)
    except ValidationError as error:
        raise Invalid(_flat(error.messages_dict)) from error
    return msgspec.convert(values, cls, strict=False)


def json_schema(cls: type[msgspec.Struct]) -> dict[str, Any]:
    """JSON Schema 2020-12 of a struct, inlined."""
    converter = OpenAPIConverter(OPENAPI, schema_name_resolver=lambda schema: None, spec=APISpec("", "", OPENAPI))
    schema: dict[str, Any] = converter.schema2jsonschema(schema_for(cls))  # type: ignore[no-untyped-call]
    return {"title": cls.__name__, "description": (cls.__doc__ or "").strip(), **schema}


def openapi(messages: Mapping[str, type[Message]], title: str, version: str) -> dict[str, Any]:
    """An OpenAPI document with one POST for each command or query, at /<service>/<Name>."""
    spec = APISpec(title, version, OPENAPI, plugins=[MarshmallowPlugin()])
    for name, cls in sorted(messages.items()):
        schema = schema_for(cls)
        spec.components.schema(name, schema=schema)
        spec.path(
            f"/{name.replace('.', '/')}",
            operations={
                "post": {
                    "summary": (cls.__doc__ or name).strip().splitlines()[0],
                    "operationId": name,
                    "requestBody": {"required": True, "content": {"application/json": {"schema": name}}},
                    "responses": {
                        "200": {"description": "Done, or answered"},
                        "400": {"description": "The input does not fit, or the request was refused; says which field"},
                        "403": {"description": "Your role does not allow this"},
                    },
                }
            },
        )
    return spec.to_dict()


def _field(hint: Any, *, required: bool, default: Any) -> fields.Field[Any]:
    options: dict[str, Any] = {"required": required, "metadata": {}}
    if required:
        options["error_messages"] = {"required": "Enter a value", "null": "Enter a value"}
    elif default.default_factory is not msgspec.NODEFAULT:
        options["load_default"] = default.default_factory
    elif default.default is not msgspec.UNSET:
        options["load_default"] = default.default
    metas: list[Meta] = []
    while get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        metas += [extra for extra in extras if isinstance(extra, Meta)]
    if get_origin(hint) in (Union, types.UnionType):
        options["allow_none"] = type(None) in get_args(hint)
        (inner,) = (part for part in get_args(hint) if part not in (type(None), msgspec.UnsetType))
        while get_origin(inner) is Annotated:
            inner, *extras = get_args(inner)
            metas += [extra for extra in extras if isinstance(extra, Meta)]
        hint = inner
    options["validate"] = _validators(metas)
    if described := [meta.description for meta in metas if meta.description]:
        options["metadata"]["description"] = described[0]
    return _typed(hint, options)


def _typed(hint: Any, options: dict[str, Any]) -> fields.Field[Any]:
    if get_origin(hint) is Literal:
        options["validate"].append(validate.OneOf(get_args(hint), error="Choose one of: {choices}"))
        return fields.String(**options)
    if get_origin(hint) in (tuple, list, frozenset):
        return fields.List(_field(get_args(hint)[0], required=True, default=None), **options)
    if get_origin(hint) is dict:
        keys, values = (_field(part, required=True, default=None) for part in get_args(hint))
        return fields.Dict(keys=keys, values=values, **options)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return fields.Enum(hint, by_value=True, **options)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return fields.Nested(schema_for(hint), **options)
    if hint is int:
        return fields.Integer(strict=False, **_worded(options, "Enter a whole number"))
    if hint is str:
        return fields.String(**options)
    return _PLAIN[hint](**options)


def _worded(options: dict[str, Any], invalid: str) -> dict[str, Any]:
    options["error_messages"] = {**options.get("error_messages", {}), "invalid": invalid}
    return options


def _validators(metas: list[Meta]) -> list[Any]:
    found: list[Any] = []
    for meta in metas:
        if meta.ge is not None or meta.le is not None:
            found.append(validate.Range(min=meta.ge, max=meta.le, error=_between(meta.ge, meta.le)))
        if meta.min_length is not None or meta.max_length is not None:
            found.append(validate.Length(max=meta.max_length, error="Enter at most {max} characters"))
            found.append(validate.Length(min=meta.min_length, error="Enter a value"))
        if meta.pattern is not None:
            found.append(validate.Regexp(meta.pattern, error=meta.description or "This is not in the right form"))
    return found


def _between(least: float | None, most: float | None) -> str:
    if most is None:
        return f"Enter {least} or more"
    return f"Enter {most} or less" if least is None else f"Enter a number from {least} to {most}"


def _flat(messages: Mapping[Any, Any], prefix: str = "") -> dict[str, list[str]]:
    """marshmallow's nested messages as one level: `rows.3.urn`."""
    flat: dict[str, list[str]] = {}
    for key, value in messages.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{name}.")
        else:
            flat[name] = list(value)
    return flat
