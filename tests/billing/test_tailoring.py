"""BR2: a tailored programme is charged by its visits, and chargeable services by what was delivered."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from services.billing.account import Account
from services.billing.events import ChargeRaised, ChargeReversed, PartYearCharged
from services.billing.extra_services import ChargeService, service_charge
from services.billing.prices import Price
from services.billing.queries.charges import SchoolStatement
from services.billing.quotes import Quote
from services.billing.school_status import SchoolStatus
from services.billing.tailoring import ChargeTailored, tailored_charge
from services.core.events import Dated
from services.core.testing import given
from tests.billing.histories import MAINTAINED, YEAR_BEGINS, delivered, maintained, settled, subscribed
from tests.billing.office import Office
from tests.billing.test_subscriptions import CHARGE, PRICE, STATUS

NOVEMBER = date(2022, 11, 1)
SETTLED, CAUSE = UUID(int=7), UUID(int=8)
MAINTAINED_THEN = SchoolStatus("maintained", STATUS)
TAILOR = ChargeTailored(120777, 2022, "tailored", ("1", "3"), NOVEMBER, SETTLED)
BACK_TO_FULL = replace(TAILOR, programme="full", visits=("1", "2", "3", "4"), delivery_event=UUID(int=9))
QUOTE = Quote(
    120777,
    NOVEMBER,
    MAINTAINED_THEN,
    {
        item: Price(pence, YEAR_BEGINS, PRICE)
        for item, pence in (("visit-1", 80_000), ("visit-3", 70_001), ("full-service", 265_000))
    },
)
REVERSAL = ChargeReversed(
    charge="120777-2022-2",
    urn=120777,
    year=2022,
    reverses="120777-2022-1",
    item="full-service",
    net=-265_000,
    tax_date=YEAR_BEGINS,
    school_status="maintained",
    route="journal",
    cause_event=SETTLED,
)
VISIT_1 = replace(CHARGE, charge="120777-2022-3", item="visit-1", net=80_000, tax_date=NOVEMBER, delivery_event=SETTLED)
VISIT_3 = replace(VISIT_1, charge="120777-2022-4", item="visit-3", net=70_001)


def test_br2_tailoring_takes_the_full_charge_back_and_charges_the_visits_agreed() -> None:
    given(CHARGE).knowing(QUOTE).when(TAILOR, tailored_charge).then(
        REVERSAL.true_from(YEAR_BEGINS), VISIT_1.true_from(NOVEMBER), VISIT_3.true_from(NOVEMBER)
    )


def test_br2_back_to_full_is_the_reverse() -> None:
    back = [
        replace(
            REVERSAL,
            charge=f"120777-2022-{number}",
            reverses=visit.charge,
            item=visit.item,
            net=-visit.net,
            tax_date=NOVEMBER,
            cause_event=BACK_TO_FULL.delivery_event,
        ).true_from(NOVEMBER)
        for number, visit in ((5, VISIT_1), (6, VISIT_3))
    ]
    full = replace(
        CHARGE, charge="120777-2022-7", tax_date=NOVEMBER, delivery_event=BACK_TO_FULL.delivery_event
    ).true_from(NOVEMBER)
    given(CHARGE, REVERSAL, VISIT_1, VISIT_3).knowing(QUOTE).when(BACK_TO_FULL, tailored_charge).then(*back, full)


@pytest.mark.parametrize("command", [BACK_TO_FULL, replace(BACK_TO_FULL, delivery_event=SETTLED)])
def test_br2_full_settled_with_nothing_tailored_changes_nothing(command: ChargeTailored) -> None:
    given(CHARGE).knowing(QUOTE).when(command, tailored_charge).then()


def test_br2_the_same_settlement_again_and_the_same_visits_settled_again_change_nothing() -> None:
    done = given(CHARGE, REVERSAL, VISIT_1, VISIT_3).knowing(QUOTE)
    done.when(TAILOR, tailored_charge).then()
    done.when(replace(TAILOR, delivery_event=UUID(int=11)), tailored_charge).then()


def test_br2_an_item_without_a_price_is_refused_in_words() -> None:
    no_price = replace(QUOTE, prices={})
    said = "There is no price of visit-1 for maintained schools on 1 November 2022. Set one first."
    given(CHARGE).knowing(no_price).when(TAILOR, tailored_charge).refused(said, "tax_date")


def test_br3_a_settlement_that_names_the_ip_day_charges_nothing_for_it() -> None:
    named = replace(TAILOR, visits=("1", "3", "ip"))
    decided = given(CHARGE).knowing(QUOTE).when(named, tailored_charge).events
    assert len(decided) == 3


def test_br8_a_year_in_parts_stays_in_parts_when_it_is_tailored() -> None:
    part = PartYearCharged(
        "120777-2022-3",
        120777,
        2022,
        "full-service",
        7,
        154_583,
        YEAR_BEGINS,
        "maintained",
        "journal",
        PRICE,
        STATUS,
        CHARGE.delivery_event,
        CAUSE,
    )
    decided = given(CHARGE, REVERSAL, part).knowing(QUOTE).when(TAILOR, tailored_charge).events
    charges: Any = [dated.event for dated in decided[1:] if isinstance(dated, Dated)]
    assert [(charge.item, charge.months, charge.net) for charge in charges] == [
        ("visit-1", 7, 46_667),
        ("visit-3", 7, 40_834),
    ]


def test_a_programme_that_is_not_charged_yet_is_left_to_its_subscription() -> None:
    given().knowing(QUOTE).when(TAILOR, tailored_charge).then()
    assert Account().months is None


def charged(office: Office) -> list[tuple[str, int]]:
    return [(line.item, line.net) for line in office.ask(SchoolStatement(MAINTAINED)).lines]


def visit_prices(office: Office) -> None:
    office.set_price("maintained", 80_000, item="visit-1")
    office.set_price("maintained", 70_001, item="visit-3")


def test_br2_a_settled_programme_is_charged_by_itself(office: Office) -> None:
    visit_prices(office)
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.runtime.settle()
    office.record(MAINTAINED, settled(MAINTAINED, "1", "3"))
    full = ("full-service", 265_000)
    visits = [("visit-1", 80_000), ("visit-3", 70_001)]
    assert charged(office) == [full, ("full-service", -265_000), *visits]
    office.record(MAINTAINED, settled(MAINTAINED, version=2))
    assert charged(office)[4:] == [("visit-1", -80_000), ("visit-3", -70_001), full]


def test_br2_a_programme_settled_before_it_is_bought_is_charged_by_its_visits_at_once(office: Office) -> None:
    visit_prices(office)
    office.record(MAINTAINED, maintained(), settled(MAINTAINED, "1", "3"))
    office.runtime.settle()
    assert charged(office) == []
    office.record(MAINTAINED, subscribed(MAINTAINED))
    assert charged(office) == [("visit-1", 80_000), ("visit-3", 70_001)]


def test_br2_a_visit_without_a_price_waits_in_sight_until_there_is_one(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.runtime.settle()
    office.record(MAINTAINED, settled(MAINTAINED, "1", "3"))
    assert charged(office) == [("full-service", 265_000)]
    (policy,) = (each for each in office.runtime.policies if each.parked())
    assert "no price of visit-1 for maintained schools" in policy.parked()[0]["error"]
    visit_prices(office)
    assert policy.retry() == 0
    assert len(charged(office)) == 4


SERVICE = ChargeService(120777, 2022, "validation", 3, NOVEMBER, SETTLED)
VALIDATION = Quote(120777, NOVEMBER, MAINTAINED_THEN, {"validation": Price(12_345, YEAR_BEGINS, PRICE)})


def test_br2_a_delivered_service_is_charged_by_its_quantity() -> None:
    charge = replace(
        CHARGE, item="validation", quantity=3, net=37_035, tax_date=NOVEMBER, delivery_event=SETTLED
    ).true_from(NOVEMBER)
    given().knowing(VALIDATION).when(SERVICE, service_charge).then(charge)


def test_br2_a_delivery_is_charged_once_and_never_without_a_price() -> None:
    charge = ChargeRaised(**{**{f: getattr(CHARGE, f) for f in CHARGE.__struct_fields__}, "delivery_event": SETTLED})
    given(charge).knowing(VALIDATION).when(SERVICE, service_charge).then()
    no_price = replace(VALIDATION, prices={})
    given().knowing(no_price).when(SERVICE, service_charge).refused("no price of validation", "tax_date")


def test_br2_a_service_is_charged_when_it_is_delivered_and_again_when_more_of_it_is(office: Office) -> None:
    office.set_price("maintained", 12_345, item="validation")
    office.record(MAINTAINED, maintained(), delivered(MAINTAINED, "validation", 2), delivered(MAINTAINED, "validation"))
    assert charged(office) == [("validation", 24_690), ("validation", 12_345)]
