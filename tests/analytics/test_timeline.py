"""The school timeline: whose events it shows, the two dials, its pages, and one fact opened."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.analytics.inspections import RecordInspection
from services.analytics.queries.timeline import EventCount, EventCounts, SchoolAsOf, SchoolTimeline, TimelineEntry
from services.analytics.replay import replay
from services.core.events import Event
from services.core.schemas import Invalid
from services.scheduling.events import PersonRegistered, SchoolChanged, SchoolsLinked, SchoolSubscribed, TenureBegan
from tests.analytics.desk import Desk, registered
from tests.analytics.notes import NoteTaken

OLD, NEW = 120777, 140680


def says(desk: Desk, true_on: date | None = None, known_on: date | None = None) -> list[str]:
    return [entry.says for entry in desk.ask(SchoolTimeline(OLD, true_on, known_on)).entries]


def test_an_event_shows_on_every_school_that_it_concerns_and_no_other(desk: Desk) -> None:
    desk.record("scheduling.link-1", SchoolsLinked(OLD, NEW, "Successor"))
    desk.record("scheduling.person-p", PersonRegistered("p", "Made Up"), TenureBegan("p", "finance", date(2020, 1, 1)))
    desk.record("scheduling.school-1", SchoolSubscribed(OLD, 2022, date(2022, 9, 1)))
    assert says(desk) == [
        f"School {NEW} follows school {OLD} (successor)",
        "Subscribed to the full service for 2022-23",
    ]
    assert desk.ask(SchoolTimeline(NEW)).total == 1


def test_an_entry_tells_who_when_and_why(desk: Desk) -> None:
    subscribed = SchoolSubscribed(OLD, 2022, date(2022, 9, 1)).true_from(date(2022, 9, 1))
    recorded = desk.record("scheduling.school-1", subscribed, reason="The governors agreed")
    (entry,) = desk.ask(SchoolTimeline(OLD)).entries
    assert (entry.position, entry.effective_on, entry.recorded_at) == (1, date(2022, 9, 1), recorded.recorded)
    assert (entry.service, entry.type) == ("scheduling", "scheduling.SchoolSubscribed")
    assert (entry.actor, entry.role, entry.reason) == ("person-7", "adviser", "The governors agreed")


def test_entries_stand_in_the_order_in_which_they_became_true(desk: Desk) -> None:
    desk.register(OLD)
    desk.handle(RecordInspection(OLD, date(2015, 6, 17), "Good"))
    desk.handle(RecordInspection(OLD, date(2009, 11, 25), "Satisfactory"))
    newest = desk.ask(SchoolTimeline(OLD, newest_first=True))
    oldest = desk.ask(SchoolTimeline(OLD))
    assert [entry.effective_on.year for entry in oldest.entries] == [1900, 2009, 2015]
    assert newest.entries == tuple(reversed(oldest.entries))


def late_news(desk: Desk) -> None:
    """On 10 March it is recorded that the school was renamed from 1 February."""
    desk.register(OLD)
    desk.set_clock(datetime(2023, 3, 10, 9, tzinfo=UTC))
    renamed = SchoolChanged(OLD, name="Thornage Academy").true_from(date(2023, 2, 1))
    desk.record(f"scheduling.school-{OLD}", renamed, reason="Late news")


@pytest.mark.parametrize(
    ("true_on", "known_on", "name"),
    [
        (None, None, "Thornage Academy"),
        (date(2199, 12, 31), date(2199, 12, 31), "Thornage Academy"),
        (date(2023, 1, 31), None, "Thornage Primary School"),
        (date(2023, 2, 1), None, "Thornage Academy"),
        (date(2023, 2, 1), date(2023, 3, 9), "Thornage Primary School"),
        (date(2023, 2, 1), date(2023, 3, 10), "Thornage Academy"),
        (date(2023, 1, 31), date(2023, 3, 10), "Thornage Primary School"),
    ],
)
def test_back_dated_news_moves_with_each_dial_on_its_own_day(
    desk: Desk, true_on: date | None, known_on: date | None, name: str
) -> None:
    late_news(desk)
    assert desk.ask(SchoolAsOf(OLD, true_on, known_on)).name == name
    shown = "School details changed: name is now Thornage Academy" in says(desk, true_on, known_on)
    assert shown == (name == "Thornage Academy")


def test_a_correction_recorded_later_changes_what_is_known_and_not_what_was_known(desk: Desk) -> None:
    desk.register(OLD)
    desk.handle(RecordInspection(OLD, date(2015, 6, 17), "Good"))
    desk.set_clock(datetime(2023, 3, 10, 9, tzinfo=UTC))
    before = desk.ask(SchoolTimeline(OLD, true_on=date(2015, 6, 17), known_on=date(2023, 3, 9)))
    desk.handle(RecordInspection(OLD, date(2015, 6, 17), "Outstanding"))
    assert desk.ask(SchoolTimeline(OLD, true_on=date(2015, 6, 17), known_on=date(2023, 3, 9))) == before
    assert desk.ask(SchoolTimeline(OLD, true_on=date(2015, 6, 16))).total == 1
    assert desk.ask(SchoolAsOf(OLD, date(2015, 6, 17))).grade == "Outstanding"
    assert desk.ask(SchoolAsOf(OLD, date(2015, 6, 17), date(2023, 3, 9))).grade == "Good"


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        # Midnight in London at the end of the day, in UTC: in summer, and about both changes of the clock.
        (date(2022, 9, 1), datetime(2022, 9, 1, 23, tzinfo=UTC)),
        (date(2011, 10, 29), datetime(2011, 10, 29, 23, tzinfo=UTC)),
        (date(2011, 10, 30), datetime(2011, 10, 31, 0, tzinfo=UTC)),
        (date(2012, 3, 24), datetime(2012, 3, 25, 0, tzinfo=UTC)),
        (date(2012, 3, 25), datetime(2012, 3, 25, 23, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize(("before", "known"), [(timedelta(microseconds=1), 1), (timedelta(0), 0)])
def test_edge_clock_change_midnight_a_known_day_ends_at_midnight_in_london(
    desk: Desk, day: date, midnight: datetime, before: timedelta, known: int
) -> None:
    desk.set_clock(midnight - before)
    desk.register(OLD)
    assert len(says(desk, known_on=day)) == known
    assert len(replay(desk.log, OLD, known_on=day)[0]) == known


def test_pages_follow_each_other_without_gap_or_overlap(desk: Desk) -> None:
    for day in (3, 1, 2, 2, 2, 1, 3):
        desk.record("any.stream", SchoolChanged(OLD, pupils=day).true_from(date(2022, 1, day)))
    for newest_first in (False, True):
        everything = desk.ask(SchoolTimeline(OLD, newest_first=newest_first, limit=7))
        assert (everything.total, everything.more) == (7, False)
        seen, after, more = [], 0, True
        while more:
            page = desk.ask(SchoolTimeline(OLD, newest_first=newest_first, after=after, limit=3))
            seen += page.entries
            after, more = page.entries[-1].position, page.more
            assert page.total == everything.total
        assert tuple(seen) == everything.entries


def test_a_page_after_an_entry_of_another_school_is_refused(desk: Desk) -> None:
    desk.register(OLD, NEW)
    with pytest.raises(Invalid, match=f"no entry 2 in the timeline of school {OLD}"):
        desk.ask(SchoolTimeline(OLD, after=2))


def test_services_can_be_chosen(desk: Desk) -> None:
    desk.register(OLD)
    desk.handle(RecordInspection(OLD, date(2015, 6, 17), "Good"))
    page = desk.ask(SchoolTimeline(OLD, services=("analytics",)))
    assert [entry.service for entry in page.entries] == ["analytics"]
    assert page.total == 1


def test_a_fact_opened_shows_all_that_is_stored_and_no_sealed_text(desk: Desk) -> None:
    recorded = desk.record("notes.note-1", NoteTaken(OLD, "p", "Her name", "Autumn visit"))
    opened = desk.ask(TimelineEntry(OLD, recorded.position))
    assert opened.data == {"urn": OLD, "person": "p", "about": "sealed", "title": "Autumn visit", "reply": None}
    assert opened.hash == recorded.hash.hex()
    assert (opened.stream, opened.version, opened.event_id) == ("notes.note-1", 1, recorded.id)
    assert opened.command_id == opened.causation_id == recorded.metadata.command_id
    assert opened.entry == desk.ask(SchoolTimeline(OLD)).entries[0]


@pytest.mark.parametrize("position", [0, 2, 99])
def test_a_fact_of_another_school_is_not_opened(desk: Desk, position: int) -> None:
    desk.register(OLD, NEW)
    with pytest.raises(Invalid, match="no entry") as refusal:
        desk.ask(TimelineEntry(OLD, position))
    assert list(refusal.value.errors) == ["position"]


def test_events_are_counted_by_month_in_london_and_type(desk: Desk) -> None:
    happened: list[tuple[datetime, Event]] = [
        (datetime(2023, 6, 30, 22, 59, tzinfo=UTC), registered(OLD)),
        (datetime(2023, 6, 30, 23, 0, tzinfo=UTC), SchoolChanged(OLD, name="New")),
        (datetime(2023, 7, 1, tzinfo=UTC), SchoolChanged(OLD, name="Newer")),
    ]
    for instant, event in happened:
        desk.set_clock(instant)
        desk.record("scheduling.school-1", event)
    assert desk.ask(EventCounts()) == (
        EventCount("2023-06", "scheduling.SchoolRegistered", 1),
        EventCount("2023-07", "scheduling.SchoolChanged", 2),
    )
