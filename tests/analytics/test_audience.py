"""Who may open which facts of a school's history: by audience, tenure and grant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from services.analytics.entries import Entry
from services.analytics.queries.difference import HistoryDifference
from services.analytics.queries.timeline import SchoolAsOf, SchoolTimeline, TimelineEntry
from services.analytics.replay import replay
from services.core.authorisation import Forbidden, Viewer
from services.core.schemas import Invalid
from services.scheduling.events import SchoolSubscribed, Sitting, VisitPlanned
from services.visits.events import SchoolTold, Target, TargetCommented, TargetsProposed, TeamAlerted
from tests.analytics.desk import OPERATOR, Desk
from tests.analytics.viewers import TENURES, URN, actor, passed, pm_visit, rated


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A school that was rated on 2, 4 and 6 September 2022; on the last day visit 4 took place and a record passed."""
    desk = Desk(tmp_path, TENURES)
    desk.set_clock(datetime(2022, 9, 7, 12, tzinfo=UTC))
    desk.register(URN)
    for day, rating in ((2, "red"), (4, "red-amber"), (6, "amber-green")):
        desk.record("any.stream", rated(rating=rating).true_from(date(2022, 9, day)))
    desk.record("any.stream", passed().true_from(date(2022, 9, 6)), reason="Quality assurance")
    visit = pm_visit(URN, "head").true_from(date(2022, 9, 6))
    desk.record("any.stream", visit, reason="Not for others")
    yield desk
    desk.close()


def ratings(desk: Desk, person: str) -> list[str]:
    entries = desk.ask(SchoolTimeline(URN), actor(person)).entries
    return [entry.says.split()[2].rstrip(",") for entry in entries if entry.type == "visits.RiskRated"]


ALL_RATINGS = ["red", "red-amber", "amber-green"]


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("adviser", ALL_RATINGS),
        ("auditor", ALL_RATINGS),
        ("head", ALL_RATINGS),
        ("new-chair", ["amber-green"]),
        ("trusted-chair", ["red-amber", "amber-green"]),
        ("officer", []),
    ],
)
def test_confidential_facts_are_for_the_authority_and_role_holders_of_their_day(
    desk: Desk, person: str, seen: list[str]
) -> None:
    assert ratings(desk, person) == seen
    risk = desk.ask(SchoolAsOf(URN), actor(person)).risk
    assert (risk.rating if risk else None) == (seen[-1] if seen else None)


def test_edge_role_given_to_a_new_person_who_cannot_open_earlier_confidential_items(desk: Desk) -> None:
    (confidential,) = [each for each in desk.ask(SchoolTimeline(URN)).entries if "red-amber" in each.says]
    with pytest.raises(Invalid, match="There is no entry"):
        desk.ask(TimelineEntry(URN, confidential.position), actor("new-chair"))
    opened = desk.ask(TimelineEntry(URN, confidential.position), actor("trusted-chair"))
    assert opened.data["rating"] == "red-amber"
    with pytest.raises(Invalid, match="There is no entry"):
        desk.ask(SchoolTimeline(URN, after=confidential.position), actor("new-chair"))


@pytest.mark.parametrize(
    ("person", "total"), [("adviser", 6), ("head", 5), ("trusted-chair", 4), ("new-chair", 3), ("officer", 2)]
)
def test_totals_tell_nothing_of_what_is_hidden(desk: Desk, person: str, total: int) -> None:
    page = desk.ask(SchoolTimeline(URN, limit=1), actor(person))
    assert (page.total, page.more) == (total, True)


def test_county_facts_are_not_for_the_school(desk: Desk) -> None:
    def sees(person: str) -> bool:
        entries = desk.ask(SchoolTimeline(URN), actor(person)).entries
        return "visits.RecordPassed" in {entry.type for entry in entries}

    assert {person for person in TENURES if person != "old-chair" and sees(person)} == {"adviser", "auditor"}


def visit_4(desk: Desk, person: str) -> Entry:
    (entry,) = [
        each for each in desk.ask(SchoolTimeline(URN), actor(person)).entries if each.type == "visits.PmVisitHeld"
    ]
    assert isinstance(entry, Entry)
    return entry


@pytest.mark.parametrize("person", ["auditor", "officer", "new-chair", "trusted-chair"])
def test_vr2_who_took_no_part_sees_the_date_of_visit_4_and_no_more(desk: Desk, person: str) -> None:
    entry = visit_4(desk, person)
    assert (entry.says, entry.effective_on) == ("Visit 4 took place on 6 September 2022", date(2022, 9, 6))
    assert (entry.opens, entry.actor, entry.role, entry.reason) == (False, "", "", None)
    with pytest.raises(Forbidden, match="Only those who took part may open this"):
        desk.ask(TimelineEntry(URN, entry.position), actor(person))


@pytest.mark.parametrize("person", ["adviser", "head"])
def test_who_took_part_opens_visit_4(desk: Desk, person: str) -> None:
    entry = visit_4(desk, person)
    assert (entry.opens, entry.reason) == (True, "Not for others")
    assert desk.ask(TimelineEntry(URN, entry.position), actor(person)).data["present"] == ("head",)


