"""marshmallow schemas, JSON Schema and OpenAPI, all derived from the typed declarations."""

import enum
import re
import types
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from msgspec import Meta

from services.core.commands import Message
from services.core.times import YEARS

OPENAPI = "3.1.0"
LARGEST_WHOLE = 2**53 - 1
"""Every JSON reader and every store keeps a whole number up to this one exactly."""
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Control characters other than those that only part words and lines."""

_D = TypeVar("_D", date, datetime)


class _Whole(fields.Integer):
    """A whole number, or the text of one as a form sends it; never the whole part of another number."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, str) and not re.fullmatch(r"\s*-?[0-9]{1,20}\s*", value):
            raise self.make_error("invalid", input=value)
        if isinstance(value, float) and not value.is_integer():
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class _Day(fields.Date):
    """A day in the one form that everybody reads alike; Python also takes 20220901 and 2022-W35-4."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return _of_a_likely_year(super()._deserialize(value, attr, data, **kwargs))


class _Instant(fields.AwareDateTime):
    """An instant, whatever its zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        return _of_a_likely_year(super()._deserialize(value, attr, data, **kwargs))


def _of_a_likely_year(day: _D) -> _D:
    """The same day. One at the edge of the calendar would break every sum that is ever made with it."""
    if day.year not in YEARS:
        raise ValidationError(f"Enter a year from {YEARS[0]} to {YEARS[-1]}")
    return day


class _Text(fields.String):
    """Text that can be stored and shown: JSON can hold half of a character, which no encoding can, and control
    characters, which nobody can see, and no PDF, spreadsheet or calendar can hold."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise self.make_error("invalid", input=value) from error
        if _UNSEEN.search(text):
            raise ValidationError("Type this again: it holds control characters, which can't be seen")
        return text


class _Form(validate.Regexp):
    """The whole text has the form: `$` alone would let a line break through at the end."""

    def __call__(self, value: Any) -> Any:
        if self.regex.fullmatch(value) is None:
            raise ValidationError(self._format_error(value))
        return value


_PLAIN: dict[Any, tuple[type[fields.Field[Any]], str]] = {
    bool: (fields.Boolean, "Choose yes or no"),
    date: (_Day, "Enter a real date, such as 2022-09-01"),
    datetime: (_Instant, "Enter a real date and time with its zone, such as 2022-09-01T09:30:00Z"),
    int: (_Whole, "Enter a whole number"),
    str: (_Text, "Enter text"),
    time: (fields.Time, "Enter a time of day, such as 09:30"),
    UUID: (fields.UUID, "Enter an identifier such as 0d9d1ba4-6f1c-4d1c-9a35-2c6f2f1b7f0e"),
}
_OF_A_WHOLE_FORM = {"unknown": "There is no field of this name", "type": "Enter fields with their values"}


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
    schema = Schema.from_dict(members, name=cls.__name__)(unknown=RAISE)
    schema.error_messages |= _OF_A_WHOLE_FORM
    return schema


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
    words = {"required": "Enter a value", "null": "Enter a value"}
    options: dict[str, Any] = {"required": required, "metadata": {}, "error_messages": words}
    if not required and default.default_factory is not msgspec.NODEFAULT:
        options["load_default"] = default.default_factory
    elif not required and default.default is not msgspec.UNSET:
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
    words = options["error_messages"]
    if get_origin(hint) is Literal:
        options["validate"].append(validate.OneOf(get_args(hint), error="Choose one of: {choices}"))
        hint = str
    if get_origin(hint) in (tuple, list, frozenset):
        words["invalid"] = "Enter a list"
        return fields.List(_field(get_args(hint)[0], required=True, default=None), **options)
    if get_origin(hint) is dict:
        words["invalid"] = "Enter names with their values"
        keys, values = (_field(part, required=True, default=None) for part in get_args(hint))
        return fields.Dict(keys=keys, values=values, **options)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        words["unknown"] = "Choose one of: {choices}"
        return fields.Enum(hint, by_value=True, **options)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return fields.Nested(schema_for(hint), **options)
    if hint is int:
        most = LARGEST_WHOLE
        options["validate"].insert(0, validate.Range(min=-most, max=most, error="Enter a smaller whole number"))
    kind, wrong = _PLAIN[hint]
    words |= {"invalid": wrong, "invalid_uuid": wrong, "invalid_awareness": wrong}
    return kind(**options)


def _validators(metas: list[Meta]) -> list[Any]:
    found: list[Any] = []
    for meta in metas:
        if meta.ge is not None or meta.le is not None:
            found.append(validate.Range(min=meta.ge, max=meta.le, error=_between(meta.ge, meta.le)))
        if meta.min_length is not None or meta.max_length is not None:
            found.append(validate.Length(max=meta.max_length, error="Enter at most {max} characters"))
            found.append(validate.Length(min=meta.min_length, error="Enter a value"))
        if meta.pattern is not None:
            found.append(_Form(meta.pattern, error=meta.description or "This is not in the right form"))
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
