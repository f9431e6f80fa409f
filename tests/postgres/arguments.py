"""Arguments for any query, found in the log: what a person could ask, and some that nobody would."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, get_args

import msgspec

from services.core.commands import Query
from services.core.envelope import RecordedEvent, as_json

DAYS = [date(2025, 8, 1), date(2025, 12, 24), date(2026, 2, 9), date(2026, 7, 20), date(2026, 9, 30)]
TEXTS = ["a", "PRIMARY", "st ", "saint mary's", "12", "%", "_", "zzz", "é", "school york"]
LITERALS: dict[str, list[Any]] = {
    "text": TEXTS,
    "limit": [1, 7, 100],
    "page": [1, 2, 3],
    "within": [1, 14, 200],
    "after": [0, 3, 4_000_000_000],
    "version": [None, 1, 2, 3],
    "whole": [False, True],
    "newest_first": [False, True],
    "services": [(), ("visits",), ("scheduling", "billing"), ("nobody",)],
    "texts": [(), ({"section": "teaching", "text": "Aldborough is good."},)],
    "at": [datetime(2026, 2, 9, 7, 5, tzinfo=UTC), datetime(2026, 9, 30, 12, tzinfo=UTC)],
    "measure": [None, "PTRWM_EXP", "READPROG", "NOTHING"],
    "cohort": [2010, 2022, 2026, 2027],
}
DATES = {"on", "begins", "ends", "true_on", "known_on", "other_true_on", "other_known_on"}
FOUND = {"adviser": "person"}
MOST_COMMON = 60


class Arguments:
    """Ways to ask a query, drawn from what most events of a log hold under the same names."""

    def __init__(self, events: Sequence[RecordedEvent], seed: int) -> None:
        self._dice = random.Random(seed)
        counts: dict[str, Counter[Any]] = {"position": Counter(event.position for event in events[::50])}
        for recorded in events:
            for name, value in _fields(as_json(recorded.data)):
                counts.setdefault(FOUND.get(name, name), Counter())[value] += 1
        self._found = {name: [value for value, _ in each.most_common(MOST_COMMON)] for name, each in counts.items()}

    def of(self, query: type[Query], most: int) -> list[dict[str, Any]]:
        """At most so many ways to ask it, all different."""
        fields = [each for each in msgspec.structs.fields(query) if each.name]
        asked: dict[str, dict[str, Any]] = {}
        for _ in range(2 * most if fields else 1):
            data = {each.name: self._value(each) for each in fields if each.required or self._dice.random() < 0.5}
            asked[repr(data)] = data
        return list(asked.values())[:most]

    def _value(self, field: msgspec.structs.FieldInfo) -> Any:
        name = field.name
        if name == "people":
            return self._dice.sample(self._found["person"], 3)
        return self._dice.choice(_literals(field.type) or self._values(name))

    def _values(self, name: str) -> Sequence[Any]:
        if name in LITERALS:
            return LITERALS[name]
        if name in DATES:
            return DAYS
        return self._found[FOUND.get(name, name)]


def _literals(kind: Any) -> list[str]:
    """The texts among which a field must choose; empty for any other field."""
    inside = [value for each in get_args(kind) for value in get_args(each) if isinstance(value, str)]
    return [value for value in get_args(kind) if isinstance(value, str)] or inside


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    """Every name and number or text under it, however deep."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(inner, int | str):
                yield name, inner
            else:
                yield from _fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner)
