"""A school's summer: visit 3, what became of its actions, and the annual report to governors."""

from datetime import date, time
from typing import Any

from services.demonstration import texts
from services.demonstration.autumn import MORNING, held, plan
from services.demonstration.cast import Part
from services.demonstration.dates import SUMMER, school_days, working_day
from services.demonstration.records import write_record
from services.demonstration.script import Script


def summer(part: Part, year: int) -> Script:
    script = Script()
    day = school_days(year, SUMMER)[2 * part.place]
    plan(script, part, year, "3", date(year + 1, 3, 25), day, (MORNING,))
    held(script, part, year, "3", day, (MORNING,), time(12, 5))
    write_record(script, part, year, "3", day)
    _close_actions(script, part, year, day)
    write_record(script, part, year, "annual-report", working_day(day, 5))
    return script


def _close_actions(script: Script, part: Part, year: int, day: date) -> None:
    about: dict[str, Any] = {"urn": part.urn, "year": year, "visit": "3"}
    for number in (1, 2):
        if part.chance(75):
            closed = {"action": f"{year}-1-{number}", "outcome": "achieved", "evidence": texts.impact(part.dice)}
            script.add(day, time(12, 50), part.adviser, "visits.CloseAction", **about, **closed)
