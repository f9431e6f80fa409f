"""A school subscribes for an academic year, from a day on which it is open."""

from datetime import date
from typing import Any

import pytest

from services.core.deciders import Refused
from services.core.testing import given
from services.scheduling.events import SchoolRegistered, SchoolSubscribed, SubscriptionEnded
from services.scheduling.school import School
from services.scheduling.subscription import EndSubscription, Facts, SubscribeSchool, subscription_decider
from tests.scheduling.platform import ROW, Platform

FIRST = date(2022, 9, 1)
SUBSCRIBED = SchoolSubscribed(120777, 2022, FIRST)


def school(**fields: Any) -> Facts:
    row = {name: value for name, value in ROW.items() if name != "effective_on"}
    return Facts(School(SchoolRegistered(**{**row, **fields})))


def test_a_subscription_begins_with_the_academic_year() -> None:
    given().knowing(school()).when(SubscribeSchool(120777, 2022), subscription_decider).then(
        SUBSCRIBED.true_from(FIRST)
    )


@pytest.mark.parametrize("begins", [FIRST, date(2023, 8, 31)])
def test_it_may_begin_on_any_day_of_the_year(begins: date) -> None:
    given().knowing(school()).when(SubscribeSchool(120777, 2022, begins), subscription_decider).then(
        SchoolSubscribed(120777, 2022, begins).true_from(begins)
    )


@pytest.mark.parametrize("begins", [date(2022, 8, 31), date(2023, 9, 1)])
def test_it_may_not_begin_outside_the_year(begins: date) -> None:
    outside = SubscribeSchool(120777, 2022, begins)
    given().knowing(school()).when(outside, subscription_decider).refused(
        "from 1 September 2022 to 31 August 2023", "begins"
    )


def test_an_unknown_school_cannot_subscribe() -> None:
    given().knowing(Facts(None)).when(SubscribeSchool(120777, 2022), subscription_decider).refused("120777", "urn")


def test_a_school_subscribes_once_a_year() -> None:
    again = given(SUBSCRIBED).knowing(school()).when(SubscribeSchool(120777, 2022), subscription_decider)
    again.refused("already subscribed for 2022-23", "year")


@pytest.mark.parametrize("closed", [None, date(2022, 8, 31), FIRST])
def test_a_closed_school_cannot_subscribe(closed: date | None) -> None:
    gone = school(status="Closed", closed=closed)
    given().knowing(gone).when(SubscribeSchool(120777, 2022), subscription_decider).refused("can't subscribe", "urn")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "Closed", "closed": date(2022, 9, 2)},
        {"status": "Open, but proposed to close", "closed": date(2022, 8, 31)},
        {"status": "Proposed to open", "opened": FIRST},
    ],
)
def test_a_school_that_is_open_on_the_day_can_subscribe(fields: dict[str, Any]) -> None:
    open_then = school(**fields)
    given().knowing(open_then).when(SubscribeSchool(120777, 2022), subscription_decider).then(
        SUBSCRIBED.true_from(FIRST)
    )


def test_a_school_cannot_subscribe_before_it_opens() -> None:
    later = school(opened=date(2022, 9, 2))
    given().knowing(later).when(SubscribeSchool(120777, 2022), subscription_decider).refused(
        "opens on 2 September 2022", "begins"
    )


def test_the_schools_own_stream_decides_before_any_read_model_knows(platform: Platform) -> None:
    platform.do("RecordSchool", **ROW)
    result = platform.do("SubscribeSchool", urn=120777, year=2022)
    assert result.stream == "scheduling.subscription-120777-2022"
    [recorded] = platform.runtime.log.read(result.stream)
    assert (recorded.data, recorded.metadata.effective_on) == (SUBSCRIBED, FIRST)
    platform.do("RecordSchool", **{**ROW, "status": "Closed", "closed": FIRST, "effective_on": FIRST})
    with pytest.raises(Refused, match="closed on 1 September 2022"):
        platform.do("SubscribeSchool", urn=120777, year=2023)


def test_back_dated_news_of_an_earlier_state_does_not_reopen_a_school(platform: Platform) -> None:
    platform.do("RecordSchool", **ROW)
    platform.do("RecordSchool", **{**ROW, "status": "Closed", "closed": FIRST, "effective_on": FIRST})
    platform.do("RecordSchool", **{**ROW, "status": "Open, but proposed to close", "effective_on": date(2022, 3, 1)})
    with pytest.raises(Refused, match="closed"):
        platform.do("SubscribeSchool", urn=120777, year=2022)


def test_a_double_post_subscribes_once(platform: Platform) -> None:
    platform.do("RecordSchool", **ROW)
    first = platform.do("SubscribeSchool", urn=120777, year=2022)
    again = platform.do("SubscribeSchool", urn=120777, year=2022, command_id=_command_of(platform, first.stream))
    assert (again.repeated, again.events) == (True, first.events)
    assert len(platform.runtime.log.read(first.stream)) == 1
    with pytest.raises(Refused, match="already subscribed"):
        platform.do("SubscribeSchool", urn=120777, year=2022)


def _command_of(platform: Platform, stream: str) -> Any:
    return platform.runtime.log.read(stream)[0].metadata.command_id


STOP = EndSubscription(120777, 2022, date(2023, 1, 1))
STOPPED = SubscriptionEnded(120777, 2022, date(2023, 1, 1))


def test_edge_non_maintained_buyer_who_stops_mid_year_stops_from_a_day_and_with_a_reason() -> None:
    taking = given(SUBSCRIBED).knowing(school())
    taking.when(STOP, subscription_decider).refused("Give the reason", "reason")
    taking.because("They joined a trust").when(STOP, subscription_decider).then(STOPPED.true_from(date(2023, 1, 1)))


def test_a_school_that_went_on_with_its_predecessors_programme_can_stop_too() -> None:
    gone_on = given().knowing(Facts(None, taken_over=date(2022, 11, 1))).because("They joined a trust")
    gone_on.when(STOP, subscription_decider).then(STOPPED.true_from(date(2023, 1, 1)))


@pytest.mark.parametrize("ends", [FIRST, date(2023, 9, 1)])
def test_a_subscription_ends_within_its_year_and_after_it_begins(ends: date) -> None:
    taking = given(SUBSCRIBED).knowing(school()).because("They joined a trust")
    taking.when(EndSubscription(120777, 2022, ends), subscription_decider).refused("Enter a day after", "ends")


def test_what_was_not_bought_or_has_ended_cannot_end() -> None:
    nothing = given().knowing(school()).because("They joined a trust")
    nothing.when(STOP, subscription_decider).refused("does not take the programme for 2022-23", "urn")
    over = given(SUBSCRIBED, STOPPED).knowing(school()).because("They joined a trust")
    over.when(STOP, subscription_decider).then()
    later = EndSubscription(120777, 2022, date(2023, 2, 1))
    over.when(later, subscription_decider).refused("stops on 1 January 2023 already", "ends")


def test_what_is_known_of_a_school_tells_when_it_stopped(platform: Platform) -> None:
    platform.do("RecordSchool", **ROW)
    platform.do("SubscribeSchool", urn=120777, year=2022)
    platform.do("EndSubscription", reason="They joined a trust", urn=120777, year=2022, ends=date(2023, 1, 1))
    (subscribed,) = platform.ask("SchoolByUrn", urn=120777).subscriptions
    assert (subscribed.begins, subscribed.ends) == (FIRST, date(2023, 1, 1))
