"""Domain 2.10, question 5: any school that is not LA maintained on the day is non-maintained."""

from datetime import date

import pytest

from services.billing.school_status import SchoolStatus, status_of, status_on
from services.core.events import Dated
from services.scheduling.events import SchoolChanged
from tests.billing.histories import (
    ACADEMY,
    MAINTAINED,
    academy,
    became_academy,
    history,
    maintained,
    school,
    subscribed,
)

CONVERTED = date(2022, 11, 1)


def status(day: date, *events: Dated) -> SchoolStatus | None:
    return status_on(history("scheduling.school-120777", *events), day)


def name(day: date, *events: Dated) -> str | None:
    found = status(day, *events)
    return found.name if found else None


@pytest.mark.parametrize(
    ("type_group", "school_type", "expected"),
    [
        ("Local authority maintained schools", "Community school", "maintained"),
        ("Local authority maintained schools", "Voluntary aided school", "maintained"),
        ("Local authority maintained schools", "Pupil referral unit", "maintained"),
        ("Special schools", "Community special school", "maintained"),
        ("Special schools", "Foundation special school", "maintained"),
        ("Special schools", "Non-maintained special school", "non-maintained"),
        ("Special schools", "Other independent special school", "non-maintained"),
        ("Academies", "Academy converter", "non-maintained"),
        ("Academies", "Academy special converter", "non-maintained"),
        ("Free Schools", "Free schools", "non-maintained"),
        ("Independent schools", "Other independent school", "non-maintained"),
    ],
)
def test_the_group_decides_and_among_special_schools_the_type(type_group: str, school_type: str, expected: str) -> None:
    assert status_of(type_group, school_type) == expected


def test_a_school_without_an_opening_date_has_had_its_status_since_before_records() -> None:
    assert name(date(1950, 1, 1), maintained()) == "maintained"


def test_nothing_is_known_before_a_school_opened_or_of_a_school_never_registered() -> None:
    assert name(date(2014, 8, 31), academy(opened=date(2014, 9, 1))) is None
    assert name(date(2014, 9, 1), academy(opened=date(2014, 9, 1))) == "non-maintained"
    assert name(CONVERTED) is None


def test_a_corrected_opening_date_counts_at_once() -> None:
    """Otherwise a subscription from the right day, known before the correction's own date, could never be charged."""
    earlier = SchoolChanged(ACADEMY, opened=date(2014, 8, 1)).true_from(date(2014, 10, 1))
    unknown = SchoolChanged(ACADEMY, opened=None).true_from(date(2014, 10, 1))
    assert name(date(2014, 8, 1), academy(opened=date(2014, 9, 1)), earlier) == "non-maintained"
    assert name(date(2014, 7, 31), academy(opened=date(2014, 9, 1)), earlier) is None
    assert name(date(1950, 1, 1), academy(opened=date(2014, 9, 1)), unknown) == "non-maintained"


def test_a_change_from_before_the_opening_holds_after_it() -> None:
    """A row may be corrected while the school is only proposed to open."""
    changed = SchoolChanged(
        ACADEMY, school_type="Community school", type_group="Local authority maintained schools"
    ).true_from(date(2014, 5, 1))
    assert name(date(2014, 9, 1), academy(opened=date(2014, 9, 1)), changed) == "maintained"
    assert name(date(2014, 8, 31), academy(opened=date(2014, 9, 1)), changed) is None


def test_a_change_counts_from_its_day() -> None:
    events = maintained(), became_academy(MAINTAINED, CONVERTED)
    assert name(date(2022, 10, 31), *events) == "maintained"
    assert name(CONVERTED, *events) == "non-maintained"


def test_a_back_dated_correction_takes_its_place_in_time() -> None:
    """Recorded last, true between the two others: it must not undo the conversion that is true after it."""
    correction = SchoolChanged(MAINTAINED, school_type="Foundation school").true_from(date(2015, 1, 1))
    type_too = SchoolChanged(
        MAINTAINED, school_type="Voluntary aided school", type_group="Local authority maintained schools"
    ).true_from(date(2016, 1, 1))
    events = maintained(), became_academy(MAINTAINED, CONVERTED), correction, type_too
    assert name(date(2016, 1, 1), *events) == "maintained"
    assert name(CONVERTED, *events) == "non-maintained"


def test_of_two_facts_true_from_one_day_the_later_recorded_counts() -> None:
    undone = SchoolChanged(
        MAINTAINED, school_type="Community school", type_group="Local authority maintained schools"
    ).true_from(CONVERTED)
    assert name(CONVERTED, maintained(), became_academy(MAINTAINED, CONVERTED), undone) == "maintained"


def test_the_status_names_the_event_that_made_it_so() -> None:
    renamed = SchoolChanged(MAINTAINED, name="Holt CofE Primary").true_from(date(2015, 1, 1))
    foundation = SchoolChanged(MAINTAINED, school_type="Foundation school").true_from(date(2016, 1, 1))
    events = maintained(), renamed, foundation, subscribed(MAINTAINED), became_academy(MAINTAINED, CONVERTED)
    ids = [recorded.id for recorded in history("scheduling.school-120777", *events)]
    assert status(date(2022, 9, 1), *events) == SchoolStatus("maintained", ids[0])
    assert status(CONVERTED, *events) == SchoolStatus("non-maintained", ids[4])


def test_a_special_school_changes_status_by_its_type_alone() -> None:
    special = school(MAINTAINED, "Community special school", "Special schools")
    changed = SchoolChanged(MAINTAINED, school_type="Non-maintained special school").true_from(CONVERTED)
    assert name(date(2022, 9, 1), special, changed) == "maintained"
    assert name(CONVERTED, special, changed) == "non-maintained"
