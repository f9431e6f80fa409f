"""What is charged for a subscription, once, by which route (BR1, BR4), and what is refused."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from services.billing.events import ChargeRaised
from services.billing.prices import Price
from services.billing.quotes import Quote
from services.billing.school_status import SchoolStatus
from services.billing.subscriptions import ChargeSubscription, Subscription, stream, subscription_charge
from services.core.testing import given

DAY = date(2022, 9, 1)
BEGAN = date(2011, 9, 1)
PRICE, STATUS, DELIVERY, OTHER = (UUID(int=number) for number in range(1, 5))
COMMAND = ChargeSubscription(120777, 2022, DAY, DELIVERY)
QUOTE = Quote(120777, DAY, SchoolStatus("maintained", STATUS), {"full-service": Price(265000, BEGAN, PRICE)})
MAINTAINED = Subscription(DELIVERY, DAY, ("full-service",), DELIVERY, QUOTE)
ACADEMY = replace(
    MAINTAINED,
    quote=Quote(120777, DAY, SchoolStatus("non-maintained", STATUS), {"full-service": Price(282000, BEGAN, PRICE)}),
)
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


def test_br1_br4_a_maintained_school_is_charged_by_journal() -> None:
    given().knowing(MAINTAINED).when(COMMAND, subscription_charge).then(CHARGE.true_from(DAY))


def test_br1_br4_any_other_school_is_charged_by_invoice() -> None:
    charge = replace(CHARGE, net=282000, school_status="non-maintained", route="invoice")
    given().knowing(ACADEMY).when(COMMAND, subscription_charge).then(charge.true_from(DAY))


def test_br7_the_annual_charge_is_due_in_full_even_if_joined_late() -> None:
    june = date(2023, 6, 1)
    late = replace(MAINTAINED, begins=june, quote=replace(QUOTE, day=june))
    charge = replace(CHARGE, tax_date=june).true_from(june)
    given().knowing(late).when(replace(COMMAND, tax_date=june), subscription_charge).then(charge)


def test_the_net_is_the_price_to_the_penny() -> None:
    odd = replace(MAINTAINED, quote=replace(QUOTE, prices={"full-service": Price(265033, BEGAN, PRICE)}))
    given().knowing(odd).when(COMMAND, subscription_charge).then(replace(CHARGE, net=265033).true_from(DAY))


def test_a_subscription_is_charged_once() -> None:
    given(CHARGE).knowing(MAINTAINED).when(COMMAND, subscription_charge).then()


def test_what_was_charged_stays_charged_when_its_facts_have_gone() -> None:
    given(CHARGE).knowing(None).when(COMMAND, subscription_charge).then()


def test_the_programme_of_a_year_is_charged_once_whatever_delivers_it() -> None:
    again = replace(COMMAND, delivery_event=OTHER)
    given(CHARGE).knowing(MAINTAINED).when(again, subscription_charge).then()


def test_a_service_charged_before_is_no_programme() -> None:
    service = replace(CHARGE, item="brokering", delivery_event=OTHER)
    second = replace(CHARGE, charge="120777-2022-2")
    given(service).knowing(MAINTAINED).when(COMMAND, subscription_charge).then(second.true_from(DAY))


@pytest.mark.parametrize(
    ("facts", "reason", "field"),
    [
        (None, "no such subscription", "delivery_event"),
        (replace(MAINTAINED, begins=date(2022, 10, 1)), "does not begin on", "tax_date"),
        (
            replace(MAINTAINED, quote=replace(QUOTE, status=None)),
            "do not say whether school 120777 was maintained on 1 September 2022",
            "tax_date",
        ),
        (
            replace(MAINTAINED, quote=replace(QUOTE, prices={})),
            "no price of full-service for maintained schools on 1 September 2022. Set one first.",
            "tax_date",
        ),
    ],
)
def test_what_cannot_be_explained_is_refused(facts: Any, reason: str, field: str) -> None:
    given().knowing(facts).when(COMMAND, subscription_charge).refused(reason, field)


def test_each_school_has_an_account_a_year() -> None:
    assert stream(COMMAND) == "billing.account-120777-2022"
