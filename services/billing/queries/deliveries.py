"""What was bought or delivered, and whether it is charged."""

from typing import Any

from sqlalchemy import Row, exists, select

from services.billing.items import PROGRAMME
from services.billing.projections.tables import SUBSCRIPTION, charge, delivery
from services.core.service import Reading


def uncharged(reading: Reading, year: int) -> list[Row[Any]]:
    """The subscriptions and delivered services of a year that have no charge."""
    of_school = (charge.c.urn == delivery.c.urn) & (charge.c.year == delivery.c.year)
    charged = (delivery.c.item == SUBSCRIPTION) & exists().where(of_school, charge.c.item.in_(PROGRAMME))
    billed = (delivery.c.item != SUBSCRIPTION) & exists().where(charge.c.delivery_event == delivery.c.event_id)
    wanted = (
        select(delivery)
        .where(delivery.c.year == year, ~(charged | billed))
        .order_by(delivery.c.urn, delivery.c.event_id)
    )
    return list(reading.db.execute(wanted))
