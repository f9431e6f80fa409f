"""The hours that the help-line began with on 5 September 2011 (seed S2): shipped as data, without any command."""

import csv
from datetime import date, time
from functools import cache
from importlib.resources import files
from itertools import groupby

from services.helpdesk.calendar import Calendar
from services.helpdesk.events import DayHours, HoursSet


@cache
def shipped_calendar() -> Calendar:
    """The calendar before anybody set anything."""
    text = (files(__package__) / "hours.csv").read_text("utf-8")
    rows = groupby(
        csv.DictReader(text.splitlines()), lambda row: (row["begins"], row["number"], row["out_of_hours_number"])
    )
    return Calendar(
        tuple(
            HoursSet(
                begins=date.fromisoformat(begins),
                week=tuple(
                    DayHours(int(row["weekday"]), time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"]))
                    for row in days
                ),
                number=number,
                out_of_hours_number=out_of_hours_number,
            )
            for (begins, number, out_of_hours_number), days in rows
        )
    )
