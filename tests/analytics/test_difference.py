"""What changed between two settings of the dials."""

from datetime import UTC, date, datetime

from services.analytics.events import InspectionGraded
from services.analytics.queries.difference import HistoryDifference
from services.scheduling.events import SchoolChanged, SchoolSubscribed
from tests.analytics.desk import Desk

URN = 120777
FIRST, THIRD = date(2022, 9, 1), date(2022, 9, 3)


def history(desk: Desk) -> None:
    """Registered and subscribed on the first; on the third it is told that the name was another on the first."""
    desk.register(URN)
    desk.record("any.stream", SchoolSubscribed(URN, 2022, FIRST).true_from(FIRST))
    desk.set_clock(datetime(2022, 9, 3, 9, tzinfo=UTC))
    desk.record("any.stream", SchoolChanged(URN, name="Thornage Academy").true_from(FIRST))
    desk.record("any.stream", InspectionGraded(URN, THIRD, "Good").true_from(THIRD))


def test_late_news_is_what_one_known_day_has_and_the_other_lacks(desk: Desk) -> None:
    history(desk)
    found = desk.ask(HistoryDifference(URN, FIRST, FIRST, FIRST, THIRD))
    assert (found.one.only, found.one.total) == ((), 0)
    assert [entry.says for entry in found.other.only] == ["School details changed: name is now Thornage Academy"]
    assert (found.one.picture.name, found.other.picture.name) == ("Thornage Primary School", "Thornage Academy")


def test_each_setting_may_show_what_the_other_does_not(desk: Desk) -> None:
    history(desk)
    found = desk.ask(HistoryDifference(URN, true_on=THIRD, known_on=FIRST, other_true_on=date(2022, 8, 31)))
    assert [entry.type for entry in found.one.only] == ["scheduling.SchoolSubscribed"]
    assert found.other.only == ()


def test_two_open_dials_show_the_same(desk: Desk) -> None:
    history(desk)
    found = desk.ask(HistoryDifference(URN))
    assert found.one == found.other
    assert found.one.total == 0
