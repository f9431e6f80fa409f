"""BR1: prices are dated data in exact pence."""

from datetime import date

import pytest

from services.billing.events import PriceSet
from services.billing.prices import SetPrice, price_on, prices
from services.core.schemas import Invalid, load
from services.core.testing import given
from tests.billing.histories import history

BEGAN, RISE = date(2011, 9, 1), date(2023, 9, 1)
OLD = PriceSet("full-service", "maintained", 265000, BEGAN)
NEW = PriceSet("full-service", "maintained", 281900, RISE)


def pence_on(day: date, *events: PriceSet, school_status: str = "maintained") -> int | None:
    price = price_on(history("billing.prices", *events), "full-service", school_status, day)
    return None if price is None else price.pence


def test_a_price_is_true_from_the_day_it_begins() -> None:
    given().when(SetPrice("full-service", "maintained", 265000, BEGAN), prices).then(OLD.true_from(BEGAN))


def test_the_same_price_again_records_nothing() -> None:
    given(OLD).when(SetPrice("full-service", "maintained", 265000, BEGAN), prices).then()


def test_another_price_or_day_or_status_is_recorded() -> None:
    for command in (
        SetPrice("full-service", "maintained", 265001, BEGAN),
        SetPrice("full-service", "maintained", 265000, RISE),
        SetPrice("full-service", "non-maintained", 265000, BEGAN),
    ):
        event = PriceSet(command.item, command.school_status, command.pence, command.begins)
        given(OLD).when(command, prices).then(event.true_from(command.begins))


def test_setting_a_price_back_is_recorded() -> None:
    """What counts is the price now, not whether it was ever set."""
    other = PriceSet("full-service", "maintained", 1, BEGAN)
    given(OLD, other).when(SetPrice("full-service", "maintained", 265000, BEGAN), prices).then(OLD.true_from(BEGAN))


@pytest.mark.parametrize(
    ("day", "pence"),
    [
        (date(2011, 8, 31), None),
        (BEGAN, 265000),
        (date(2023, 8, 31), 265000),
        (RISE, 281900),
        (date(2030, 1, 1), 281900),
    ],
)
def test_the_price_that_began_last_holds(day: date, pence: int | None) -> None:
    assert pence_on(day, OLD, NEW) == pence
    assert pence_on(day, NEW, OLD) == pence


def test_of_two_prices_with_one_beginning_the_later_recorded_holds() -> None:
    corrected = PriceSet("full-service", "maintained", 264999, BEGAN)
    assert pence_on(BEGAN, OLD, corrected) == 264999
    assert pence_on(BEGAN, corrected, OLD) == 265000


def test_neither_price_is_derived_from_the_other() -> None:
    academies = PriceSet("full-service", "non-maintained", 282000, BEGAN)
    assert pence_on(RISE, OLD, academies, NEW, school_status="non-maintained") == 282000
    assert pence_on(BEGAN, OLD, school_status="non-maintained") is None


def test_a_price_is_of_one_item() -> None:
    other = PriceSet("improvement-day", "maintained", 1, BEGAN)
    assert pence_on(BEGAN, OLD, other) == 265000


def test_a_price_names_the_event_that_set_it() -> None:
    events = history("billing.prices", OLD, NEW)
    price = price_on(events, "full-service", "maintained", RISE)
    assert price is not None
    assert price.event == events[1].id


@pytest.mark.parametrize(
    ("field", "value"),
    [("pence", -1), ("pence", 100_000_001), ("pence", "2650.50"), ("item", "full"), ("school_status", "academy")],
)
def test_input_that_is_no_price_is_refused_by_field(field: str, value: object) -> None:
    good = {"item": "full-service", "school_status": "maintained", "pence": 265000, "begins": "2011-09-01"}
    assert load(SetPrice, good) == SetPrice("full-service", "maintained", 265000, BEGAN)
    with pytest.raises(Invalid) as invalid:
        load(SetPrice, {**good, field: value})
    assert list(invalid.value.errors) == [field]
