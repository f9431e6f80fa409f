"""A school's spring: the self-evaluation form, visit 2 and the grades, and for some schools a concern."""

from datetime import date, time, timedelta
from typing import Any

from services.demonstration import texts
from services.demonstration.autumn import MORNING, held, plan
from services.demonstration.cast import MANAGER, TEAM, Part
from services.demonstration.dates import SPRING, school_days, working_day
from services.demonstration.desk import ofsted_call
from services.demonstration.records import write_record
from services.demonstration.script import Script


def spring(part: Part, year: int, *, inspected: bool) -> Script:
    """If `inspected`, Ofsted comes on the day of visit 2, which is planned again once the inspectors have gone."""
    script = Script()
    days = school_days(year, SPRING)
    held_on = planned_for = days[2 * part.place]
    plan(script, part, year, "2", date(year, 12, 10), planned_for, (MORNING,))
    if inspected:
        held_on = days[2 * part.place + 11]
        ofsted_call(script, part, working_day(planned_for, -1))
        about: dict[str, Any] = {"urn": part.urn, "year": year, "visit": "2"}
        again = working_day(planned_for, 5)
        script.add(again, time(9), part.adviser, "scheduling.PlanVisit", **about, **texts.half_day(held_on))
        script.add(again, time(11), part.head, "scheduling.ConfirmVisit", **about)
    _sef(script, part, year, planned_for, held_on)
    held(script, part, year, "2", held_on, (MORNING,), time(12, 5))
    _grades(script, part, year, held_on)
    _review_actions(script, part, year, held_on)
    write_record(script, part, year, "2", held_on)
    if part.chance(8):
        _concern(script, part, year, held_on)
    return script


def _sef(script: Script, part: Part, year: int, visit: date, held_on: date) -> None:
    """On time for most; late for some."""
    about: dict[str, Any] = {"urn": part.urn, "year": year}
    due = visit - timedelta(days=14)
    came = due + timedelta(days=part.dice.randrange(1, 8)) if part.chance(14) else due - timedelta(days=2)
    came = max(came, date(year, 12, 11))
    script.add(came, time(10, 30), part.head, "visits.ReceiveSef", **about, received=str(came))
    for heading, grade in texts.own_grades(part, held_on):
        fields = {"occasion": "2", "heading": heading, "grade": grade, "evidence": texts.evidence(part.dice)}
        script.add(came, time(10, 45), part.head, "visits.GradeOwn", **about, **fields)


def _grades(script: Script, part: Part, year: int, visit: date) -> None:
    about: dict[str, Any] = {"urn": part.urn, "year": year, "occasion": "2"}
    for heading, grade in texts.own_grades(part, visit):
        if part.chance(5):
            disputed = {
                "heading": heading,
                "adviser_grade": texts.lower(heading, grade, visit),
                **texts.dispute(heading),
            }
            script.add(visit, time(12, 30), part.adviser, "visits.DisputeGrade", **about, **disputed)
        else:
            agreed = {"heading": heading, "grade": grade}
            script.add(visit, time(12, 30), part.adviser, "visits.AgreeGrade", **about, **agreed)


def _review_actions(script: Script, part: Part, year: int, day: date) -> None:
    for number in (1, 2):
        reviewed = {"action": f"{year}-1-{number}", **texts.review(part.dice)}
        about: dict[str, Any] = {"urn": part.urn, "year": year, "visit": "2"}
        script.add(day, time(12, 50), part.adviser, "visits.ReviewAction", **about, **reviewed)


def _concern(script: Script, part: Part, year: int, day: date) -> None:
    """Observed at the visit, told to head and chair, the team alerted; most of it the right way round."""
    about: dict[str, Any] = {"urn": part.urn, "concern": f"c-{part.urn}-{year}"}
    adviser = part.adviser
    observed = {"observed": str(day), **texts.concern(part.dice)}
    script.add(day, time(13), adviser, "visits.ObserveConcern", **about, **observed)
    told = working_day(day, 2 if part.chance(20) else 0)
    alerted = working_day(day, 1)
    telling = {
        "told": ("headteacher", "chair_of_governors"),
        "told_at": f"{told.isoformat()}T14:30:00+00:00",
        "how": "in_person",
    }
    script.add(told, time(15, 45), adviser, "visits.TellSchool", **about, **telling)
    script.add(alerted, time(9), adviser, "visits.AlertTeam", **about)
    script.add(working_day(alerted, 1), time(10), TEAM, "visits.AcknowledgeAlert", **about)
    decided = working_day(alerted, 6)
    review = working_day(decided, 30)
    deciding = {
        "decision": "A support board of governors and adviser, monthly until the summer.",
        "requested_by": "governing_body",
        "next_review": str(review),
    }
    script.add(decided, time(11), TEAM, "visits.DecideAlert", **about, **deciding)
    rated = {
        "rating": "red-amber",
        "direction": "unchanged",
        "rationale": "Progress in maths has been low for two years; the plan for it is new.",
        "criteria": 1,
        "next_review": str(review),
    }
    script.add(decided, time(11, 30), MANAGER, "visits.RateRisk", urn=part.urn, **rated)
    if part.chance(70):
        findings = {"findings": "The board meets and the plan is kept.", "next_review": str(working_day(review, 40))}
        script.add(review, time(11), TEAM, "visits.ReviewAlert", **about, **findings)
    if part.chance(40):
        outcome = "Teaching of maths is secure across the school."
        script.add(working_day(review, 35), time(11), TEAM, "visits.CloseConcern", **about, outcome=outcome)
