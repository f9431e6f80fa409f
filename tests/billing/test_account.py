"""What is charged, once, by which route (BR1, BR4), and what is refused."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from services.billing.account import ChargeSubscription, Facts, account, stream
from services.billing.events import ChargeRaised
from services.billing.prices import Price
from services.billing.school_status import SchoolStatus
from services.core.testing import given
from services.scheduling.events import SchoolSubscribed

DAY = date(2022, 9, 1)
BEGAN = date(2011, 9, 1)
PRICE, STATUS, DELIVERY, OTHER = (UUID(int=number) for number in range(1, 5))
COMMAND = ChargeSubscription(120777, 2022, DAY, DELIVERY)
MAINTAINED = Facts(SchoolSubscribed(120777, 2022, DAY), SchoolStatus("maintained", STATUS), Price(265000, BEGAN, PRICE))
ACADEMY = replace(MAINTAINED, status=SchoolStatus("non-maintained", STATUS), price=Price(282000, BEGAN, PRICE))
CHARGE = ChargeRaised(
    charge="120777-2022-1",
    urn=120777,
    year=2022,
    item="full-service",
    quantity=1,
    net=265000,
    tax_date=DAY,
    school_status="maintained",
    route="journal",
    price_event=PRICE,
    status_event=STATUS,
    delivery_event=DELIVERY,
)


def test_a_maintained_school_is_charged_by_journal() -> None:
    given().knowing(MAINTAINED).when(COMMAND, account).then(CHARGE.true_from(DAY))


def test_any_other_school_is_charged_by_invoice() -> None:
    charge = replace(CHARGE, net=282000, school_status="non-maintained", route="invoice")
    given().knowing(ACADEMY).when(COMMAND, account).then(charge.true_from(DAY))


def test_the_net_is_the_price_to_the_penny() -> None:
    odd = replace(MAINTAINED, price=Price(265033, BEGAN, PRICE))
    given().knowing(odd).when(COMMAND, account).then(replace(CHARGE, net=265033).true_from(DAY))


def test_a_subscription_is_charged_once() -> None:
    given(CHARGE).knowing(MAINTAINED).when(COMMAND, account).then()


def test_what_was_charged_stays_charged_when_price_and_status_have_gone() -> None:
    given(CHARGE).knowing(Facts(None, None, None)).when(COMMAND, account).then()


def test_a_second_subscription_of_the_year_is_the_second_charge() -> None:
    second = replace(CHARGE, charge="120777-2022-2", delivery_event=OTHER)
    again = replace(COMMAND, delivery_event=OTHER)
    given(CHARGE).knowing(MAINTAINED).when(again, account).then(second.true_from(DAY))


@pytest.mark.parametrize(
    ("missing", "reason", "field"),
    [
        ({"subscription": None}, "no such subscription", "delivery_event"),
        ({"subscription": SchoolSubscribed(120777, 2022, date(2022, 10, 1))}, "does not begin on", "tax_date"),
        ({"status": None}, "do not say whether school 120777 was maintained on 1 September 2022", "tax_date"),
        ({"price": None}, "no price of full-service for maintained schools on 1 September 2022", "tax_date"),
    ],
)
def test_what_cannot_be_explained_is_refused(missing: dict[str, Any], reason: str, field: str) -> None:
    given().knowing(replace(MAINTAINED, **missing)).when(COMMAND, account).refused(reason, field)


def test_each_school_has_an_account_a_year() -> None:
    assert stream(COMMAND) == "billing.account-120777-2022"
