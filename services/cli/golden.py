"""A golden file to fill in: how one event type is stored, with a value of the right kind in every field."""

from typing import Any

from msgspec import inspect

from services.core.events import Event

VALUES: dict[type[inspect.Type], Any] = {
    inspect.BoolType: False,
    inspect.DateTimeType: "2022-09-01T09:30:00Z",
    inspect.DateType: "2022-09-01",
    inspect.DictType: {},
    inspect.IntType: 1,
    inspect.ListType: [],
    inspect.StrType: "text",
    inspect.UUIDType: "00000000-0000-0000-0000-000000000000",
    inspect.VarTupleType: [],
}


def golden(event: type[Event]) -> dict[str, Any]:
    """The data of an example. Raises KeyError for a kind of field that no event had before: give it a value here."""
    kind = inspect.type_info(event)
    assert isinstance(kind, inspect.StructType)  # noqa: S101 - every event is a struct
    return {field.name: _value(field.type) for field in kind.fields}


def _value(kind: inspect.Type) -> Any:
    if isinstance(kind, inspect.Metadata):
        return _value(kind.type)
    if isinstance(kind, inspect.UnionType):
        return next(VALUES[type(one)] for one in map(_plain, kind.types) if type(one) in VALUES)
    return VALUES[type(kind)]


def _plain(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind
