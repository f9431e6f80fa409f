"""What targets are set for: the measures by cohort and by kind of school (TR1, TR6), shipped as data."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from msgspec import UNSET, Struct

from services.core.envelope import RecordedEvent
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.visits.advisers import readable

SchoolKind = Literal["key-stage-2", "infant", "special"]
TAUGHT: dict[SchoolKind, frozenset[str]] = {
    "key-stage-2": frozenset({"every", "key-stage-2"}),
    "infant": frozenset({"every", "infant"}),
    "special": frozenset({"every", "key-stage-2", "infant", "special"}),
}
"""Which rows of the table are for which kind of school."""

ABSENCE = "ABSENCE"
OTHER = "OTHER"
END_OF_KEY_STAGE_2 = 11


class Measure(Struct, frozen=True):
    """`kind` is share (of pupils), absence (held as absence, shown as attendance) or other (a school's own words)."""

    code: str
    label: str
    kind: str


@cache
def _table() -> tuple[dict[str, str], ...]:
    text = (files(__package__) / "measures.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def measures_for(cohort: int, kind: SchoolKind) -> dict[str, Measure]:
    """The measures by code that a school of this kind sets targets for, for the tests of that summer."""
    return {
        row["code"]: Measure(row["code"], row["label"], row["kind"])
        for row in _table()
        if row["schools"] in TAUGHT[kind] and int(row["first_cohort"]) <= cohort <= int(row["last_cohort"] or 9999)
    }


def measure_named(code: str, cohort: int, kind: SchoolKind) -> Measure | None:
    """A measure by its code, or one in a school's own words, such as `OTHER: P scales in reading` (TR6)."""
    name, _, words = code.partition(": ")
    measure = measures_for(cohort, kind).get(name)
    if measure is None or (name == OTHER) != bool(words.strip()):
        return None
    return Measure(code, words.strip(), measure.kind) if words else measure


def label_of(code: str) -> str:
    """What a measure is called, of whatever cohort and school."""
    name, _, words = code.partition(": ")
    return words or next((row["label"] for row in _table() if row["code"] == name), code)


def kind_of(school: Sequence[RecordedEvent]) -> SchoolKind:
    """The kind of a school by what its own stream says. Raises Damaged when an event can't be read."""
    school_type, high_age = "", None
    for recorded in readable(school):
        match recorded.data:
            case SchoolRegistered() | SchoolChanged() as row:
                school_type = school_type if row.school_type is UNSET else row.school_type
                high_age = high_age if row.high_age is UNSET else row.high_age
    return kind_by(school_type, high_age)


def kind_by(school_type: str, high_age: int | None) -> SchoolKind:
    if "special" in school_type.casefold():
        return "special"
    return "infant" if high_age is not None and high_age < END_OF_KEY_STAGE_2 else "key-stage-2"
