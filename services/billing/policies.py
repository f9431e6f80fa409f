"""What billing does of itself: each subscription is charged when it is made."""

from services.billing.account import ChargeSubscription
from services.core.envelope import RecordedEvent
from services.core.policies import Policy
from services.scheduling.events import SchoolSubscribed


def _charge(event: SchoolSubscribed, recorded: RecordedEvent) -> ChargeSubscription:
    return ChargeSubscription(event.urn, event.year, tax_date=event.begins, delivery_event=recorded.id)


charge_subscriptions = Policy("billing.charge_subscriptions", SchoolSubscribed, _charge)
