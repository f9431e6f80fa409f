"""What a school's year is made of: that which falls in parts where the year does."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from services.billing.account import Account
from services.billing.items import PROGRAMME
from services.billing.part_years import change_day, months_before
from services.billing.subscriptions import Subscription


class Programme(Struct, frozen=True):
    """Items, what delivers them, when they began, and from which month (0 is September) they are the school's."""

    items: tuple[str, ...]
    delivery: UUID
    begins: date
    first_month: int = 0

    def months_until(self, at: date, year: int) -> int:
        """How many months the school pays for when its year ends at the change: none, where the change came before
        the programme began."""
        if change_day(at) <= self.begins:
            return 0
        return max(months_before(at, year) - self.first_month, 0)


def programme_of(account: Account, subscription: Subscription | None) -> Programme | None:
    """What an account is charged for, or will be by its subscription."""
    if account.programme:
        known = [charge.tax_date for charge in account.charges if charge.item in PROGRAMME]
        begins = min([*known, subscription.begins] if subscription else known)
        items = tuple(charge.item for charge in account.programme)
        return Programme(items, account.programme[0].delivery_event, begins, account.first_month)
    if subscription:
        return Programme(subscription.items, subscription.delivery, subscription.begins)
    return None
