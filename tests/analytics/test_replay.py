"""Straight from the log or through the read model: the same timeline and picture, whatever the order and the dials."""

from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.entries import entry
from services.analytics.events import InspectionGraded, Ks2ResultsPublished, Ks2ResultsRevised
from services.analytics.picture import Link, SchoolPicture
from services.analytics.queries.timeline import SchoolAsOf, SchoolTimeline
from services.analytics.replay import replay
from services.billing.events import ChargeRaised
from services.core.authorisation import Viewer
from services.core.deciders import Damaged
from services.core.envelope import NewEvent
from services.core.events import Dated, Event
from services.core.times import end_of_london_day
from services.scheduling.events import SchoolChanged, SchoolsLinked, SchoolSubscribed
from services.visits.events import PmVisitHeld, RecordPassed, RiskRated
from tests.analytics.desk import OPERATOR, Desk, registered
from tests.analytics.viewers import TENURES, URN, actor, passed, pm_visit, rated

URNS = (120777, 140680)
FIRST_DAY = date(2022, 9, 1)
ASKED_AT = datetime(2023, 1, 2, tzinfo=UTC)


def charge(urn: int, net: int) -> ChargeRaised:
    event_id = uuid5(NAMESPACE_OID, "any")
    return ChargeRaised(
        charge=f"{urn}-2022-1",
        urn=urn,
        year=2022,
        item="full-service",
        quantity=1,
        net=net,
        tax_date=FIRST_DAY,
        school_status="maintained",
        route="journal",
        price_event=event_id,
        status_event=event_id,
        delivery_event=event_id,
    )


urns = st.sampled_from(URNS)
days = st.integers(0, 9).map(lambda number: FIRST_DAY + timedelta(days=number))
years = st.integers(2016, 2018)
figures = st.dictionaries(st.sampled_from(["TELIG", "PTRWM_EXP"]), st.sampled_from(["57", "SUPP", ""]), min_size=1)
happenings = st.one_of(
    st.builds(registered, urns, st.sampled_from(["Red", "Blue"])),
    st.builds(SchoolChanged, urns, name=st.sampled_from(["Green", "Grey"])),
    st.builds(SchoolChanged, urns, status=st.sampled_from(["Open", "Closed"])),
    st.builds(SchoolsLinked, st.just(URNS[0]), st.just(URNS[1]), st.just("Successor")),
    st.builds(SchoolSubscribed, urns, years, days),
    st.builds(charge, urns, st.integers(1, 300_000)),
    st.builds(Ks2ResultsPublished, urns, years, st.just("provisional"), figures),
    st.builds(Ks2ResultsRevised, urns, years, st.just("revised"), figures),
    st.builds(InspectionGraded, urns, days, st.sampled_from(["Good", "Inadequate"])),
    st.builds(rated, urns, st.sampled_from(["red", "amber-green"])),
    st.builds(passed, urns),
    st.builds(pm_visit, urns, st.sampled_from(["head", "new-chair"])),
)
people = st.sampled_from([person for person in TENURES if person != "old-chair"]) | st.none()
histories = st.lists(st.tuples(happenings, days, st.integers(0, 30)), max_size=12)


def happened(desk: Desk, history: list[tuple[Event, date, int]]) -> None:
    """Each event of the history is true from its day, and recorded its number of hours after the one before."""
    now = datetime(2022, 9, 1, tzinfo=UTC)
    for event, day, hours in history:
        now += timedelta(hours=hours)
        desk.set_clock(now)
        desk.record("any.stream", event.true_from(day))


