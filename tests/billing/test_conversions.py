"""BR8 and the edge cases around it: a year in parts, in whatever order and however late the facts arrive."""

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from services.billing.events import ChargeReversed, PartYearCharged
from tests.billing.conversion import ACADEMY, ACADEMY_ROW, FACTS, LINK, YEAR, close, lines, link, load_prices, register
from tests.platform import SCHOOL, Platform, opened_platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """SCHOOL has bought and was charged for 2022-23."""
    with opened_platform(tmp_path) as platform:
        load_prices(platform)
        platform.on(date(2022, 9, 1)).do("scheduling.SubscribeSchool", urn=SCHOOL, year=YEAR)
        yield platform


FULL = ("ChargeRaised", 265_000, "journal")
BACK = ("ChargeReversed", -265_000, "journal")
SEVEN = ("PartYearCharged", 154_583, "journal")
FIVE = ("PartYearCharged", 117_500, "invoice")


@pytest.mark.parametrize(
    "order", list(permutations(FACTS)), ids=lambda order: "-".join(each.__name__ for each in order)
)
def test_edge_academy_conversion_mid_year_in_any_order_of_its_facts(platform: Platform, order: Any) -> None:
    platform.on(date(2023, 4, 1))
    for fact in order:
        fact(platform)
    assert lines(platform) == [FULL, BACK, SEVEN]
    assert lines(platform, ACADEMY) == [FIVE]
    assert platform.parked() == []


def test_edge_late_news_of_conversion_months_after_the_fact(platform: Platform) -> None:
    platform.on(date(2023, 7, 20))
    for fact in FACTS:
        fact(platform)
    assert lines(platform) == [FULL, BACK, SEVEN]
    assert lines(platform, ACADEMY) == [FIVE]
    (reversal,) = platform.recorded(ChargeReversed)
    assert reversal.metadata.effective_on == date(2022, 9, 1)
    assert reversal.recorded.date() == date(2023, 7, 20)
    old, new = platform.recorded(PartYearCharged)
    assert old.metadata.effective_on == date(2022, 9, 1)
    assert new.metadata.effective_on == date(2023, 4, 1)


def test_edge_late_news_of_conversion_after_the_next_year_was_bought_under_the_old_number(platform: Platform) -> None:
    platform.on(date(2023, 9, 1)).do("scheduling.SubscribeSchool", urn=SCHOOL, year=2023)
    platform.on(date(2023, 11, 5))
    for fact in FACTS:
        fact(platform)
    assert lines(platform, SCHOOL, 2023) == [FULL, BACK]
    assert lines(platform, ACADEMY, 2023) == [("PartYearCharged", 282_000, "invoice")]
    assert lines(platform) == [FULL, BACK, SEVEN]


def test_edge_late_news_of_conversion_twice_is_once(platform: Platform) -> None:
    platform.on(date(2023, 7, 20))
    for fact in (*FACTS, *FACTS):
        fact(platform)
    platform.do("scheduling.LinkSchools", **LINK)
    cause = platform.events(PartYearCharged)[0].cause_event
    split: dict[str, Any] = {
        "urn": SCHOOL,
        "year": YEAR,
        "at": "2023-04-01",
        "cause_event": str(cause),
        "cause": "successor",
    }
    platform.do("billing.SplitYear", **split)
    platform.do("billing.ChargeSuccessor", urn=ACADEMY, year=YEAR)
    assert lines(platform) == [FULL, BACK, SEVEN]
    assert lines(platform, ACADEMY) == [FIVE]


def test_edge_late_news_of_conversion_before_anything_was_charged(tmp_path: Path) -> None:
    """The charge waits for its price; by then the year has fallen in parts, and only the parts are charged."""
    with opened_platform(tmp_path) as platform:
        platform.on(date(2022, 9, 1)).do("scheduling.SubscribeSchool", urn=SCHOOL, year=YEAR)
        platform.on(date(2023, 7, 20))
        for fact in FACTS:
            fact(platform)
        assert lines(platform) == lines(platform, ACADEMY) == []
        load_prices(platform)
        for runner in reversed(platform.runtime.policies):
            runner.retry()
        platform.runtime.settle()
        assert lines(platform) == [SEVEN]
        assert lines(platform, ACADEMY) == [FIVE]
        assert platform.parked() == []


@pytest.mark.parametrize(
    ("established", "old", "new"),
    [
        ("2023-03-31", 154_583, 117_500),
        ("2023-04-15", 154_583, 117_500),
        ("2023-04-16", 176_667, 94_000),
        ("2022-09-30", 22_083, 258_500),
    ],
)
def test_br8_another_day_counts_from_the_nearest_first_of_a_month(
    platform: Platform, established: str, old: int, new: int
) -> None:
    platform.on(date(2023, 7, 20))
    register(platform, opened=established, effective_on=established)
    link(platform, established=established)
    assert lines(platform)[-1] == ("PartYearCharged", old, "journal")
    assert lines(platform, ACADEMY) == [("PartYearCharged", new, "invoice")]


