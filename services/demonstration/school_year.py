"""The demonstration: all schools' year before the day, and what of the current year is over by then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from random import Random
from typing import Any

from services.demonstration import conversions
from services.demonstration.autumn import autumn
from services.demonstration.cast import Part, parts
from services.demonstration.county import EXTRAS, county
from services.demonstration.dates import SPRING, school_days, working_day
from services.demonstration.desk import INSPECTIONS, day_to_day, ofsted_call
from services.demonstration.finance import month_ends
from services.demonstration.script import Script, Step, merged
from services.demonstration.spring import spring
from services.demonstration.summer import summer
from services.sample_county.role_holders import ADVISERS
from services.scheduling.gias import SchoolRow

ORDERS = 20


def academic_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def first_year(last_day: date) -> int:
    """The year in which a demonstration that is played up to a day begins: the academic year before that day's."""
    return academic_year(last_day) - 1


def demonstration(schools: Sequence[SchoolRow], seed: int, last_day: date) -> list[Step]:
    """Every step up to the last day, in order of time. The same schools, seed and day give the same steps."""
    year = first_year(last_day)
    cast = parts([row for row in schools if row.status != "Closed"], seed)
    dice = Random(f"{seed}-county")  # noqa: S311 - chances of a play, repeatable by its seed
    held_up = _one_of_each_adviser(cast, dice, place=4)[: INSPECTIONS // 3]
    converting = [part for part in _one_of_each_adviser(cast, dice, place=13) if part.maintained][: len(conversions.AT)]
    rows = {row.urn: row for row in schools}
    scripts = [county(year)]
    for part in cast:
        whole = _year(part, year, inspected=part in held_up)
        if part in converting:
            number = converting.index(part)
            whole = conversions.under_its_new_number(whole, part, number, year)
            conversions.convert(whole, part, rows[part.urn], number, year)
            part = replace(part, urn=conversions.FIRST_URN + number, people_of=part.urn)
        scripts += [whole, autumn(part, year + 1, first_year=False)]
    others = [part for part in cast if part not in held_up and part not in converting]
    scripts += [_desk(others, year, dice), _orders(others, year, dice), month_ends(year), month_ends(year + 1)]
    return merged(scripts, last_day)


def _year(part: Part, year: int, *, inspected: bool) -> Script:
    scripts = (autumn(part, year, first_year=True), spring(part, year, inspected=inspected), summer(part, year))
    return Script([step for script in scripts for step in script.steps])


def _one_of_each_adviser(cast: list[Part], dice: Random, place: int) -> list[Part]:
    """One school of each adviser, so that no two of them want the same day again."""
    chosen = [part for part in cast if part.place == place]
    return dice.sample(chosen, min(len(chosen), ADVISERS))


def _desk(schools: list[Part], year: int, dice: Random) -> Script:
    """Calls of the year, and inspections that fall on no day of a visit."""
    script = Script()
    day_to_day(script, schools, date(year, 9, 15), 290, dice)
    day_to_day(script, schools, date(year + 1, 9, 15), 290, dice)
    for part in dice.sample(schools, min(len(schools), INSPECTIONS * 2 // 3)):
        # Late in the spring, when every visit of the term is over.
        call = school_days(year, SPRING)[dice.randrange(30, 44)]
        ofsted_call(script, part, call)
    return script


def _orders(schools: list[Part], year: int, dice: Random) -> Script:
    """Services that schools bought in addition (BR2), some of them recommended by the adviser."""
    script = Script()
    for number, part in enumerate(dice.sample(schools, min(len(schools), ORDERS))):
        service = dice.choice(sorted(EXTRAS))
        about: dict[str, Any] = {"urn": part.urn, "year": year}
        first = f"{part.urn}-{year}-1"
        purpose = {"purpose": "Support for the teaching of maths in Years 1 and 2"}
        day = working_day(date(year, 11, 10), dice.randrange(100))
        if number % 2:
            script.add(day, time(9), part.adviser, "scheduling.RecommendService", **about, service=service, **purpose)
        order = {"service": service, **purpose, **({"order": first} if number % 2 else {})}
        script.add(day, time(15), part.head, "scheduling.OrderService", **about, **order)
        delivered = working_day(day, 20)
        done = {"delivered": str(delivered), "order": first}
        script.add(delivered, time(16), part.adviser, "scheduling.DeliverService", **about, **done)
    return script
