"""The picture of a school over a year of all services' events."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, uuid5

import pytest
from msgspec.structs import replace

from services.analytics.picture import (
    ActionSeen,
    ConcernSeen,
    Grades,
    RecordSeen,
    RiskSeen,
    SchoolPicture,
    SefSeen,
    TargetsSeen,
    VisitSeen,
)
from services.analytics.queries.timeline import SchoolAsOf
from services.analytics.replay import replay
from services.billing.events import ChargeReversed, PartYearCharged
from services.core.events import Event
from services.scheduling.events import (
    AdviserAllocated,
    AllocationEnded,
    ProgrammeSettled,
    SchoolSubscribed,
    VisitCancelled,
    VisitConfirmed,
    VisitMoved,
    VisitNotHeld,
    VisitPostponed,
    VisitPutOnHold,
)
from services.visits.events import (
    ActionClosed,
    ActionMoved,
    ActionReviewed,
    AlertAcknowledged,
    AlertDecided,
    AlertReviewed,
    ConcernClosed,
    ConcernObserved,
    GradeAgreed,
    GradeDisputed,
    GradeModerated,
    LaGradeSet,
    PmVisitWithdrawn,
    RecordAnswered,
    SchoolGraded,
    SchoolTold,
    SefDue,
    SefOverdue,
    SefReceived,
    Target,
    TargetsAgreed,
    TargetsProposed,
    TargetsSanctioned,
    TeamAlerted,
)
from tests.analytics.desk import Desk
from tests.analytics.test_performance import DAY, YEAR, action, call, hold, issue, plan, sittings
from tests.analytics.test_replay import charge
from tests.analytics.viewers import URN, pm_visit, rated

FRAMEWORK, HEADING = "2019-09", "Quality of education"
EVENT = uuid5(NAMESPACE_OID, "any")
LATER = date(2022, 11, 1)


def picture(desk: Desk, *events: Event) -> SchoolPicture:
    """The picture after these events, the same from the log and from the read model."""
    desk.record("any.stream", *(event.true_from(DAY) for event in events))
    _, found = replay(desk.log, URN)
    assert desk.ask(SchoolAsOf(URN)) == found
    return found


def test_who_advises_and_what_was_agreed(desk: Desk) -> None:
    allocated = AdviserAllocated(URN, 1, "adviser", DAY, "accepted")
    found = picture(desk, allocated, SchoolSubscribed(URN, YEAR, DAY), AllocationEnded(URN, "another", DAY))
    assert (found.adviser, found.subscriptions) == ("adviser", {YEAR: "full"})
    tailored = ProgrammeSettled(URN, YEAR, 1, "tailored", ("1", "2"), DAY)
    found = picture(desk, tailored, AllocationEnded(URN, "adviser", DAY))
    assert (found.adviser, found.subscriptions) == (None, {YEAR: "tailored"})


MOVED = VisitMoved(URN, YEAR, "1", "adviser", sittings(LATER), sittings(DAY), "in_person", "autumn")


@pytest.mark.parametrize(
    ("event", "seen"),
    [
        (plan(), VisitSeen("planned", DAY)),
        (MOVED, VisitSeen("planned", LATER)),
        (VisitConfirmed(URN, YEAR, "1", "headteacher"), VisitSeen("confirmed", DAY)),
        (VisitPostponed(URN, YEAR, "1", "adviser"), VisitSeen("postponed")),
        (VisitPutOnHold(URN, YEAR, "1", "adviser", "c", DAY, DAY), VisitSeen("on_hold")),
        (VisitCancelled(URN, YEAR, "1", "adviser"), VisitSeen("cancelled")),
        (VisitNotHeld(URN, YEAR, "1", "adviser", DAY), VisitSeen("not_held", DAY)),
        (hold(), VisitSeen("held", DAY)),
    ],
)
def test_how_a_visit_stands(desk: Desk, event: Event, seen: VisitSeen) -> None:
    assert picture(desk, plan(), event).visits == {"2022-1": seen}


def test_a_visit_that_was_held_stays_held_when_its_plan_is_told_late(desk: Desk) -> None:
    assert picture(desk, hold(), plan()).visits == {"2022-1": VisitSeen("held", DAY)}


def test_vr2_of_visit_4_the_picture_has_its_day(desk: Desk) -> None:
    assert picture(desk, pm_visit(URN, "head")).visits == {"2022-4": VisitSeen("held", date(2022, 9, 6))}


@pytest.mark.parametrize("again", [None, date(2022, 9, 5), date(2022, 9, 6), date(2022, 9, 7)])
def test_a_visit_4_logged_again_has_the_day_that_was_not_withdrawn(desk: Desk, again: date | None) -> None:
    wrong = pm_visit(URN, "head")
    withdrawn = PmVisitWithdrawn(URN, YEAR, wrong.day, wrong.known_to(), "another_day")
    desk.record("any.stream", wrong.true_from(wrong.day), withdrawn.true_from(wrong.day))
    if again:
        desk.record("other.stream", replace(wrong, day=again).true_from(again))
    seen = VisitSeen("held", again) if again else VisitSeen("withdrawn")
    assert replay(desk.log, URN)[1].visits == {"2022-4": seen}


def test_the_latest_version_of_a_record_and_its_own_answer(desk: Desk) -> None:
    answer = RecordAnswered(URN, YEAR, "1", 1, "inaccurate", "The roll is wrong")
    assert picture(desk, issue(), answer).records == {"2022-1": RecordSeen(1, DAY, "inaccurate")}
    assert picture(desk, issue(version=2), answer).records == {"2022-1": RecordSeen(2, DAY)}


def test_targets_go_from_proposed_to_sanctioned_and_a_new_version_begins_again(desk: Desk) -> None:
    proposed = TargetsProposed(URN, 2023, 1, (Target("PTRWM_EXP", "all", "65"),), True)
    assert picture(desk, proposed).targets == {2023: TargetsSeen(1, "provisional")}
    parties = ("adviser", "chair_of_governors", "headteacher")
    found = picture(desk, *(TargetsAgreed(URN, 2023, 1, by) for by in parties))
    assert found.targets == {2023: TargetsSeen(1, "agreed", parties)}
    found = picture(desk, TargetsSanctioned(URN, 2023, 1, DAY, "SI 2004/2858"))
    assert found.targets == {2023: TargetsSeen(1, "sanctioned", parties, "SI 2004/2858")}
    again = TargetsProposed(URN, 2023, 2, (Target("PTRWM_EXP", "all", "70"),), False)
    assert picture(desk, again, TargetsAgreed(URN, 2023, 1, "adviser")).targets == {2023: TargetsSeen(2, "proposed")}


def test_vr1_a_breach_of_the_sef_stays_in_the_picture(desk: Desk) -> None:
    first, second = date(2023, 1, 20), date(2023, 2, 17)
    moved = SefDue(URN, YEAR, date(2023, 3, 3), second, False)
    found = picture(desk, SefDue(URN, YEAR, date(2023, 2, 3), first, False), SefOverdue(URN, YEAR, first), moved)
    assert found.sefs == {YEAR: SefSeen(second, overdue=True)}
    came = SefReceived(URN, YEAR, LATER, first, 12)
    assert picture(desk, came).sefs == {YEAR: SefSeen(second, True, LATER, 12)}


def test_gr1_three_grades_stand_side_by_side_under_their_own_framework(desk: Desk) -> None:
    about = (URN, YEAR, "2", FRAMEWORK, HEADING)
    found = picture(desk, SchoolGraded(*about, "Good", "Books"), LaGradeSet(*about, "Requires Improvement", "Data"))
    assert found.grades == {FRAMEWORK: {HEADING: Grades("Good", None, "Requires Improvement")}}
    found = picture(desk, GradeDisputed(*about, "Good", "Requires Improvement", "We", "I"))
    assert found.grades[FRAMEWORK][HEADING] == Grades("Good", None, "Requires Improvement", disputed=True)
    found = picture(desk, GradeModerated(*about, None, "No common ground"))
    assert found.grades[FRAMEWORK][HEADING].disputed
    found = picture(desk, GradeModerated(*about, "Good", "After a second look"))
    assert found.grades[FRAMEWORK][HEADING] == Grades("Good", "Good", "Requires Improvement")
    found = picture(desk, GradeAgreed(URN, YEAR, "2", "2012-09", "Achievement", "Good"))
    assert found.grades["2012-09"] == {"Achievement": Grades(agreed="Good")}


def test_open_actions(desk: Desk) -> None:
    due = date(2023, 1, 31)
    reviewed = ActionReviewed(URN, YEAR, "2", "a", "amber", "Half of the books")
    found = picture(desk, action("a", due), action("b", due), action("c", due), reviewed)
    seen = ActionSeen("Moderate writing", "head", due)
    assert found.actions == {"a": ActionSeen("Moderate writing", "head", due, "amber"), "b": seen, "c": seen}
    found = picture(desk, ActionClosed(URN, "a", "achieved", "Seen"), ActionMoved(URN, "b", 140680, DAY))
    assert found.actions == {"c": seen}


def test_an_open_concern_step_by_step(desk: Desk) -> None:
    told = SchoolTold(URN, "c", "Behaviour", ("headteacher",), datetime(2022, 10, 3, 12, tzinfo=UTC), "in_person")
    steps: list[tuple[Event, str]] = [
        (ConcernObserved(URN, "c", "Behaviour", DAY, "concern-c", "Seen"), "observed"),
        (told, "told"),
        (TeamAlerted(URN, "c", "Behaviour", datetime(2022, 10, 3, 13, tzinfo=UTC)), "alerted"),
        (AlertAcknowledged(URN, "c"), "acknowledged"),
        (AlertDecided(URN, "c", "governing_body", LATER, "key", "A project board"), "decided"),
        (AlertReviewed(URN, "c", LATER, "key", "Better"), "reviewed"),
    ]
    for event, state in steps:
        assert picture(desk, event).concerns == {"c": ConcernSeen("Behaviour", state)}
    assert picture(desk, ConcernClosed(URN, "c", "key", "Resolved")).concerns == {}
    assert picture(desk, AlertReviewed(URN, "unseen", LATER, "key", "Better")).concerns == {}


def test_risk_calls_and_every_line_of_the_account(desk: Desk) -> None:
    part = PartYearCharged(
        "c-2", URN, YEAR, "full-service", 7, 154_583, DAY, "maintained", "journal", EVENT, EVENT, EVENT, EVENT
    )
    back = ChargeReversed("c-3", URN, YEAR, "c-1", "full-service", -265_000, DAY, "maintained", "journal", EVENT)
    found = picture(desk, rated(), *call(1, DAY), *call(2, DAY), charge(URN, 265_000), back, part)
    assert found.risk == RiskSeen("red-amber", "unchanged")
    assert (found.calls, found.charged) == (2, 154_583)
