"""The rules of recording inspection grades: each in the words of its framework."""

from datetime import date

import pytest

from services.analytics.events import InspectionGraded
from services.analytics.inspections import DECIDER, RecordInspection
from services.core.testing import given

URN = 120777


def record(inspected: date, grade: str) -> RecordInspection:
    return RecordInspection(URN, inspected, grade)


@pytest.mark.parametrize(
    ("inspected", "grade"),
    [
        (date(2005, 9, 19), "Good"),
        (date(2012, 8, 31), "Satisfactory"),
        (date(2012, 9, 1), "Requires Improvement"),
        (date(2020, 2, 26), "Outstanding"),
        (date(2024, 8, 31), "Inadequate"),
    ],
)
def test_a_grade_of_its_framework_is_true_from_the_inspection(inspected: date, grade: str) -> None:
    expected = InspectionGraded(URN, inspected, grade).true_from(inspected)
    given().knowing(True).at(date(2026, 1, 1)).when(record(inspected, grade), DECIDER).then(expected)


@pytest.mark.parametrize(
    ("inspected", "grade", "field", "reason"),
    [
        (date(2012, 9, 1), "Satisfactory", "grade", "one of Outstanding, Good, Requires Improvement, Inadequate"),
        (date(2012, 8, 31), "Requires Improvement", "grade", "one of Outstanding, Good, Satisfactory, Inadequate"),
        (date(2024, 9, 1), "Good", "inspected", "no overall grade since September 2024"),
        (date(2005, 8, 31), "Good", "inspected", "before 1 September 2005"),
        (date(2026, 1, 2), "Good", "inspected", "in the future"),
    ],
)
def test_a_grade_that_its_day_did_not_have_is_refused(inspected: date, grade: str, field: str, reason: str) -> None:
    given().knowing(True).at(date(2026, 1, 1)).when(record(inspected, grade), DECIDER).refused(reason, field)


def test_the_same_inspection_again_records_nothing() -> None:
    history = given(InspectionGraded(URN, date(2015, 6, 17), "Good")).knowing(True)
    history.when(record(date(2015, 6, 17), "good"), DECIDER).then()


def test_another_grade_for_the_day_corrects_it() -> None:
    day = date(2015, 6, 17)
    history = given(InspectionGraded(URN, day, "Good")).knowing(True)
    history.when(record(day, "Outstanding"), DECIDER).then(InspectionGraded(URN, day, "Outstanding").true_from(day))


def test_a_school_that_scheduling_does_not_know_is_refused() -> None:
    given().knowing(False).when(record(date(2015, 6, 17), "Good"), DECIDER).refused("no school with URN", "urn")
