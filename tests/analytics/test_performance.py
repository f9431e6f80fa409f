"""How the programme runs at a school and in the county: counts of what was to be done by a day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from services.analytics.queries.performance import (
    Calls,
    CountyPerformance,
    PerformanceOfSchool,
    SchoolPerformance,
    VisitRun,
)
from services.core.events import Event
from services.helpdesk.events import CallAnswered, CallReceived
from services.scheduling.events import Sitting, TermDates, TermsSet, VisitCancelled, VisitHeld, VisitMoved, VisitPlanned
from services.visits.events import (
    ActionAgreed,
    ActionClosed,
    ActionMoved,
    PmVisitWithdrawn,
    RecordAnswered,
    RecordIssued,
    SefDue,
    SefOverdue,
    SefReceived,
)
from tests.analytics.desk import Desk
from tests.analytics.viewers import TENURES, URN, actor, pm_visit

YEAR = 2022
DAY = date(2022, 10, 3)
JULY = date(2023, 7, 31)
OTHER = 140680


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, TENURES)
    desk.set_clock(datetime(2023, 7, 31, 12, tzinfo=UTC))
    yield desk
    desk.close()


def sittings(day: date) -> tuple[Sitting, ...]:
    return (Sitting(day, time(9), time(12)),)


def plan(day: date = DAY, visit: str = "1", term: str = "autumn", urn: int = URN) -> VisitPlanned:
    return VisitPlanned(urn, YEAR, visit, "adviser", sittings(day), "in_person", term)


def hold(day: date = DAY, visit: str = "1", *, governors: bool = True, urn: int = URN) -> VisitHeld:
    return VisitHeld(urn, YEAR, visit, "adviser", sittings(day), "in_person", (), governors)


def issue(document: str = "1", version: int = 1) -> RecordIssued:
    return RecordIssued(URN, YEAR, document, version, {"summary": 1}, ("headteacher", "chair_of_governors"))


def action(name: str, due: date) -> ActionAgreed:
    return ActionAgreed(URN, YEAR, "1", name, "Moderate writing", "head", due, "Books show it")


def happen(desk: Desk, *events: Event, day: date = DAY) -> None:
    desk.record("any.stream", *(event.true_from(day) for event in events))


def run(desk: Desk, on: date = JULY, within: int = 14) -> PerformanceOfSchool:
    found = desk.ask(SchoolPerformance(URN, YEAR, on, within))
    assert isinstance(found, PerformanceOfSchool)
    return found


def share(desk: Desk, measure: str, on: date = JULY, within: int = 14) -> tuple[int, int]:
    (found,) = [each for each in run(desk, on, within).shares if each.measure == measure]
    return found.counted, found.of


def test_a_visit_counts_once_it_was_held_or_its_term_is_over(desk: Desk) -> None:
    happen(desk, plan(), plan(date(2023, 2, 1), "2", "spring"))
    assert share(desk, "held_in_term", date(2022, 12, 31)) == (0, 0)
    assert share(desk, "held_in_term", date(2023, 1, 1)) == (0, 1)
    happen(desk, hold())
    assert share(desk, "held_in_term", date(2022, 10, 2)) == (0, 0)
    assert share(desk, "held_in_term", DAY) == (1, 1)
    assert share(desk, "held_in_term") == (1, 2)


def test_a_visit_after_its_term_is_held_and_not_in_term(desk: Desk) -> None:
    happen(desk, TermsSet(YEAR, (TermDates("autumn", date(2022, 9, 6), date(2022, 10, 2)),)))
    happen(desk, plan(), hold())
    assert share(desk, "held_in_term") == (0, 1)
    assert run(desk).visits[0].in_term is False


def test_a_visit_that_was_moved_belongs_to_its_new_date_and_a_cancelled_one_to_none(desk: Desk) -> None:
    later = date(2023, 1, 9)
    moved = VisitMoved(URN, YEAR, "1", "adviser", sittings(later), sittings(DAY), "in_person", "spring")
    happen(desk, plan(), moved, plan(visit="2"), VisitCancelled(URN, YEAR, "2", "adviser"))
    assert [(each.visit, each.planned, each.term, each.cancelled) for each in run(desk).visits] == [
        ("1", later, "spring", False),
        ("2", DAY, "autumn", True),
    ]
    assert share(desk, "held_in_term") == (0, 1)


def test_vr3_governors_are_counted_at_every_major_visit_and_block_nothing(desk: Desk) -> None:
    happen(desk, hold(), hold(visit="2", governors=False), hold(visit="ip"))
    desk.record("any.stream", pm_visit(URN, "head"))
    assert share(desk, "governors") == (2, 3)
    assert [each.governors for each in run(desk).visits] == [True, False, None, True]


def test_vr2_of_visit_4_nothing_shows_but_its_day(desk: Desk) -> None:
    desk.record("any.stream", pm_visit(URN, "head"))
    visit_4 = VisitRun("4", None, None, False, date(2022, 9, 6), True, None, None, None)
    assert run(desk).visits == (visit_4,)


def test_a_visit_4_whose_log_was_withdrawn_was_not_held(desk: Desk) -> None:
    held = pm_visit(URN, "head")
    happen(desk, plan(visit="4"))
    desk.record("any.stream", held, PmVisitWithdrawn(URN, YEAR, held.day, held.known_to(), "another_day"))
    assert [(each.visit, each.planned, each.held) for each in run(desk).visits] == [("4", DAY, None)]
    assert share(desk, "held_in_term") == (0, 1)


def test_vr1_a_sef_counts_when_it_came_or_was_due_and_a_breach_stays(desk: Desk) -> None:
    due = date(2023, 1, 20)
    happen(desk, SefDue(URN, YEAR, date(2023, 2, 3), due, False))
    assert share(desk, "sef_on_time", due) == (0, 0)
    assert share(desk, "sef_on_time", due + timedelta(days=1)) == (0, 1)
    happen(desk, SefOverdue(URN, YEAR, due), SefDue(URN, YEAR, date(2023, 3, 3), date(2023, 2, 17), False))
    happen(desk, SefReceived(URN, YEAR, date(2023, 2, 1), due, 12))
    assert share(desk, "sef_on_time") == (0, 1)


def test_a_sef_in_time(desk: Desk) -> None:
    happen(desk, SefReceived(URN, YEAR, date(2023, 1, 10), date(2023, 1, 20), 0))
    assert share(desk, "sef_on_time") == (1, 1)


@pytest.mark.parametrize(("days", "counted"), [(14, 1), (15, 0)])
def test_a_record_is_in_time_by_the_days_after_its_visit(desk: Desk, days: int, counted: int) -> None:
    happen(desk, hold())
    assert share(desk, "issued_in_time", DAY + timedelta(days=14)) == (0, 0)
    assert share(desk, "issued_in_time", DAY + timedelta(days=15)) == (0, 1)
    happen(desk, issue(), day=DAY + timedelta(days=days))
    assert share(desk, "issued_in_time") == (counted, 1)
    assert share(desk, "issued_in_time", within=15) == (1, 1)


def test_a_second_version_keeps_the_day_of_the_first_and_waits_for_its_own_answer(desk: Desk) -> None:
    happen(desk, hold(), issue(), RecordAnswered(URN, YEAR, "1", 1, "inaccurate", "The roll is wrong"))
    assert share(desk, "answered") == (1, 1)
    happen(desk, issue(version=2), RecordAnswered(URN, YEAR, "1", 1, "accurate"), day=date(2022, 12, 1))
    assert (share(desk, "answered"), share(desk, "issued_in_time")) == ((0, 1), (1, 1))


def test_actions_count_from_the_day_after_they_were_due(desk: Desk) -> None:
    due = date(2023, 1, 31)
    happen(desk, *(action(name, due) for name in ("a", "b", "c", "d", "e")))
    assert share(desk, "actions_on_time", due) == (0, 0)
    happen(desk, ActionClosed(URN, "a", "achieved", "Seen"), day=due)
    happen(desk, ActionClosed(URN, "b", "achieved", "Seen"), day=due + timedelta(days=1))
    happen(desk, ActionClosed(URN, "c", "withdrawn", "No longer needed"), ActionMoved(URN, "d", OTHER, due))
    assert share(desk, "actions_on_time") == (1, 3)


def call(number: int, day: date) -> list[Event]:
    received = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return [
        CallReceived(
            call=f"call-{number}",
            urn=URN,
            received_at=received,
            channel="telephone",
            category="day_to_day",
            urgency="normal",
            caller_role="headteacher",
            out_of_hours=False,
            hours=1,
            respond_by=None,
            person=f"call-{number}",
            caller="A caller",
            summary="A question",
        ),
        CallAnswered(f"call-{number}", URN, received, 60, number > 1, f"call-{number}", "Advice"),
    ]


def test_calls_of_the_year_are_those_that_whoever_asks_may_know_of(desk: Desk) -> None:
    for number, day in enumerate((date(2022, 8, 31), date(2022, 9, 1), date(2022, 9, 5), date(2023, 8, 31))):
        happen(desk, *call(number, day), day=day)
    query = SchoolPerformance(URN, YEAR, JULY)
    assert desk.ask(query, actor("adviser")).calls == Calls(3, 3, 2)
    assert desk.ask(query, actor("new-chair")).calls == Calls(2, 2, 2)
    assert desk.ask(query, actor("officer")).calls == Calls(0, 0, 0)
    assert desk.ask(CountyPerformance(YEAR, JULY), actor("officer")).calls == Calls(3, 3, 2)


def test_the_county_adds_up_its_schools_and_ranks_none(desk: Desk) -> None:
    happen(desk, plan(), hold(), plan(urn=OTHER), hold(urn=OTHER, governors=False))
    county = desk.ask(CountyPerformance(YEAR, JULY))
    assert [school.urn for school in county.schools] == [URN, OTHER]
    assert {each.measure: (each.counted, each.of) for each in county.shares} == {
        "held_in_term": (2, 2),
        "governors": (1, 2),
        "sef_on_time": (0, 0),
        "issued_in_time": (0, 2),
        "answered": (0, 0),
        "actions_on_time": (0, 0),
    }
    assert county.schools[0].shares == run(desk).shares


def test_another_year_is_another_programme(desk: Desk) -> None:
    happen(desk, plan(), hold())
    assert desk.ask(SchoolPerformance(URN, YEAR + 1, JULY)).visits == ()


def test_without_a_day_it_is_as_of_today(desk: Desk) -> None:
    assert desk.ask(SchoolPerformance(URN, YEAR)).on == date(2023, 7, 31)
    assert desk.ask(CountyPerformance(YEAR)).on == date(2023, 7, 31)
