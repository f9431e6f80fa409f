"""The help-line's year: two dozen calls about Ofsted and, in between, what comes up from day to day."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from services.core.times import LONDON
from services.demonstration.cast import DUTY, DUTY_MANAGER, Part
from services.demonstration.dates import working_day
from services.demonstration.script import Script

INSPECTIONS, DAY_TO_DAY = 24, 120
_MATTERS = (
    "How to record a part-time timetable for a pupil",
    "A parent has complained to the governors about homework",
    "Whether a building closure counts as a session lost",
    "The chair of governors is leaving before the end of term",
)
_OUTCOMES = ("Expected standard in all areas", "Strong standard in four areas", "Needs attention in achievement")
_ADVICE = "Talked through what the guidance asks, and who at County Hall to write to."


def day_to_day(script: Script, parts: list[Part], first: date, days: int, dice: Random) -> None:
    """Ordinary calls spread over the days, some of them in the evening."""
    for number in range(DAY_TO_DAY):
        part = dice.choice(parts)
        day = working_day(first + timedelta(days=dice.randrange(days)))
        at = time(19, 5) if dice.random() < 0.08 else time(9 + dice.randrange(7), dice.randrange(0, 60, 5))
        call = f"d{first.year}-{number:03d}"
        received = {
            "call": call,
            "urn": part.urn,
            "received_at": _instant(day, at),
            "channel": "phone",
            "category": "day_to_day",
            "urgency": "routine",
            "caller": "The school office",
            "caller_role": dice.choice(("headteacher", "school_office")),
            "summary": dice.choice(_MATTERS),
        }
        script.add(day, _later(at, 2), DUTY, "helpdesk.ReceiveCall", **received)
        contacted = {
            "call": call,
            "manager": DUTY_MANAGER,
            "contacted_at": _instant(day, _later(at, 4)),
        }
        script.add(day, _later(at, 5), DUTY, "helpdesk.ContactManager", **contacted)
        about: dict[str, Any] = {"call": call}
        next_day = working_day(day, 1) if at > time(17) else day
        confirmed = working_day(day, 1) if dice.random() < 0.1 else day
        confirmed_at = time(8, 20) if confirmed > day else _later(at, 9)
        script.add(confirmed, confirmed_at, DUTY_MANAGER, "helpdesk.AcknowledgeContact", **about)
        answered = time(8, 30) if at > time(17) else _later(at, 40)
        answer = {"answered_at": _instant(next_day, answered), "advice": _ADVICE}
        script.add(next_day, _later(answered, 1), DUTY_MANAGER, "helpdesk.AnswerCall", **about, **answer)
        if dice.random() < 0.97:
            script.add(next_day, _later(answered, 2), DUTY_MANAGER, "helpdesk.ResolveCall", **about)


def ofsted_call(script: Script, part: Part, day: date) -> None:
    """A call at half past twelve about an inspection on the next two working days, and what came of it."""
    begins, ends = working_day(day, 1), working_day(day, 2)
    call = f"o{part.urn}-{day:%Y%m%d}"
    about: dict[str, Any] = {"call": call}
    received = {
        "urn": part.urn,
        "received_at": _instant(day, time(12, 30)),
        "kind": "inspection",
        "told_at": _instant(day, time(12, 5)),
        "begins": str(begins),
        "ends": str(ends),
        "caller": "The headteacher",
        "caller_role": "headteacher",
        "invites_authority": True,
    }
    script.add(day, time(12, 33), DUTY, "helpdesk.ReceiveOfstedCall", **about, **received)
    contacted = {"manager": DUTY_MANAGER, "contacted_at": _instant(day, time(12, 34))}
    script.add(day, time(12, 34), DUTY, "helpdesk.ContactManager", **about, **contacted)
    script.add(day, time(12, 41), DUTY_MANAGER, "helpdesk.AcknowledgeContact", **about)
    answer = {"answered_at": _instant(day, time(12, 50)), "advice": "Went through what the inspector's call asked."}
    script.add(day, time(12, 55), DUTY_MANAGER, "helpdesk.AnswerCall", **about, **answer)
    script.add(ends, time(17, 10), DUTY_MANAGER, "helpdesk.ResolveCall", **about)
    script.add(day, time(14), DUTY_MANAGER, "helpdesk.ArrangeFeedback", **about, feedback_at=_instant(ends, time(16)))
    script.add(
        working_day(ends, 25),
        time(10),
        DUTY_MANAGER,
        "helpdesk.RecordInspectionOutcome",
        **about,
        outcome=part.dice.choice(_OUTCOMES),
    )


def _instant(day: date, at: time) -> str:
    return datetime.combine(day, at, LONDON).isoformat()


def _later(at: time, minutes: int) -> time:
    return (datetime.combine(date.min, at) + timedelta(minutes=minutes)).time()