def test_the_operator_replays_everything(desk: Desk) -> None:
    entries, picture = replay(desk.log, URN)
    assert len(entries) == 6
    assert all(entry.opens for entry in entries)
    assert desk.ask(SchoolTimeline(URN), OPERATOR).entries == tuple(entries)
    assert desk.ask(SchoolAsOf(URN), OPERATOR) == picture


def test_one_person_s_answer_is_never_another_s(desk: Desk) -> None:
    before = desk.ask(SchoolTimeline(URN), actor("head"))
    assert desk.ask(SchoolTimeline(URN), actor("new-chair")) != before
    assert desk.ask(SchoolTimeline(URN), actor("head")) == before


def test_a_difference_of_two_days_shows_no_more_than_the_history(desk: Desk) -> None:
    between = HistoryDifference(URN, true_on=date(2022, 9, 1), other_true_on=date(2022, 9, 6))
    assert len(desk.ask(between, actor("adviser")).other.only) == 5
    assert [entry.type for entry in desk.ask(between, actor("officer")).other.only] == ["visits.PmVisitHeld"]


def test_where_nothing_is_restricted_the_answer_is_kept_for_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other = 140680
    desk.record("any.stream", SchoolSubscribed(other, 2022, date(2022, 9, 1)))
    first = desk.ask(SchoolTimeline(other), actor("adviser"))
    assert desk.ask(SchoolTimeline(other), actor("officer")) is first


@pytest.mark.parametrize(
    ("person", "count", "comment"),
    [("adviser", 3, "Aim higher"), ("head", 3, "Aim higher"), ("officer", None, "withheld")],
)
def test_tr7_a_fact_tells_outsiders_nothing_of_a_small_group(
    desk: Desk, person: str, count: int | None, comment: str
) -> None:
    rows = Target("PTRWM_EXP", "all", "65", 13, 20), Target("PTRWM_EXP", "fsm", "60", 3, 5, actions="For all five")
    commented = TargetCommented(URN, 2023, 1, "PTRWM_EXP", "fsm", "not_challenging", "Aim higher")
    desk.record("any.stream", TargetsProposed(URN, 2023, 1, rows, provisional=False), commented)
    proposed, said = [
        desk.ask(TimelineEntry(URN, entry.position), actor(person))
        for entry in desk.ask(SchoolTimeline(URN, services=("visits",)), actor(person)).entries
        if entry.type.startswith("visits.Target")
    ]
    everybody, small = proposed.data["targets"]
    assert everybody["count"] == 13
    assert (small["group"], small["count"]) == ("fsm", count)
    assert ("five" in str(small)) == (count is not None)
    assert said.data["comment"] == comment
    assert proposed.as_recorded
    assert said.as_recorded


def test_vr7_an_alert_is_not_for_the_school_before_it_was_told(desk: Desk) -> None:
    def seen(person: str) -> set[str]:
        entries = desk.ask(SchoolTimeline(URN), actor(person)).entries
        replayed, _ = replay(desk.log, URN, viewer=Viewer(person, date(2022, 9, 7), tuple(TENURES[person])))
        assert list(entries) == replayed
        return {entry.type for entry in entries if entry.type in ("visits.TeamAlerted", "visits.SchoolTold")}

    at = datetime(2022, 9, 6, 9, tzinfo=UTC)
    desk.record("any.stream", TeamAlerted(URN, "C1", "Leadership", at), TeamAlerted(URN, "C2", "Teaching", at))
    assert seen("head") == set()
    assert desk.ask(SchoolAsOf(URN), actor("head")).concerns == {}
    assert seen("adviser") == {"visits.TeamAlerted"}
    desk.record("any.stream", SchoolTold(URN, "C1", "Leadership", ("headteacher",), at, "letter"))
    assert seen("head") == {"visits.TeamAlerted", "visits.SchoolTold"}
    assert set(desk.ask(SchoolAsOf(URN), actor("head")).concerns) == {"C1"}


def test_vr2_others_see_the_date_for_which_visit_4_is_planned_and_no_more(desk: Desk) -> None:
    sittings = (Sitting(date(2022, 10, 4), time(9), time(12)),)
    planned = VisitPlanned(URN, 2022, "4", "adviser", sittings, "in_person", "autumn")
    desk.record("any.stream", planned.true_from(date(2022, 9, 7)), reason="The head asked for a morning")
    for person, opens in (("adviser", True), ("auditor", False), ("officer", False)):
        entry = desk.ask(SchoolTimeline(URN, newest_first=True, limit=1), actor(person)).entries[0]
        assert (entry.says, entry.opens) == ("Visit 4 planned for 4 October 2022", opens)
        assert (entry.reason is None) != opens
    with pytest.raises(Forbidden, match="Only those who took part"):
        desk.ask(TimelineEntry(URN, entry.position), actor("officer"))
    assert desk.ask(SchoolAsOf(URN), actor("officer")).visits["2022-4"].day is not None
