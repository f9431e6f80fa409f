"""When the self-evaluation form is due, and what makes it late (VR1)."""

from datetime import date

from msgspec.structs import replace

from services.core.testing import Given, given
from services.visits.advisers import Advisers
from services.visits.events import SefDue, SefOverdue, SefReceived
from services.visits.sef import Facts, NoteSefOverdue, ReceiveSef, Sef, SetSefDue, sef
from services.visits.visit_days import Step

URN, YEAR = 120777, 2011
BOOKED = date(2012, 1, 9)
VISIT = date(2012, 3, 1)
DUE = date(2012, 2, 16)
ADVISERS = Advisers(((date(2011, 9, 1), "adviser"),))
PLANNED = (Step(BOOKED, VISIT),)
SEF_DUE = SefDue(URN, YEAR, VISIT, DUE, notice_short=False)
OVERDUE = SefOverdue(URN, YEAR, DUE)


def form(*events: SefDue | SefOverdue | SefReceived, today: date = DUE) -> Given:
    return given(*events).at(today).knowing(Facts(ADVISERS, PLANNED)).by("adviser")


def receive(day: date) -> ReceiveSef:
    return ReceiveSef(URN, YEAR, day)


def received(day: date, late: int, due: date = DUE) -> SefReceived:
    return SefReceived(URN, YEAR, day, due, late)


def overdue(due: date = DUE) -> SefOverdue:
    return SefOverdue(URN, YEAR, due)


def test_vr1_the_form_is_due_fourteen_days_before_visit_2() -> None:
    form().when(SetSefDue(URN, YEAR, VISIT, BOOKED), sef).then(SEF_DUE)
    form(SEF_DUE).when(SetSefDue(URN, YEAR, VISIT, BOOKED), sef).then()


def test_vr1_it_may_come_until_the_end_of_the_day() -> None:
    form(SEF_DUE).when(receive(DUE), sef).then(received(DUE, 0).true_from(DUE))


def test_vr1_two_days_late() -> None:
    day = date(2012, 2, 18)
    form(SEF_DUE, today=day).when(receive(day), sef).then(
        overdue().true_from(date(2012, 2, 17)), received(day, 2).true_from(day)
    )


def test_what_came_in_time_and_was_written_down_later_is_in_time() -> None:
    day = date(2012, 2, 15)
    form(SEF_DUE, today=VISIT).when(receive(day), sef).then(received(day, 0).true_from(day))
    form(SEF_DUE, OVERDUE, today=VISIT).when(receive(day), sef).then(received(day, 0).true_from(day))


def test_vr1_a_head_who_is_late_does_not_say_that_it_came_in_time() -> None:
    today = date(2012, 2, 18)
    head = form(SEF_DUE, today=today).by("headteacher")
    head.when(receive(DUE), sef).refused("ask your Link Adviser", "received")
    head.when(receive(today), sef).then(overdue().true_from(date(2012, 2, 17)), received(today, 2).true_from(today))


def test_vr1_moving_the_visit_moves_the_day() -> None:
    later = date(2012, 3, 15)
    form(SEF_DUE).when(SetSefDue(URN, YEAR, later, date(2012, 2, 10)), sef).then(
        SefDue(URN, YEAR, later, date(2012, 3, 1), notice_short=False)
    )


def test_vr1_moving_the_visit_keeps_the_breach() -> None:
    later, moved = date(2012, 3, 20), date(2012, 2, 20)
    new = SefDue(URN, YEAR, later, date(2012, 3, 6), notice_short=False)
    breach = overdue().true_from(date(2012, 2, 17))
    form(SEF_DUE, today=moved).when(SetSefDue(URN, YEAR, later, moved), sef).then(breach, new)
    # In time for the new day, and yet four days late for the first.
    day = date(2012, 2, 20)
    form(SEF_DUE, OVERDUE, new, today=day).when(receive(day), sef).then(received(day, 4).true_from(day))


def test_vr1_lateness_is_counted_from_the_earliest_day_that_was_missed() -> None:
    second = SefDue(URN, YEAR, date(2012, 3, 20), date(2012, 3, 6), notice_short=False)
    day = date(2012, 3, 8)
    form(SEF_DUE, OVERDUE, second, today=day).when(receive(day), sef).then(
        overdue(date(2012, 3, 6)).true_from(date(2012, 3, 7)), received(day, 21).true_from(day)
    )


def test_what_was_moved_in_time_is_no_breach_even_if_the_rule_ran_later() -> None:
    later = date(2012, 3, 15)
    late_policy = form(SEF_DUE, today=date(2012, 2, 25))
    outcome = late_policy.when(SetSefDue(URN, YEAR, later, date(2012, 2, 16)), sef)
    outcome.then(SefDue(URN, YEAR, later, date(2012, 3, 1), notice_short=False))


