"""The vocabulary of risk as it stands (Red-Plus to Amber-Green), and the criteria of the rating by version."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

Rating = Literal["red-plus", "red", "red-amber", "amber-green", "n/a"]
"""From the gravest on."""
Direction = Literal["deteriorating", "unchanged", "improving"]
"""From the gravest on."""

_CRITERIA = Path(__file__).parent / "risk_criteria.csv"


class Criteria(Struct, frozen=True):
    """One version of what a rating is made by, in force from `begins` until the next one."""

    version: int
    begins: date
    words: str


@cache
def criteria() -> tuple[Criteria, ...]:
    """Every version, in order."""
    with _CRITERIA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Criteria(int(row["version"]), date.fromisoformat(row["begins"]), row["words"]) for row in rows)


def criteria_on(day: date) -> Criteria | None:
    """The version in force on a day; None before the first."""
    return next((version for version in reversed(criteria()) if version.begins <= day), None)
