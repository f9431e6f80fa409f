"""The words in which rules are tested: given what happened, when a command comes, then this happens or it is refused.

::

    given(PriceSet(...)).at(date(2022, 9, 1)).when(ChargeSubscription(...), charges).then(ChargeRaised(...))
"""

from datetime import UTC, date, datetime, time
from typing import Any

from services.core.commands import Command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event


class Given:
    """Past events of a stream, and what else the decider may know."""

    def __init__(self, events: tuple[Event, ...], today: date, facts: Any) -> None:
        self._events, self._today, self._facts = events, today, facts

    def at(self, today: date) -> "Given":
        """On this day, at noon UTC."""
        return Given(self._events, today, self._facts)

    def knowing(self, facts: Any) -> "Given":
        """With what the handler consulted."""
        return Given(self._events, self._today, facts)

    def when(self, command: Command, decider: Decider[Any, Any]) -> "Outcome":
        state = decider.initial
        for event in self._events:
            state = decider.evolve(state, event)
        context = Context(datetime.combine(self._today, time(12), UTC), self._today, self._facts)
        try:
            return Outcome(list(decider.decide(command, state, context)), None)
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


def given(*events: Event) -> Given:
    return Given(events, date(2022, 9, 1), None)
