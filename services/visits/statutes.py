"""Under which law targets were statutory, by cohort and by date (TR3): a dated table, not code."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from msgspec import Struct


class Statute(Struct, frozen=True):
    """A law under which the targets of a cohort were statutory from `begins` until the day before `until`."""

    cohort: int
    begins: date
    until: date
    law: str


@cache
def statutes() -> tuple[Statute, ...]:
    """The table as shipped."""
    text = (files(__package__) / "statutes.csv").read_text("utf-8")
    return tuple(
        Statute(int(row["cohort"]), date.fromisoformat(row["from"]), date.fromisoformat(row["until"]), row["law"])
        for row in csv.DictReader(text.splitlines())
    )


def statute_for(cohort: int, day: date) -> str | None:
    """The law that made targets of this cohort statutory on that day; None when none was in force."""
    return next((s.law for s in statutes() if s.cohort == cohort and s.begins <= day < s.until), None)
