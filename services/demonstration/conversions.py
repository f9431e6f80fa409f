"""Schools that became academies during the year, of which the office heard late. The new schools' URNs are made up."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from services.core.authorisation import Role
from services.demonstration.cast import MANAGER, OFFICER, Part
from services.demonstration.script import Script
from services.scheduling.gias import SchoolRow

FIRST_URN = 990001
"""The department gives out no URN as high as this."""
AT = ((1, 1), (4, 1), (4, 1))
"""Month and day of each conversion."""
NEWS_AFTER = (21, 35, 40)
"""Days after its own day that the office heard of each."""


def heard_of(number: int, year: int) -> date:
    return date(year + 1, *AT[number]) + timedelta(days=NEWS_AFTER[number])


def under_its_new_number(script: Script, part: Part, number: int, year: int) -> Script:
    """The school's own steps: those after the news are about the academy. Papers are asked for by the school's old
    number, so none comes under the new one."""
    heard = heard_of(number, year)
    return Script(
        [
            replace(step, fields=_under(FIRST_URN + number, step.fields)) if step.day >= heard else step
            for step in script.steps
            if isinstance(step.fields, dict) and (step.day < heard or step.command != "scheduling.ReceivePaper")
        ]
    )


def _under(urn: int, fields: dict[str, Any]) -> dict[str, Any]:
    """What a step says, about the academy; an action that went on there has its first school's URN before its name."""
    named = {"action": f"{fields['urn']}-{fields['action']}"} if "action" in fields else {}
    return {**fields, **named, "urn": urn}


def convert(script: Script, part: Part, row: SchoolRow, number: int, year: int) -> None:
    """One maintained school becomes an academy under a new URN; head and chair go on."""
    on, heard, new = date(year + 1, *AT[number]), heard_of(number, year), FIRST_URN + number
    known: dict[str, Any] = {
        "name": f"{row.name} Academy",
        "la_code": row.la_code,
        "establishment_number": str(2900 + number),
        "phase": row.phase,
        "town": row.town,
        "postcode": row.postcode,
        "low_age": row.low_age,
        "high_age": row.high_age,
    }
    academy = {
        "urn": new,
        "school_type": "Academy converter",
        "type_group": "Academies",
        "status": "Open",
        "effective_on": str(on),
        "opened": str(on),
    }
    script.add(heard, time(9), OFFICER, "scheduling.RecordSchool", **known, **academy)
    link = {"predecessor": part.urn, "successor": new, "link_type": "Successor", "established": str(on)}
    script.add(heard, time(9, 5), OFFICER, "scheduling.LinkSchools", **link)
    closed = {
        "urn": part.urn,
        "name": row.name,
        "la_code": row.la_code,
        "establishment_number": row.establishment_number,
        "school_type": row.type_name,
        "type_group": row.type_group,
        "phase": row.phase,
        "status": "Closed",
        "closed": str(on),
        "effective_on": str(on),
    }
    script.add(heard, time(9, 10), OFFICER, "scheduling.RecordSchool", **closed)
    for person, role in ((part.head, Role.HEADTEACHER), (part.chair, Role.CHAIR)):
        tenure = {"person": person, "role": role.value, "urn": new, "begins": str(on)}
        script.add(heard, time(9, 20), MANAGER, "scheduling.BeginTenure", **tenure)
        ended = {"person": person, "role": role.value, "urn": part.urn, "ends": str(heard)}
        script.add(heard, time(9, 30), MANAGER, "scheduling.EndTenure", **ended)
