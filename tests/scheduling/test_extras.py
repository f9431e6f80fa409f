"""Chargeable services beside the programme."""

from datetime import date

import pytest

from services.core.events import Dated, Event
from services.core.testing import Given, given
from services.scheduling.allocation_state import Allocation, Spell
from services.scheduling.events import ServiceCancelled, ServiceDelivered, ServiceOrdered, ServiceRecommended
from services.scheduling.extras import (
    AboutServices,
    CancelService,
    DeliverService,
    ExtraService,
    OrderService,
    RecommendService,
    services_decider,
)
from tests.scheduling.platform import ROW

SCHOOL: int = ROW["urn"]
LINKED = Allocation(spells=(Spell("a1", date(2022, 9, 1)),))
MONITORING, VALIDATION = ExtraService.INTENSIVE_MONITORING, ExtraService.VALIDATION
FIRST = f"{SCHOOL}-2022-1"
RECOMMENDED = ServiceRecommended(SCHOOL, 2022, FIRST, "intensive-monitoring", "A project board for mathematics")
ORDERED = ServiceOrdered(SCHOOL, 2022, FIRST, "intensive-monitoring", 3, "A board for mathematics", "la")
DAY = date(2022, 11, 8)


def happened(*events: Event | Dated, role: str = "headteacher", person: str = "h1") -> Given:
    return given(*events).at(DAY).by(role, person).knowing(LINKED)


def deliver(quantity: int, day: date = DAY) -> DeliverService:
    return DeliverService(SCHOOL, 2022, FIRST, day, quantity)


def test_br2_the_authority_recommends_and_the_school_orders() -> None:
    recommend = RecommendService(SCHOOL, 2022, MONITORING, "A project board for mathematics")
    happened(role="adviser", person="a1").when(recommend, services_decider).then(RECOMMENDED)
    order = OrderService(SCHOOL, 2022, MONITORING, "A board for mathematics", 3, FIRST)
    happened(RECOMMENDED).when(order, services_decider).then(ORDERED)


def test_br2_the_school_orders_of_itself() -> None:
    order = OrderService(SCHOOL, 2022, VALIDATION, "Two lesson observations together")
    second = f"{SCHOOL}-2022-2"
    ordered = ServiceOrdered(SCHOOL, 2022, second, "validation", 1, "Two lesson observations together", "school")
    happened(RECOMMENDED).when(order, services_decider).then(ordered)


@pytest.mark.parametrize("role", ["platform", "policy", "programme_officer", "adviser"])
def test_br2_nobody_orders_for_the_school(role: str) -> None:
    order = OrderService(SCHOOL, 2022, VALIDATION, "Two lesson observations together")
    happened(role=role, person="a1").when(order, services_decider).refused("each for themselves")


def test_what_was_recommended_is_ordered_once_and_as_what_it_is() -> None:
    again = OrderService(SCHOOL, 2022, MONITORING, "A board for mathematics", 3, FIRST)
    happened(RECOMMENDED, ORDERED).when(again, services_decider).refused("ordered already", "order")
    other = OrderService(SCHOOL, 2022, VALIDATION, "Something else", 1, FIRST)
    happened(RECOMMENDED).when(other, services_decider).refused("intensive monitoring", "service")
    happened().when(again, services_decider).refused("no such service", "order")


def test_a_service_is_delivered_in_parts_until_all_is() -> None:
    one = ServiceDelivered(SCHOOL, 2022, FIRST, "intensive-monitoring", 1, DAY)
    officer = happened(ORDERED, role="programme_officer", person="o1")
    officer.when(deliver(1), services_decider).then(one.true_from(DAY))
    happened(ORDERED, one, role="programme_officer").when(deliver(3), services_decider).refused(
        "2 of 3 are still to deliver", "quantity"
    )


@pytest.mark.parametrize(
    ("day", "says"),
    [(date(2022, 11, 9), "once it has taken place"), (date(2022, 8, 31), "academic year that begins in 2022")],
)
def test_a_delivery_lies_in_its_year_and_not_ahead(day: date, says: str) -> None:
    happened(ORDERED, role="programme_officer").when(deliver(1, day), services_decider).refused(says, "delivered")


def test_only_what_is_ordered_is_delivered() -> None:
    happened(RECOMMENDED, role="programme_officer").when(deliver(1), services_decider).refused("not ordered", "order")


@pytest.mark.parametrize("command", [deliver(1), RecommendService(SCHOOL, 2022, VALIDATION, "A second pair of eyes")])
def test_of_the_advisers_only_the_schools_own_acts(command: AboutServices) -> None:
    happened(ORDERED, role="adviser", person="a2").when(command, services_decider).refused("school's Link Adviser")


def test_a_service_that_is_not_wanted_is_cancelled_with_a_reason_and_nothing_comes_of_it_after() -> None:
    cancel = CancelService(SCHOOL, 2022, FIRST)
    cancelled = ServiceCancelled(SCHOOL, 2022, FIRST, "intensive-monitoring")
    happened(ORDERED).when(cancel, services_decider).refused("Give the reason", "reason")
    happened(ORDERED).because("No money left").when(cancel, services_decider).then(cancelled)
    after = happened(ORDERED, cancelled, role="programme_officer").because("Again")
    for command in (deliver(1), cancel):
        after.when(command, services_decider).refused("was cancelled", "order")


def test_what_was_delivered_whole_cannot_be_cancelled() -> None:
    whole = ServiceDelivered(SCHOOL, 2022, FIRST, "intensive-monitoring", 3, DAY)
    done = happened(ORDERED, whole).because("Too late")
    done.when(CancelService(SCHOOL, 2022, FIRST), services_decider).refused("was delivered", "order")
