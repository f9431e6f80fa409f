"""The words in which rules are tested: given what happened, when a command comes, then this happens or it is refused.

::

    given(PriceSet(...)).at(date(2022, 9, 1)).when(ChargeSubscription(...), charges).then(ChargeRaised(...))
"""

from datetime import UTC, date, datetime, time
from typing import Any

from msgspec.structs import replace

from services.core.commands import Command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event


class Given:
    """Past events of a stream (one not Dated is true from the day of the test), and what else the decider may know."""

    def __init__(self, events: tuple[Event | Dated, ...], context: Context) -> None:
        self._events, self._context = events, context

    def at(self, today: date) -> "Given":
        """On this day, at noon UTC."""
        return Given(self._events, replace(self._context, now=_noon(today), today=today))

    def knowing(self, facts: Any) -> "Given":
        """With what the handler consulted."""
        return Given(self._events, replace(self._context, facts=facts))

    def because(self, reason: str) -> "Given":
        """With the reason that the actor gave."""
        return Given(self._events, replace(self._context, reason=reason))

    def by(self, role: str, person: str = "") -> "Given":
        """Asked by this person, in this role."""
        return Given(self._events, replace(self._context, role=role, actor=person or role))

    def when(self, command: Command, decider: Decider[Any, Any]) -> "Outcome":
        state = decider.initial
        for item in self._events:
            dated = item if isinstance(item, Dated) else item.true_from(self._context.today)
            state = decider.evolve(state, dated if decider.dated else dated.event)
        try:
            return Outcome(list(decider.decide(command, state, self._context)), None)
        except Refused as refused:
            return Outcome([], refused)


class Outcome:
    """What a decider decided."""

    def __init__(self, events: list[Event | Dated], refusal: Refused | None) -> None:
        self.events, self.refusal = events, refusal

    def then(self, *expected: Event | Dated) -> None:
        """Exactly these events, in this order."""
        assert self.refusal is None, f"refused: {self.refusal}"
        assert self.events == list(expected)

    def refused(self, part_of_the_reason: str, field: str | None = None) -> None:
        """Refused, in words that hold these, about this field."""
        assert self.refusal is not None, f"not refused, but decided: {self.events}"
        assert part_of_the_reason in self.refusal.message
        assert field is None or self.refusal.field == field


def given(*events: Event | Dated) -> Given:
    today = date(2022, 9, 1)
    return Given(events, Context(_noon(today), today))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
