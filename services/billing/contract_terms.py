"""The terms of contracts as dated data (BR7): when a contract year begins, and what is due of it by who stops or joins
late."""

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from msgspec import Struct


class Terms(Struct, frozen=True):
    """Terms for schools of a status from `begins` on. `contract_begins` is the month (1 to 12) in which each contract
    year begins; `notice_months` is how long before its end notice is given; `full_year_due` says that a year once
    begun is due in full."""

    begins: date
    school_status: str
    contract_begins: int
    notice_months: int
    full_year_due: bool


@cache
def all_terms() -> tuple[Terms, ...]:
    """The terms that are shipped, in the order of the file."""
    text = (files(__package__) / "terms.csv").read_text("utf-8")
    return tuple(
        Terms(
            date.fromisoformat(row["begins"]),
            row["school_status"],
            int(row["contract_begins"]),
            int(row["notice_months"]),
            row["full_year_due"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )


def terms_on(day: date, school_status: str, terms: Sequence[Terms]) -> Terms | None:
    """The terms that began last, on or before the day; None when none had begun."""
    begun = [each for each in terms if each.school_status == school_status and each.begins <= day]
    return max(begun, key=lambda each: each.begins, default=None)


def contract_year(terms: Terms, day: date) -> tuple[date, date]:
    """First and last day of the contract year in which a day lies."""
    begins = date(day.year if day.month >= terms.contract_begins else day.year - 1, terms.contract_begins, 1)
    return begins, begins.replace(year=begins.year + 1) - date.resolution
