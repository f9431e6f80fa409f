"""Inspection frameworks by date, with the headings and grades of each (domain 2.6), shipped as data.

A grade means what its own framework says: grades of two frameworks are never compared."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby

from msgspec import Struct


class Framework(Struct, frozen=True):
    """In force from `begins` until the next one; `headings` gives the grades of each heading, best first."""

    id: str
    begins: date
    headings: dict[str, tuple[str, ...]]

    @property
    def words(self) -> str:
        return f"the inspection framework of {self.begins:%B %Y}"


class NotComparable(Exception):
    """Grades of different frameworks, or under different headings, say nothing about each other."""


@cache
def frameworks() -> tuple[Framework, ...]:
    """The table as shipped, the earliest first."""
    text = (files(__package__) / "frameworks.csv").read_text("utf-8")
    by_framework = groupby(csv.DictReader(text.splitlines()), lambda row: (row["framework"], row["begins"]))
    return tuple(
        Framework(name, date.fromisoformat(begins), {row["heading"]: tuple(row["grades"].split("|")) for row in rows})
        for (name, begins), rows in by_framework
    )


def framework_on(day: date) -> Framework | None:
    """The framework in force on a day; None before the first."""
    return next((framework for framework in reversed(frameworks()) if framework.begins <= day), None)


def framework_named(name: str) -> Framework:
    """Raises LookupError where there is none."""
    found = next((framework for framework in frameworks() if framework.id == name), None)
    if found is None:
        raise LookupError(f"there is no inspection framework {name}")
    return found


class Grade(Struct, frozen=True):
    """A grade as it was given: under a heading of a framework."""

    framework: str
    heading: str
    grade: str


def steps_between(one: Grade, other: Grade) -> int:
    """By how many grades `one` is better than `other`; negative when it is worse. Raises NotComparable."""
    if (one.framework, one.heading) != (other.framework, other.heading):
        raise NotComparable(f"{one.framework}, {one.heading} and {other.framework}, {other.heading}")
    scale = framework_named(one.framework).headings[one.heading]
    return scale.index(other.grade) - scale.index(one.grade)
