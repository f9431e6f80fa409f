"""A school's autumn: its adviser, its programme, visit 1 with the targets, the IP day, and visit 4."""

from datetime import date, time, timedelta
from typing import Any

from services.demonstration import texts
from services.demonstration.cast import MANAGER, OFFICER, Part
from services.demonstration.dates import AUTUMN, school_days, working_day
from services.demonstration.finance import order_number
from services.demonstration.records import write_record
from services.demonstration.script import Script

NINE, NOON, ONE, TWO = time(9), time(12), time(13), time(14)
OBJECTING = 7
"""The place in an adviser's year at which schools object more often than not."""
MORNING, AFTERNOON = (NINE, NOON), (ONE, time(16))


def sitting(day: date, starts: time, ends: time) -> dict[str, str]:
    return {"day": day.isoformat(), "starts": starts.isoformat(), "ends": ends.isoformat()}


def autumn(part: Part, year: int, *, first_year: bool) -> Script:
    script = Script()
    days = school_days(year, AUTUMN)
    first = days[4 * part.place]
    tailored = part.chance(5)
    _programme(script, part, year, first_year=first_year, tailored=tailored)
    order_number(script, part, year)
    visit_1(script, part, year, first)
    ip_day(script, part, year, days[4 * part.place + 1])
    if not tailored:
        visit_4(script, part, year, days[4 * part.place + 2])
    return script


def _programme(script: Script, part: Part, year: int, *, first_year: bool, tailored: bool) -> None:
    """The subscription, the adviser with the school's say (in the first year), and the programme agreed by three."""
    urn = {"urn": part.urn}
    script.add(date(year, 9, 1), time(8, 30), OFFICER, "scheduling.SubscribeSchool", **urn, year=year)
    if first_year:
        _allocation(script, part, year)
    visits = ["1", "2", "3"] if tailored else []
    proposed = date(year, 9, 14)
    agreement: dict[str, Any] = {**urn, "year": year}
    script.add(
        proposed,
        time(8, 40),
        part.adviser,
        "scheduling.ProposeProgramme",
        **agreement,
        programme="tailored" if tailored else "full",
        visits=visits,
    )
    for hour, person in ((9, part.head), (10, part.chair)):
        script.add(proposed, time(hour, 5), person, "scheduling.AgreeProgramme", **agreement, version=1)


def _allocation(script: Script, part: Part, year: int) -> None:
    urn = {"urn": part.urn}
    proposed = {"adviser": part.adviser, "begins": f"{year}-09-01"}
    script.add(date(year, 9, 1), time(9), MANAGER, "scheduling.ProposeAdviser", **urn, **proposed)
    urn["proposal"] = 1
    if part.place == OBJECTING and part.chance(60):
        script.add(
            date(year, 9, 3), time(11), part.head, "scheduling.ObjectToProposal", **urn, words=texts.objection(part)
        )
        because = "The head and I spoke: the school is content to begin with this adviser and look again at Easter."
        script.add(date(year, 9, 9), time(15), MANAGER, "scheduling.AllocateAdviser", because, **urn)
    elif part.chance(3):
        because = "No answer from the school in ten days."
        script.add(date(year, 9, 13), time(15), MANAGER, "scheduling.AllocateAdviser", because, **urn)
    else:
        script.add(date(year, 9, 3), time(12), part.head, "scheduling.AcceptProposal", **urn)


def plan(
    script: Script, part: Part, year: int, visit: str, planned: date, day: date, hours: tuple[tuple[time, time], ...]
) -> None:
    """The visit planned on one day for another, its agenda negotiated, its papers asked for, and all confirmed."""
    about: dict[str, Any] = {"urn": part.urn, "year": year, "visit": visit}
    adviser, head = part.adviser, part.head
    sittings = [sitting(day, *each) for each in hours]
    script.add(planned, NINE, adviser, "scheduling.PlanVisit", **about, sittings=sittings, mode="in_person")
    ready = max(planned, working_day(day, -4))
    if visit != "4":
        _agenda(script, part, about, max(planned, working_day(day, -8)))
        asked = {"titles": [texts.PAPERS[visit]], "due": str(ready)}
        script.add(planned, time(9, 20), adviser, "scheduling.RequestPapers", **about, **asked)
        late = 2 if part.chance(12) else 0
        came = min(working_day(ready, late), working_day(day, -1)) if day > ready else ready
        came = max(came, planned)
        paper_came = {"paper": "1", "received": str(came)}
        script.add(came, time(15, 30), adviser, "scheduling.ReceivePaper", **about, **paper_came)
    script.add(ready, time(16), head, "scheduling.ConfirmVisit", **about)


def _agenda(script: Script, part: Part, about: dict[str, Any], day: date) -> None:
    items = texts.agenda(about["visit"], part.dice)
    script.add(day, time(9, 30), part.adviser, "scheduling.ProposeAgenda", **about, items=items)
    if part.chance(15):
        words = "We would rather look at writing across the school than at one year group."
        again = texts.countered(items)
        script.add(day, time(11), part.head, "scheduling.CounterAgenda", **about, items=again, words=words)
        script.add(day, time(14), part.adviser, "scheduling.AgreeAgenda", **about, version=2)
    else:
        script.add(day, time(11), part.head, "scheduling.AgreeAgenda", **about, version=1)


