"""Agreed grades against the next inspection, within one framework."""

from datetime import date

from services.analytics.events import InspectionGraded
from services.analytics.frameworks import OVERALL
from services.analytics.queries.calibration import ACROSS, Calibration, GradeCalibration, GradePair, NotCompared
from services.core.events import Event
from services.visits.events import GradeAgreed, GradeDisputed, GradeModerated
from tests.analytics.desk import Desk

URN = 120777


def agree(desk: Desk, day: date, grade: str, framework: str, urn: int = URN, heading: str = OVERALL) -> None:
    event = GradeAgreed(urn, day.year, "2", framework, heading, grade)
    desk.record("any.stream", event.true_from(day))


def inspect(desk: Desk, day: date, grade: str, urn: int = URN) -> None:
    desk.record("any.stream", InspectionGraded(urn, day, grade).true_from(day))


def calibration(desk: Desk) -> Calibration:
    found = desk.ask(GradeCalibration())
    assert isinstance(found, Calibration)
    return found


def test_an_agreed_grade_is_set_against_the_next_inspection(desk: Desk) -> None:
    for urn, agreed, inspected in ((1, "Good", "Good"), (2, "Good", "Requires Improvement"), (3, "Inadequate", "Good")):
        agree(desk, date(2013, 2, 1), agreed, "2012-09", urn)
        inspect(desk, date(2013, 6, 1), inspected, urn)
        inspect(desk, date(2014, 6, 1), "Outstanding", urn)
    (framework,) = calibration(desk).frameworks
    assert (framework.framework, framework.heading) == ("framework of September 2012", OVERALL)
    assert (framework.compared, framework.same, framework.higher, framework.lower) == (3, 1, 1, 1)
    assert framework.pairs == (
        GradePair("Good", "Good", 1),
        GradePair("Good", "Requires Improvement", 1),
        GradePair("Inadequate", "Good", 1),
    )


def test_gr1_grades_of_two_frameworks_are_never_compared(desk: Desk) -> None:
    agree(desk, date(2012, 6, 1), "Good", "2012-01")
    inspect(desk, date(2012, 10, 1), "Good")
    found = calibration(desk)
    assert found.frameworks == ()
    assert found.not_compared == (NotCompared("2012-01", "2012-09", 1, ACROSS),)


def test_gr1_the_local_grades_of_autumn_2011_are_not_those_of_the_framework_then_in_force(desk: Desk) -> None:
    agree(desk, date(2011, 10, 1), "Good", "2011-09")
    inspect(desk, date(2011, 11, 1), "Good")
    assert calibration(desk).not_compared == (NotCompared("2011-09", "2009-09", 1, ACROSS),)


def test_only_the_overall_grade_counts(desk: Desk) -> None:
    agree(desk, date(2013, 2, 1), "Good", "2012-09", heading="Achievement")
    inspect(desk, date(2013, 6, 1), "Good")
    assert calibration(desk) == Calibration((), (), 0)


def test_of_several_agreed_grades_the_last_before_the_inspection_counts(desk: Desk) -> None:
    agree(desk, date(2013, 2, 1), "Inadequate", "2012-09")
    agree(desk, date(2014, 2, 1), "Good", "2012-09")
    inspect(desk, date(2014, 6, 1), "Good")
    agree(desk, date(2015, 2, 1), "Good", "2012-09")
    found = calibration(desk)
    assert [each.pairs for each in found.frameworks] == [(GradePair("Good", "Good", 1),)]
    assert found.waiting == 1


def test_an_inspection_on_the_day_or_before_is_not_the_next(desk: Desk) -> None:
    agree(desk, date(2013, 2, 1), "Good", "2012-09")
    inspect(desk, date(2013, 2, 1), "Good")
    assert calibration(desk).waiting == 1


def test_gr1_while_they_do_not_agree_there_is_no_agreed_grade_until_moderation_finds_one(desk: Desk) -> None:
    agree(desk, date(2013, 2, 1), "Good", "2012-09")
    dispute: Event = GradeDisputed(URN, 2013, "2", "2012-09", OVERALL, "Good", "Inadequate", "We", "I")
    desk.record("any.stream", dispute)
    assert calibration(desk).waiting == 0
    desk.record("any.stream", GradeModerated(URN, 2013, "2", "2012-09", OVERALL, None, "No common ground"))
    assert calibration(desk).waiting == 0
    desk.record("any.stream", GradeModerated(URN, 2013, "2", "2012-09", OVERALL, "Good", "After a second look"))
    assert calibration(desk).waiting == 1
