"""The clock of a demonstration: it stands still until the player turns it, and never goes back."""

from datetime import date, datetime, time

from services.core.times import LONDON, to_micros


class Clock:
    """Called, it gives microseconds since 1970, as the log and the services want them."""

    def __init__(self, day: date) -> None:
        self._now = _micros(day, time(8))

    def __call__(self) -> int:
        return self._now

    def turn_to(self, day: date, at: time) -> None:
        """Make it that day and time in London, unless it is later already."""
        self._now = max(self._now, _micros(day, at))


def _micros(day: date, at: time) -> int:
    return to_micros(datetime.combine(day, at, LONDON))