def held(
    script: Script, part: Part, year: int, visit: str, day: date, hours: tuple[tuple[time, time], ...], at: time
) -> None:
    """The visit held as planned; in some schools another governor stood in for the chair, or none came."""
    present: list[dict[str, Any]] = [
        {"role": "headteacher", "part": "whole", "person": part.head},
    ]
    if part.chance(80):
        present.append({"role": "chair_of_governors", "part": "part", "person": part.chair})
    elif part.chance(50):
        present.append({"role": "governor", "part": "part", "stands_in_for": "chair_of_governors"})
    about: dict[str, Any] = {"urn": part.urn, "year": year, "visit": visit}
    sittings = [sitting(day, *each) for each in hours]
    script.add(
        day,
        at,
        part.adviser,
        "scheduling.HoldVisit",
        **about,
        sittings=sittings,
        mode="in_person",
        participants=present,
    )


def visit_1(script: Script, part: Part, year: int, day: date) -> None:
    """Data analysis and target setting: questions before, targets agreed on the day, sanctioned by the governors."""
    plan(script, part, year, "1", date(year, 9, 14), day, (MORNING,))
    urn, asked = {"urn": part.urn}, max(working_day(day, -2), date(year, 9, 14))
    about: dict[str, Any] = {**urn, "year": year, "visit": "1"}
    for text in texts.questions(part.dice):
        script.add(asked, time(9, 40), part.adviser, "analytics.PrepareQuestion", **about, text=text)
    script.add(asked, time(9, 50), part.adviser, "analytics.SendQuestions", **about)
    cohort = {**urn, "cohort": year + 2}
    targets = texts.targets(part)
    script.add(asked, time(15), part.head, "visits.ProposeTargets", **cohort, targets=targets, provisional=True)
    held(script, part, year, "1", day, (MORNING,), time(12, 5))
    script.add(day, time(12, 8), part.head, "visits.ProposeTargets", **cohort, targets=targets, provisional=False)
    version = {**cohort, "version": 2}
    script.add(day, time(12, 10), part.adviser, "visits.CommentTarget", **version, **texts.comment(part.dice, targets))
    for minute, person in ((20, part.head), (25, part.adviser), (40, part.chair)):
        script.add(day, time(12, minute), person, "visits.AgreeTargets", **version)
    if part.chance(93):
        meeting = working_day(day + timedelta(days=part.dice.randrange(14, 28)))
        script.add(meeting, time(19, 30), part.chair, "visits.SanctionTargets", **version, meeting=str(meeting))
    for number in (1, 2):
        answer = {"question": str(number), **texts.finding(part.dice)}
        script.add(day, time(12, 45), part.adviser, "analytics.AnswerQuestion", **about, **answer)
    for number in (1, 2):
        action = {"action": f"{year}-1-{number}", **texts.action(part.dice, year, number)}
        script.add(day, time(12, 50), part.adviser, "visits.AgreeAction", **about, **action)
    write_record(script, part, year, "1", day)


def ip_day(script: Script, part: Part, year: int, day: date) -> None:
    """The Improvement Professional day: five hours, on the agenda that school and adviser chose."""
    hours = ((NINE, NOON), (ONE, time(15)))
    plan(script, part, year, "ip", date(year, 9, 14), day, hours)
    held(script, part, year, "ip", day, hours, time(15, 10))
    write_record(script, part, year, "ip", day)


def visit_4(script: Script, part: Part, year: int, day: date) -> None:
    """Support for the head's performance management: three meetings, no record, a form left with the governors."""
    plan(script, part, year, "4", date(year, 9, 14), day, (AFTERNOON,))
    about: dict[str, Any] = {"urn": part.urn, "year": year}
    reviewers = ["reviewing_governor", "reviewing_foundation_governor"]
    meetings = [
        {"meeting": "headteacher", "starts": "13:00", "ends": "14:00", "roles": ["headteacher", "adviser"]},
        {"meeting": "governors", "starts": "14:00", "ends": "15:00", "roles": [*reviewers, "adviser"]},
        {"meeting": "together", "starts": "15:00", "ends": "16:00", "roles": ["headteacher", *reviewers, "adviser"]},
    ]
    present = [part.head, part.chair]
    visit = {"day": str(day), "meetings": meetings, "present": present}
    script.add(day, time(16, 5), part.adviser, "visits.RecordPmVisit", **about, **visit)
    script.add(day, time(16, 10), part.adviser, "visits.LeaveFeedbackForm", **about)
    if part.chance(70):
        back = working_day(day, part.dice.randrange(5, 20))
        answers = texts.satisfaction(part.dice, day)
        script.add(back, time(18), part.chair, "visits.ReturnFeedbackForm", **about, answers=answers)
