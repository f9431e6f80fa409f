"""BR7 and the buyer who stops: terms of contracts are dated data."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from services.billing.contract_terms import Terms, all_terms, contract_year, terms_on
from services.billing.events import PartYearCharged
from services.billing.year_split import Facts, SplitYear, year_split
from services.core.events import Dated
from services.core.testing import given
from tests.billing.conversion import ACADEMY, ACADEMY_ROW, YEAR, lines, load_prices
from tests.billing.test_subscriptions import CHARGE, PRICE
from tests.billing.test_tailoring import CAUSE
from tests.platform import Platform, opened_platform


def test_br7_contract_years_run_from_april_for_maintained_schools_and_from_september_for_others() -> None:
    day = date(2022, 9, 1)
    maintained, others = (terms_on(day, status, all_terms()) for status in ("maintained", "non-maintained"))
    assert maintained
    assert others
    assert contract_year(maintained, day) == (date(2022, 4, 1), date(2023, 3, 31))
    assert contract_year(maintained, date(2023, 3, 31)) == (date(2022, 4, 1), date(2023, 3, 31))
    assert contract_year(others, day) == (date(2022, 9, 1), date(2023, 8, 31))
    assert contract_year(others, date(2022, 8, 31)) == (date(2021, 9, 1), date(2022, 8, 31))


def test_br7_terms_hold_from_their_day_on() -> None:
    old = Terms(date(2011, 9, 1), "maintained", 4, 6, True)
    new = replace(old, begins=date(2024, 4, 1), full_year_due=False)
    assert terms_on(date(2024, 3, 31), "maintained", [new, old]) == old
    assert terms_on(date(2024, 4, 1), "maintained", [new, old]) == new
    assert terms_on(date(2011, 8, 31), "maintained", [new, old]) is None
    assert terms_on(date(2024, 4, 1), "non-maintained", [new, old]) is None


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_platform(tmp_path) as platform:
        load_prices(platform)
        platform.on(date(2022, 9, 1))
        row: dict[str, Any] = ACADEMY_ROW | {"opened": "2014-09-01", "effective_on": "2014-09-01"}
        platform.do("scheduling.RecordSchool", **row)
        platform.do("scheduling.SubscribeSchool", urn=ACADEMY, year=YEAR)
        yield platform


def test_edge_non_maintained_buyer_who_stops_mid_year_still_owes_the_whole_year(platform: Platform) -> None:
    platform.on(date(2023, 1, 10))
    end: dict[str, Any] = {"urn": ACADEMY, "year": YEAR, "ends": "2023-02-01"}
    platform.do("scheduling.EndSubscription", because="The trust buys elsewhere", **end)
    assert lines(platform, ACADEMY) == [("ChargeRaised", 282_000, "invoice")]
    assert platform.parked() == []
    (stopped,) = (each for each in platform.ask("billing.Exceptions", year=YEAR).found if each.kind == "stopped")
    assert stopped.says == "Nothing is given back: by the contract the whole year is due with 6 months’ notice"


def test_edge_non_maintained_buyer_who_stops_mid_year_pays_by_the_month_where_the_terms_say_so() -> None:
    by_month = replace(all_terms()[0], full_year_due=False)
    stop = SplitYear(120777, 2022, date(2023, 2, 1), CAUSE, "stopped")
    facts = Facts(None, {PRICE: 265_000}, [by_month])
    _, part = given(CHARGE).knowing(facts).when(stop, year_split).events
    assert isinstance(part, Dated)
    assert isinstance(part.event, PartYearCharged)
    assert (part.event.months, part.event.net) == (5, 110_417)
    given(CHARGE).knowing(replace(facts, terms=all_terms())).when(stop, year_split).then()