def test_edge_visit_booked_under_two_weeks_out_is_not_late_by_the_school() -> None:
    booked, visit = date(2012, 2, 20), date(2012, 3, 4)
    short = SefDue(URN, YEAR, visit, booked, notice_short=True)
    form(today=booked).when(SetSefDue(URN, YEAR, visit, booked), sef).then(short)
    day = date(2012, 2, 27)
    form(short, today=day).when(receive(day), sef).then(received(day, 0, booked).true_from(day))
    form(short, today=day).when(NoteSefOverdue(URN, YEAR), sef).refused("not overdue")


def test_vr1_a_visit_booked_exactly_two_weeks_out_is_no_short_notice() -> None:
    booked, visit = date(2012, 2, 20), date(2012, 3, 5)
    form(today=booked).when(SetSefDue(URN, YEAR, visit, booked), sef).then(SefDue(URN, YEAR, visit, booked, False))


def test_a_visit_put_off_in_time_asks_for_nothing() -> None:
    put_off = (*PLANNED, Step(date(2012, 2, 10), None))
    later, replanned = date(2012, 4, 20), date(2012, 3, 1)
    office = form(SEF_DUE, today=replanned).knowing(Facts(ADVISERS, (*put_off, Step(replanned, later))))
    new = SefDue(URN, YEAR, later, date(2012, 4, 6), notice_short=False)
    office.when(SetSefDue(URN, YEAR, later, replanned), sef).then(new)
    form(SEF_DUE, today=replanned).knowing(Facts(ADVISERS, put_off)).when(NoteSefOverdue(URN, YEAR), sef).refused("not")


def test_a_visit_put_off_after_the_due_day_undoes_no_breach() -> None:
    put_off = (*PLANNED, Step(date(2012, 2, 17), None))
    office = form(SEF_DUE, today=date(2012, 2, 20)).knowing(Facts(ADVISERS, put_off))
    office.when(NoteSefOverdue(URN, YEAR), sef).then(overdue().true_from(date(2012, 2, 17)))


def test_the_office_notes_once_what_is_overdue() -> None:
    note = NoteSefOverdue(URN, YEAR)
    form(SEF_DUE).when(note, sef).refused("It is due by 16 February 2012")
    form().when(note, sef).refused("Visit 2 has no date yet")
    next_day = date(2012, 2, 17)
    form(SEF_DUE, today=next_day).when(note, sef).then(overdue().true_from(next_day))
    form(SEF_DUE, OVERDUE, today=next_day).when(note, sef).then()


def test_a_form_is_received_once_and_not_tomorrow() -> None:
    form(SEF_DUE).when(receive(date(2012, 2, 17)), sef).refused("today or before", "received")
    form().when(receive(DUE), sef).refused("Plan visit 2 first", "received")
    form(SEF_DUE, received(DUE, 0), today=VISIT).when(receive(DUE), sef).then()
    form(SEF_DUE, received(DUE, 0), today=VISIT).when(receive(date(2012, 2, 15)), sef).refused("already", "received")


def test_what_was_received_is_not_asked_for_again() -> None:
    form(SEF_DUE, received(DUE, 0)).when(SetSefDue(URN, YEAR, date(2012, 4, 1), DUE), sef).then()


def test_only_an_adviser_of_the_school_receives_it() -> None:
    stranger = form(SEF_DUE).by("adviser", "adviser-2")
    stranger.when(receive(DUE), sef).refused("Only the school's Link Adviser, or the adviser who makes visit 2")
    maker = Facts(replace(ADVISERS, of_visits={"2": "adviser-2"}), PLANNED)
    assert stranger.knowing(maker).when(receive(DUE), sef).refusal is None


def test_edge_academy_conversion_mid_year_the_new_school_has_no_more_time_and_is_not_asked_twice() -> None:
    """The visit was booked in January at the school before, and stands at the new one since late February."""
    late_news = date(2012, 2, 24)
    taken_over = SetSefDue(141226, YEAR, VISIT, late_news)
    due_before = Facts(ADVISERS, PLANNED, before=Sef(VISIT, DUE))
    new = SefDue(141226, YEAR, VISIT, DUE, notice_short=False)
    given().at(late_news).knowing(due_before).when(taken_over, sef).then(new)
    had_come = Facts(ADVISERS, PLANNED, before=Sef(VISIT, DUE, received=DUE))
    given().at(late_news).knowing(had_come).when(taken_over, sef).then()