def test_br8_the_link_says_the_day_when_the_closing_date_says_another(platform: Platform) -> None:
    platform.on(date(2023, 7, 20))
    close(platform, closed="2023-02-28")
    assert lines(platform) == [FULL, BACK, ("PartYearCharged", 132_500, "journal")]
    register(platform)
    link(platform)
    back = ("ChargeReversed", -132_500, "journal")
    assert lines(platform)[2:] == [("PartYearCharged", 132_500, "journal"), back, SEVEN]
    assert lines(platform, ACADEMY) == [FIVE]


def test_br8_a_school_that_converts_twice_in_a_year_pays_in_three_parts(platform: Platform) -> None:
    platform.on(date(2023, 8, 1))
    for fact in FACTS:
        fact(platform)
    third = ACADEMY + 1 - 100
    register: dict[str, Any] = ACADEMY_ROW | {"urn": third, "opened": "2023-06-01", "effective_on": "2023-06-01"}
    platform.do("scheduling.RecordSchool", **register)
    platform.do(
        "scheduling.LinkSchools", **LINK | {"predecessor": ACADEMY, "successor": third, "established": "2023-06-01"}
    )
    parts = [line[1] for line in lines(platform, ACADEMY)]
    assert parts == [117_500, -117_500, 47_000]
    assert lines(platform, third) == [("PartYearCharged", 70_500, "invoice")]


def test_edge_closure_takes_the_full_charge_back_and_charges_the_months_before(platform: Platform) -> None:
    platform.on(date(2023, 1, 10))
    close(platform, closed="2022-12-31", effective_on="2022-12-31")
    assert lines(platform) == [FULL, BACK, ("PartYearCharged", 88_333, "journal")]
    assert platform.parked() == []


def test_edge_closure_after_the_year_changes_nothing(platform: Platform) -> None:
    platform.on(date(2023, 9, 2))
    close(platform, closed="2023-08-31")
    assert lines(platform) == [FULL]


def test_edge_merger_v_amalgamation_leaves_the_school_that_stays_open_with_its_own_charge(platform: Platform) -> None:
    platform.on(date(2022, 9, 2))
    register(platform, opened="2014-09-01", effective_on="2014-09-01")
    platform.do("scheduling.SubscribeSchool", urn=ACADEMY, year=YEAR)
    platform.on(date(2023, 4, 3))
    link(platform, link_type="Successor - merged")
    close(platform)
    assert lines(platform) == [FULL, BACK, SEVEN]
    assert lines(platform, ACADEMY) == [("ChargeRaised", 282_000, "invoice")]


def test_edge_merger_v_amalgamation_told_as_a_plain_link_charges_nobody_twice(platform: Platform) -> None:
    platform.on(date(2022, 9, 2))
    register(platform, opened="2014-09-01", effective_on="2014-09-01")
    platform.do("scheduling.SubscribeSchool", urn=ACADEMY, year=YEAR)
    platform.on(date(2023, 4, 3))
    link(platform)
    assert lines(platform, ACADEMY) == [("ChargeRaised", 282_000, "invoice")]


def test_br7_a_new_academy_that_ordered_the_year_itself_pays_for_its_months_only(platform: Platform) -> None:
    platform.on(date(2023, 4, 3))
    register(platform)
    platform.do("scheduling.SubscribeSchool", urn=ACADEMY, year=YEAR, begins="2023-04-01")
    assert lines(platform, ACADEMY) == [("ChargeRaised", 282_000, "invoice")]
    link(platform)
    whole, back = ("ChargeRaised", 282_000, "invoice"), ("ChargeReversed", -282_000, "invoice")
    assert lines(platform, ACADEMY) == [whole, back, FIVE]


def test_br7_a_new_academy_that_orders_after_it_was_charged_is_not_charged_again(platform: Platform) -> None:
    platform.on(date(2023, 4, 3))
    for fact in FACTS:
        fact(platform)
    platform.do("scheduling.SubscribeSchool", urn=ACADEMY, year=YEAR, begins="2023-04-01")
    assert lines(platform, ACADEMY) == [FIVE]


def test_nothing_is_taken_back_before_somebody_else_can_be_charged(platform: Platform) -> None:
    """A link to a school that is not in the record: who would pay for the rest?"""
    platform.on(date(2023, 4, 3))
    link(platform)
    assert lines(platform) == [FULL]
    register(platform)
    assert lines(platform) == [FULL, BACK, SEVEN]
    assert lines(platform, ACADEMY) == [FIVE]


def test_a_link_of_long_ago_or_of_another_kind_changes_nothing(platform: Platform) -> None:
    register(platform, opened="2014-09-01", effective_on="2014-09-01")
    link(platform, established="2014-09-01")
    platform.do("scheduling.LinkSchools", **LINK | {"established": None, "link_type": "Successor - merged"})
    platform.do("scheduling.LinkSchools", **LINK | {"link_type": "Expansion"})
    assert lines(platform) == [FULL]
    assert lines(platform, ACADEMY) == []
    assert platform.parked() == []