@given(history=histories, urn=urns, true_on=days | st.none(), known_on=days | st.none(), person=people)
def test_read_model_replay_and_a_plain_filter_agree_for_whoever_asks(
    tmp_path_factory: pytest.TempPathFactory,
    history: list[tuple[Event, date, int]],
    urn: int,
    true_on: date | None,
    known_on: date | None,
    person: str | None,
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"), TENURES)
    happened(desk, history)
    desk.set_clock(ASKED_AT)
    plain = [
        entry(recorded) if opens(person, urn, event, day) else entry(recorded).outlined()
        for (event, day, _), recorded in zip(history, desk.recorded(), strict=True)
        if urn in event.concerns()
        and (true_on is None or day <= true_on)
        and (known_on is None or recorded.recorded_at < end_of_london_day(known_on))
        and (opens(person, urn, event, day) or isinstance(event, PmVisitHeld))
    ]
    plain.sort(key=lambda entry: (entry.effective_on, entry.position))
    viewer = None if person is None else Viewer(person, ASKED_AT.date(), tuple(TENURES[person]))
    entries, picture = replay(desk.log, urn, true_on, known_on, viewer)
    assert entries == plain
    asking = OPERATOR if person is None else actor(person)
    if person is None or urn == URN or not TENURES[person][0].role.of_a_school:
        assert list(desk.ask(SchoolTimeline(urn, true_on, known_on, limit=500), asking).entries) == plain
        assert desk.ask(SchoolAsOf(urn, true_on, known_on), asking) == picture
    desk.close()


def opens(person: str | None, urn: int, event: Event, day: date) -> bool:
    """The rule of audiences written down once more, for the people of this test."""
    match event:
        case PmVisitHeld():
            return person is None or person == "adviser" or person in event.present
        case RiskRated() if urn == URN:
            since = {"head": date.min, "new-chair": date(2022, 9, 5), "trusted-chair": date(2022, 9, 3)}
            return person in (None, "adviser", "auditor") or (person in since and since[person] <= day)
        case RiskRated() | RecordPassed():
            return person in (None, "adviser", "auditor")
    return True


def test_the_picture_adds_up_what_the_events_say(desk: Desk) -> None:
    events: list[Event | Dated] = [
        registered(URNS[0], "Thornage Primary School"),
        SchoolsLinked(URNS[0], URNS[1], "Successor"),
        SchoolSubscribed(URNS[0], 2022, FIRST_DAY),
        charge(URNS[0], 265_000),
        charge(URNS[0], 1_000),
        Ks2ResultsPublished(URNS[0], 2018, "provisional", {"PTRWM_EXP": "57", "READPROG": "SUPP"}),
        Ks2ResultsRevised(URNS[0], 2018, "revised", {"PTRWM_EXP": "58"}),
        # Recorded last, true first: the inspection of 2015 is not the latest.
        InspectionGraded(URNS[0], date(2019, 6, 17), "Good").true_from(date(2019, 6, 17)),
        InspectionGraded(URNS[0], date(2015, 6, 17), "Inadequate").true_from(date(2015, 6, 17)),
    ]
    desk.record("any.stream", *events)
    _, picture = replay(desk.log, URNS[0])
    assert picture == SchoolPicture(
        urn=URNS[0],
        name="Thornage Primary School",
        status="Open",
        school_type="Community school",
        type_group="Local authority maintained schools",
        links=(Link(URNS[1], "successor", "Successor"),),
        subscriptions={2022: "full"},
        charged=266_000,
        results={2018: {"PTRWM_EXP": "58", "READPROG": "SUPP"}},
        inspected=date(2019, 6, 17),
        grade="Good",
    )
    assert replay(desk.log, URNS[1])[1].links == (Link(URNS[0], "predecessor", "Successor"),)


def test_a_log_with_an_event_that_cannot_be_read_is_not_replayed_in_part(desk: Desk) -> None:
    recorded = desk.record("any.stream", registered(URNS[0]))
    unknown = NewEvent(bytes(16), "later.Thing", 1, recorded.stored_metadata, b"{}")
    desk.log.append("later.stream", 0, [unknown])
    with pytest.raises(Damaged, match=r"later\.stream at version 1: later\.Thing is not an event type"):
        replay(desk.log, URNS[0])
