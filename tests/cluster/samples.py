"""Values of any type: as many as it takes to meet every alternative in it once."""

import enum
import types
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

PLAIN: dict[Any, list[Any]] = {
    str: ["plain", "", 'é "quoted" \u2028 £'],
    int: [0, -1, 2**53 - 1],
    float: [0.5],
    bool: [True, False],
    type(None): [None],
    msgspec.UnsetType: [msgspec.UNSET],
    date: [date(2012, 3, 1)],
    time: [time(9, 30)],
    datetime: [datetime(2012, 7, 1, 13, 5, 0, 123456, tzinfo=UTC)],
    UUID: [UUID(int=7)],
    bytes: [b"\x00\xff"],
    Any: [{"list": [1, None, "text"]}],
}


def samples(hint: Any, within: tuple[Any, ...] = ()) -> list[Any]:
    """Values that between them hold every alternative of a type; a struct `within` itself is left out."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is Annotated:
        return samples(parts[0], within)
    if origin in (Union, types.UnionType):
        return [value for part in parts for value in samples(part, within)]
    if origin is Literal:
        return list(parts)
    if origin in (list, frozenset):
        return [origin(samples(parts[0], within)), origin()]
    if origin is tuple:
        if parts[-1] is Ellipsis:
            return [tuple(samples(parts[0], within)), ()]
        return _filled(tuple(samples(part, within) for part in parts), lambda *values: tuple(values))
    if origin is dict:
        keys, values = samples(parts[0], within), samples(parts[1], within)
        return [{key: values[at % len(values)] for at, key in enumerate(keys)}, {}]
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return list(hint)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint, include_extras=True)
        inner = (*within, hint)
        return [] if hint in within else _filled([samples(hints[name], inner) for name in hint.__struct_fields__], hint)
    raise NotImplementedError(f"no sample of {hint}")


def _filled(choices: Any, make: Any) -> list[Any]:
    """As many as the field with the most alternatives needs; the others take turns."""
    return [
        make(*(options[at % len(options)] for options in choices))
        for at in range(max((len(options) for options in choices), default=1))
    ]
