"""The quality criteria of a record of visit: versioned data, so that a review keeps the list it was made by."""

import csv
from importlib.resources import files

from msgspec import Struct


class Criterion(Struct, frozen=True):
    """One criterion. `check` names the automatic check that judges it, over `value`; without one a reviewer does."""

    criterion: str
    sentence: str
    check: str
    value: str


def _read() -> dict[int, tuple[Criterion, ...]]:
    lists: dict[int, tuple[Criterion, ...]] = {}
    text = (files(__package__) / "criteria.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        version = int(row.pop("criteria"))
        lists[version] = (*lists.get(version, ()), Criterion(**row))
    return lists


_LISTS = _read()
LATEST_CRITERIA = max(_LISTS)


def criteria_of(version: int = LATEST_CRITERIA) -> tuple[Criterion, ...]:
    """The criteria of one version of the list, in order."""
    return _LISTS[version]
