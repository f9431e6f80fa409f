"""HR1 through the doors: open or closed now, and which number works now; for everybody."""

from datetime import date, time
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from tests.platform import PEOPLE, SCHOOL, Platform

WEEK = [{"weekday": 1, "opens": "09:00", "closes": "12:00"}]


def now(platform: Platform, at: str, by: str = "head") -> Any:
    return platform.ask("helpdesk.HelplineNow", by=by, at=at, urn=SCHOOL)


def test_hr1_everybody_sees_the_number_that_works_now(platform: Platform) -> None:
    for person in PEOPLE:
        line = now(platform, "2012-03-08T09:00:00Z", person)
        assert (line.open, line.works_now) == (True, "01603 307797")
        assert line.closes_at.isoformat() == "2012-03-08T17:30:00+00:00"
        evening = now(platform, "2012-03-09T17:00:00Z", person)
        assert (evening.open, evening.works_now, evening.closes_at) == (False, "07876 137828", None)
        assert evening.opens_next.isoformat() == "2012-03-12T08:00:00+00:00"
        assert {evening.number, evening.out_of_hours_number} == {"01603 307797", "07876 137828"}


def test_hr1_no_number_works_before_5_september_2011(platform: Platform) -> None:
    line = now(platform, "2011-09-02T09:00:00Z")
    assert (line.open, line.works_now, line.number, line.week) == (False, None, None, ())
    assert line.opens_next.isoformat() == "2011-09-05T07:00:00+00:00"


def test_hr1_hours_set_for_later_leave_today_as_it_is(platform: Platform) -> None:
    hours: dict[str, Any] = {"week": WEEK, "number": "01603 111111", "out_of_hours_number": "07000 000000"}
    platform.do("helpdesk.SetHours", by="duty-manager", begins="2012-09-03", **hours)
    assert now(platform, "2012-08-31T08:00:00Z").works_now == "01603 307797"
    later = now(platform, "2012-09-04T08:00:00Z")
    assert (later.open, later.works_now, later.begins) == (False, "07000 000000", date(2012, 9, 3))
    settings = platform.ask("helpdesk.HoursInForce", by="chair", urn=SCHOOL)
    assert [each.begins for each in settings.hours] == [date(2012, 9, 3), date(2011, 9, 5)]


def test_a_holiday_is_named_and_may_be_withdrawn(platform: Platform) -> None:
    platform.do("helpdesk.SetHoliday", by="manager", day="2012-04-06", name="Good Friday")
    assert now(platform, "2012-04-06T09:00:00Z").holiday == "Good Friday"
    assert platform.ask("helpdesk.HoursInForce", by="head", urn=SCHOOL).holidays == ((date(2012, 4, 6), "Good Friday"),)
    platform.on(date(2012, 4, 1), time(9)).do("helpdesk.WithdrawHoliday", by="manager", day="2012-04-06")
    line = now(platform, "2012-04-06T09:00:00Z")
    assert (line.open, line.holiday) == (True, None)


def test_only_two_roles_set_the_hours(platform: Platform) -> None:
    for person in set(PEOPLE) - {"duty-manager", "manager"}:
        with pytest.raises(Forbidden):
            platform.do("helpdesk.SetHoliday", by=person, day="2012-04-06", name="Good Friday")
