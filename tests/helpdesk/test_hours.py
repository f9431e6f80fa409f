"""Setting hours, closing days and targets, each from a day on."""

from datetime import date, time
from typing import Any

import pytest
from msgspec.structs import replace

from services.core.testing import given
from services.helpdesk.events import DayHours, HolidaySet, HolidayWithdrawn, HoursSet, ResponseTargetSet
from services.helpdesk.hours import OpenDay, SetHoliday, SetHours, SetResponseTarget, WithdrawHoliday, hours

DAY = date(2012, 9, 3)
HOLIDAY = HolidaySet(date(2012, 12, 26), "Boxing Day")
SET = SetHours(DAY, (OpenDay(5, time(9), time(17)), OpenDay(1, time(8), time(0))), "01603 307797", "07876 137828")
WAS_SET = HoursSet(DAY, (DayHours(1, time(8), time(0)), DayHours(5, time(9), time(17))), "01603 307797", "07876 137828")


def test_hr1_new_hours_are_true_from_their_first_day() -> None:
    given().when(SET, hours).then(WAS_SET.true_from(DAY))


def test_the_same_hours_again_are_nothing_new() -> None:
    given(WAS_SET).when(SET, hours).then()


def test_hr1_the_shipped_hours_need_not_be_set() -> None:
    week = tuple(OpenDay(weekday, time(8), time(17) if weekday == 5 else time(17, 30)) for weekday in range(1, 6))
    shipped = SetHours(date(2011, 9, 5), week, "01603 307797", "07876 137828")
    given().when(shipped, hours).then()


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"begins": date(2011, 9, 4)}, "has operated since 5 September 2011", "begins"),
        ({"week": (OpenDay(1, time(8), time(9)), OpenDay(1, time(10), time(11)))}, "each weekday once", "week"),
        ({"week": (OpenDay(2, time(9), time(9)),)}, "On Tuesday the line would close before it opens", "week"),
    ],
)
def test_hours_that_cannot_be_are_refused(change: dict[str, Any], reason: str, field: str) -> None:
    given().when(replace(SET, **change), hours).refused(reason, field)


def test_a_closing_day_is_set_once_and_may_be_withdrawn() -> None:
    command = SetHoliday(HOLIDAY.day, HOLIDAY.name)
    given().when(command, hours).then(HOLIDAY.true_from(HOLIDAY.day))
    given(HOLIDAY).when(command, hours).then()
    withdrawn = HolidayWithdrawn(HOLIDAY.day)
    given(HOLIDAY).when(WithdrawHoliday(HOLIDAY.day), hours).then(withdrawn.true_from(HOLIDAY.day))
    given().when(WithdrawHoliday(HOLIDAY.day), hours).refused("is not a day on which the help-line is closed", "day")


def test_there_is_no_target_until_one_is_set() -> None:
    given().when(SetResponseTarget("day_to_day", DAY), hours).then()
    hour = ResponseTargetSet("day_to_day", 60, DAY)
    given().when(SetResponseTarget("day_to_day", DAY, 60), hours).then(hour.true_from(DAY))
    given(hour).when(SetResponseTarget("day_to_day", DAY, 60), hours).then()
    none = ResponseTargetSet("day_to_day", None, DAY)
    given(hour).when(SetResponseTarget("day_to_day", DAY), hours).then(none.true_from(DAY))
