"""Chargeable services beside the programme (BR2): recommended by the authority or asked for by the school, which alone
orders them."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from services.core.authorisation import Role
from services.core.commands import AcademicYear, Command, Reference, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.allocation import allocation_decider, allocation_stream
from services.scheduling.allocation_state import Allocation
from services.scheduling.events import ServiceCancelled, ServiceDelivered, ServiceOrdered, ServiceRecommended
from services.scheduling.parties import SCHOOL, party, require_reason


class ExtraService(StrEnum):
    """The services that the first seed names as examples of what can be bought in addition."""

    BROKERING = "brokering"
    VALIDATION = "validation"
    INTENSIVE_MONITORING = "intensive-monitoring"


Quantity = Annotated[int, Meta(ge=1, le=100)]


@command("scheduling.RecommendService")
class RecommendService(Command, frozen=True):
    """The authority recommends a service to a school, which may order it or not."""

    urn: Urn
    year: AcademicYear
    service: ExtraService
    purpose: ShortText


@command("scheduling.OrderService")
class OrderService(Command, frozen=True):
    """A school orders a service: one that was recommended to it (`order`), or one of its own choice."""

    urn: Urn
    year: AcademicYear
    service: ExtraService
    purpose: ShortText
    quantity: Quantity = 1
    order: Reference | None = None


@command("scheduling.DeliverService")
class DeliverService(Command, frozen=True):
    """An ordered service, or a part of it, was delivered on a day."""

    urn: Urn
    year: AcademicYear
    order: Reference
    delivered: date
    quantity: Quantity = 1


@command("scheduling.CancelService")
class CancelService(Command, frozen=True):
    """A recommended or ordered service is not wanted (any more). A reason must be given."""

    urn: Urn
    year: AcademicYear
    order: Reference


AboutServices = RecommendService | OrderService | DeliverService | CancelService


class Order(Struct, frozen=True):
    """`ordered` and `delivered` are quantities; `ordered` is 0 while it is only recommended."""

    order: str
    service: str
    ordered: int = 0
    delivered: int = 0
    cancelled: bool = False


Orders = Mapping[str, Order]
"""The services of one school and year by their number."""


def services_stream(command: AboutServices) -> str:
    return f"scheduling.services-{command.urn}-{command.year}"


def the_allocation(command: AboutServices, read_stream: ReadStream) -> Allocation:
    """Who the school's Link Adviser is: no other adviser acts for it."""
    return allocation_decider.fold(read_stream(allocation_stream(command.urn)))


def decide(command: AboutServices, orders: Orders, context: Context) -> Sequence[Event | Dated]:
    allocation: Allocation = context.facts
    if context.role == Role.ADVISER and allocation.adviser_on(context.today) != context.actor:
        raise Refused("Only the school's Link Adviser does this.")
    match command:
        case RecommendService(urn=urn, year=year):
            return [ServiceRecommended(urn, year, _next(command, orders), command.service.value, command.purpose)]
        case OrderService():
            party(context, SCHOOL)
            return [_order(command, orders)]
        case DeliverService():
            return [_deliver(command, orders, context.today)]
        case CancelService():
            return [_cancel(command, orders, context)]


def _next(command: RecommendService | OrderService, orders: Orders) -> str:
    return f"{command.urn}-{command.year}-{len(orders) + 1}"


def _open(number: str, orders: Orders) -> Order:
    order = orders.get(number)
    if order is None:
        raise Refused("There is no such service for this school in this year.", "order")
    if order.cancelled:
        raise Refused("This service was cancelled.", "order")
    return order


def _order(command: OrderService, orders: Orders) -> Event:
    number, asked_by = _next(command, orders), "school"
    if command.order is not None:
        recommended = _open(command.order, orders)
        if recommended.ordered:
            raise Refused("This service is ordered already.", "order")
        if recommended.service != command.service:
            raise Refused(f"What was recommended is {recommended.service.replace('-', ' ')}.", "service")
        number, asked_by = recommended.order, "la"
    return ServiceOrdered(
        command.urn, command.year, number, command.service.value, command.quantity, command.purpose, asked_by
    )


def _deliver(command: DeliverService, orders: Orders, today: date) -> Dated:
    order = _open(command.order, orders)
    if not order.ordered:
        raise Refused("The school has not ordered this service.", "order")
    if command.quantity > order.ordered - order.delivered:
        raise Refused(f"{order.ordered - order.delivered} of {order.ordered} are still to deliver.", "quantity")
    if command.delivered > today:
        raise Refused("Record a delivery once it has taken place.", "delivered")
    if not date(command.year, 9, 1) <= command.delivered < date(command.year + 1, 9, 1):
        raise Refused(f"The day must lie in the academic year that begins in {command.year}.", "delivered")
    delivered = ServiceDelivered(
        command.urn, command.year, order.order, order.service, command.quantity, command.delivered
    )
    return delivered.true_from(command.delivered)


def _cancel(command: CancelService, orders: Orders, context: Context) -> Event:
    order = _open(command.order, orders)
    if order.ordered and order.delivered == order.ordered:
        raise Refused("This service was delivered, so it can't be cancelled.", "order")
    require_reason(context, "the school and the office will want to know why")
    return ServiceCancelled(command.urn, command.year, order.order, order.service)


def evolve(orders: Orders, event: Event) -> Orders:
    match event:
        case ServiceRecommended(order=number, service=service):
            return {**orders, number: Order(number, service)}
        case ServiceOrdered(order=number, service=service, quantity=quantity):
            return {**orders, number: Order(number, service, ordered=quantity)}
        case ServiceDelivered(order=number, quantity=quantity):
            known = orders[number]
            return {**orders, number: replace(known, delivered=known.delivered + quantity)}
        case ServiceCancelled(order=number):
            return {**orders, number: replace(orders[number], cancelled=True)}
    return orders


services_decider = Decider[Orders, AboutServices](initial={}, decide=decide, evolve=evolve)
