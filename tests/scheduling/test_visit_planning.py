"""A visit gets its date from the school's Link Adviser's diary, in its own term, while the school is open."""

from datetime import date
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.core.schemas import Invalid
from services.scheduling.events import (
    Sitting,
    TimeReserved,
    VisitMoved,
    VisitPlanned,
    VisitReassigned,
)
from tests.platform import SCHOOL, SCHOOL_ROW, Platform
from tests.scheduling.year import (
    AUTUMN,
    OTHER,
    SPRING,
    SUMMER,
    YEAR,
    act,
    add_school,
    allocate,
    at,
    plan,
    typed,
)


def test_a_visit_is_planned_for_the_link_adviser_and_the_time_is_kept_in_the_diary(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    assert year.events(VisitPlanned) == [
        VisitPlanned(SCHOOL, YEAR, "1", "adviser", (at(AUTUMN),), "in_person", "autumn")
    ]
    assert year.events(TimeReserved) == [TimeReserved("adviser", SCHOOL, YEAR, "1", (at(AUTUMN),))]
    assert year.parked() == []


def test_the_adviser_is_the_one_allocated_on_the_day(year: Platform) -> None:
    allocate(year, SCHOOL, "adviser-2", begins=date(2012, 1, 9))
    plan(year, "1", at(AUTUMN))
    plan(year, "2", at(SPRING))
    assert [event.adviser for event in year.events(VisitPlanned)] == ["adviser", "adviser-2"]


def test_a_school_without_an_adviser_has_no_visits(year: Platform) -> None:
    year.do("scheduling.RecordSchool", **{**SCHOOL_ROW, "urn": OTHER, "establishment_number": "3001"})
    with pytest.raises(Refused, match="no Link Adviser on that day: allocate one first"):
        plan(year, "1", at(AUTUMN), urn=OTHER)


@pytest.mark.parametrize(
    ("sittings", "says"),
    [
        ([at(AUTUMN, "12:00", "09:00")], "must end after it begins"),
        ([at(AUTUMN, "09:00", "09:00")], "must end after it begins"),
        ([at(date(2012, 9, 1))], "from 1 September 2011 to 31 August 2012"),
        ([at(date(2011, 8, 31))], "from 1 September 2011 to 31 August 2012"),
        ([at(AUTUMN, "13:00", "15:00"), at(AUTUMN)], "in order of time"),
        ([at(AUTUMN), at(AUTUMN, "11:00", "15:00")], "in order of time"),
    ],
)
def test_a_time_that_is_none_is_refused(year: Platform, sittings: list[Sitting], says: str) -> None:
    with pytest.raises(Refused, match=says):
        plan(year, "1", *sittings)
    assert year.events(TimeReserved) == []


def test_a_visit_outside_its_term_needs_a_reason_and_is_marked(year: Platform) -> None:
    with pytest.raises(Refused, match="visit 2 belongs to the spring term"):
        plan(year, "2", at(SUMMER))
    plan(year, "2", at(SUMMER), because="The head was ill all spring")
    assert [(event.term, event.in_term) for event in year.events(VisitPlanned)] == [("summer", False)]


def test_a_day_in_the_holidays_is_outside_every_term(year: Platform) -> None:
    terms = [("autumn", "2011-09-05", "2011-12-16"), ("spring", "2012-01-03", "2012-03-30")]
    dated = [{"term": term, "begins": begins, "ends": ends} for term, begins, ends in terms]
    summer = {"term": "summer", "begins": "2012-04-16", "ends": "2012-07-24"}
    year.do("scheduling.SetTerms", by="officer", year=YEAR, terms=[*dated, summer])
    with pytest.raises(Refused, match="visit 1 belongs to the autumn term"):
        plan(year, "1", at(date(2011, 12, 19)))
    plan(year, "1", at(date(2011, 12, 16)))


def test_br3_the_ip_day_is_in_every_programme_and_may_be_two_half_days(year: Platform) -> None:
    for by in ("adviser", "head", "chair"):
        if by == "adviser":
            asked: dict[str, Any] = {"programme": "tailored", "visits": ["1", "3"]}
            year.do("scheduling.ProposeProgramme", by=by, urn=SCHOOL, year=YEAR, **asked)
        else:
            year.do("scheduling.AgreeProgramme", by=by, urn=SCHOOL, year=YEAR, version=1)
    plan(year, "ip", at(AUTUMN, "09:00", "11:30"), at(SPRING, "09:00", "11:30"))
    [planned] = year.events(VisitPlanned)
    assert (planned.term, planned.in_term) == ("autumn", True)
    plan(year, "1", at(date(2011, 10, 4)))
    with pytest.raises(Refused, match="Visit 2 is not in the programme that the school agreed"):
        plan(year, "2", at(SPRING, "13:00", "16:00"))


def test_what_is_planned_is_moved_not_planned_again(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    with pytest.raises(Refused, match="is planned already: move it instead"):
        plan(year, "1", at(date(2011, 10, 5)))


def test_a_move_needs_a_reason_keeps_the_adviser_and_frees_the_old_time(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    later = at(date(2011, 10, 10))
    with pytest.raises(Refused, match="Give the reason"):
        act(year, "MoveVisit", "1", by="officer", sittings=typed(later))
    act(year, "MoveVisit", "1", by="officer", because="Inset day", sittings=typed(later))
    [moved] = year.events(VisitMoved)
    assert (moved.former, moved.sittings) == ((at(AUTUMN),), (later,))
    assert year.recorded(VisitMoved)[0].metadata.reason == "Inset day"
    assert year.events(TimeReserved)[-1].sittings == (later,)
    add_school(year)
    plan(year, "1", at(AUTUMN), urn=OTHER)


def test_moving_to_the_same_time_is_nothing(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    act(year, "MoveVisit", "1", by="officer", sittings=typed(at(AUTUMN)))
    assert year.events(VisitMoved) == []


def test_an_adviser_plans_only_the_schools_they_are_allocated_to(year: Platform) -> None:
    with pytest.raises(Refused, match="Only the school's Link Adviser or the programme office"):
        plan(year, "1", at(AUTUMN), by="adviser-2")
    plan(year, "1", at(AUTUMN), by="adviser")
    with pytest.raises(Forbidden):
        plan(year, "2", at(SPRING), by="head")


def test_edge_adviser_absent_a_visit_is_reassigned_with_a_reason_and_the_new_advisers_time(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    year.do("scheduling.RecordAbsence", by="officer", person="adviser", begins="2011-10-01", ends="2011-10-14")
    with pytest.raises(Refused, match="Give the reason"):
        act(year, "ReassignVisit", "1", by="officer", adviser="adviser-2")
    act(year, "ReassignVisit", "1", by="officer", adviser="adviser-2", because="Away for a fortnight")
    assert year.events(VisitReassigned) == [VisitReassigned(SCHOOL, YEAR, "1", "adviser-2", "adviser")]
    assert year.events(TimeReserved)[-1] == TimeReserved("adviser-2", SCHOOL, YEAR, "1", (at(AUTUMN),))


def test_edge_adviser_absent_nobody_is_booked_while_away(year: Platform) -> None:
    year.do("scheduling.RecordAbsence", by="officer", person="adviser", begins="2011-10-03", ends="2011-10-14")
    with pytest.raises(Refused, match="away on 14 October 2011 and back on 15 October 2011"):
        plan(year, "1", at(date(2011, 10, 14)))
    plan(year, "1", at(date(2011, 10, 17)))


@pytest.mark.parametrize(
    ("visit", "day", "training"), [("1", AUTUMN, "data analysis"), ("4", AUTUMN, "performance management")]
)
def test_who_takes_a_visit_on_is_trained_for_it(year: Platform, visit: str, day: date, training: str) -> None:
    year.add_person("newcomer", "adviser", date(2011, 9, 1))
    plan(year, visit, at(day))
    with pytest.raises(Refused, match=f"needs training in {training}"):
        act(year, "ReassignVisit", visit, by="officer", adviser="newcomer", because="Away")


def test_a_declared_interest_blocks_and_so_does_not_being_an_adviser(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    declared: dict[str, Any] = {"interest_at": SCHOOL, "begins": "2011-09-01", "nature": "A daughter is a pupil"}
    year.do("scheduling.DeclareInterest", by="officer", person="adviser-2", **declared)
    with pytest.raises(Refused, match="declared an interest in this school"):
        act(year, "ReassignVisit", "1", by="officer", adviser="adviser-2", because="Away")
    with pytest.raises(Refused, match="not an adviser of the programme"):
        act(year, "ReassignVisit", "1", by="officer", adviser="finance", because="Away")


def test_an_adviser_who_is_booked_takes_no_other_visit_on(year: Platform) -> None:
    add_school(year, adviser="adviser-2")
    plan(year, "1", at(AUTUMN))
    plan(year, "1", at(AUTUMN, "10:00", "13:00"), urn=OTHER)
    with pytest.raises(Refused, match="already booked on 3 October 2011 from 10:00 to 13:00"):
        act(year, "ReassignVisit", "1", by="officer", adviser="adviser-2", because="Away")


def test_visits_are_those_of_the_programme(year: Platform) -> None:
    with pytest.raises(Invalid):
        plan(year, "5", at(AUTUMN))
