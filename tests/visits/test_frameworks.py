"""Which headings and grades count on a day (domain 2.6), and what is never compared."""

from datetime import date

import pytest

from services.visits.frameworks import Grade, NotComparable, framework_named, framework_on, frameworks, steps_between


@pytest.mark.parametrize(
    ("day", "framework", "heading", "grades"),
    [
        (date(2011, 12, 31), "2011-09", "Achievement", ("Outstanding", "Good", "Satisfactory", "Inadequate")),
        (date(2012, 1, 1), "2012-01", "Behaviour and safety", ("Outstanding", "Good", "Satisfactory", "Inadequate")),
        (date(2012, 9, 1), "2012-09", "Achievement", ("Outstanding", "Good", "Requires Improvement", "Inadequate")),
        (
            date(2022, 10, 1),
            "2019-09",
            "Quality of education",
            ("Outstanding", "Good", "Requires Improvement", "Inadequate"),
        ),
        (date(2026, 1, 1), "2025-11", "Safeguarding", ("Met", "Not met")),
    ],
)
def test_each_day_has_its_framework(day: date, framework: str, heading: str, grades: tuple[str, ...]) -> None:
    found = framework_on(day)
    assert found is not None
    assert (found.id, found.headings[heading]) == (framework, grades)


def test_before_the_first_there_is_none() -> None:
    assert framework_on(date(2005, 8, 31)) is None


def test_since_september_2024_nothing_is_graded_overall() -> None:
    assert ["Overall effectiveness" in each.headings for each in frameworks()] == [True] * 7 + [False] * 2


def test_frameworks_follow_each_other() -> None:
    begins = [each.begins for each in frameworks()]
    assert begins == sorted(set(begins))
    assert [framework_named(each.id) for each in frameworks()] == list(frameworks())
    with pytest.raises(LookupError, match="1999-01"):
        framework_named("1999-01")


def test_grades_of_one_heading_are_compared() -> None:
    good, poor = (Grade("2019-09", "Quality of education", grade) for grade in ("Good", "Inadequate"))
    assert [steps_between(good, poor), steps_between(poor, good), steps_between(good, good)] == [2, -2, 0]


@pytest.mark.parametrize(
    "other",
    [
        Grade("2012-01", "Achievement", "Good"),
        Grade("2025-11", "Achievement", "Expected standard"),
        Grade("2012-09", "Quality of teaching", "Good"),
    ],
)
def test_gr1_grades_are_never_compared_across_frameworks_or_headings(other: Grade) -> None:
    with pytest.raises(NotComparable):
        steps_between(Grade("2012-09", "Achievement", "Good"), other)
