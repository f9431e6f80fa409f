"""Why something that was bought or delivered is not charged: by the very rules that charge it, asked once more."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, select

from services.billing import extra_services, subscriptions
from services.billing.extra_services import ChargeService
from services.billing.projections.tables import SUBSCRIPTION, explaining
from services.billing.subscriptions import ChargeSubscription
from services.core.deciders import Refused
from services.core.envelope import RecordedEvent
from services.core.service import Reading, ReadStream

RETRY = "the operator takes it in again with “partnership parked retry”"


def refusals(reading: Reading) -> Callable[[Row[Any]], str]:
    """Says of a row of `delivery` that has no charge what stands in its way, and what to do."""
    read = _streams(reading)

    def why(row: Row[Any]) -> str:
        try:
            _would_charge(row, read)
        except Refused as refused:
            return f"{refused.message} Then {RETRY}."
        return f"Nothing stands in its way any more: {RETRY}."

    return why


def _would_charge(row: Any, read: ReadStream) -> None:
    """Raises Refused as the charge itself does."""
    if row.item == SUBSCRIPTION:
        subscription = subscriptions.consult(ChargeSubscription(row.urn, row.year, row.day, row.event_id), read)
        if subscription is not None:
            subscription.due()
    else:
        command = ChargeService(row.urn, row.year, row.item, row.quantity, row.day, row.event_id)
        extra_services.consult(command, read).due(row.item, row.event_id, row.quantity)


def _streams(reading: Reading) -> ReadStream:
    """Streams as far as the read model knows them: all that a charge is explained by."""

    @cache
    def read(stream: str) -> Sequence[RecordedEvent]:
        own = select(explaining.c.position).where(explaining.c.stream == stream).order_by(explaining.c.position)
        return tuple(map(reading.recorded, reading.db.scalars(own)))

    return read
