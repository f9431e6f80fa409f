"""What is done about a failure that may pass: it is tried again, after a longer pause each time, and not logged each
time."""

import time
from collections.abc import Callable

from services.core.logs import logger

FIRST_SECONDS = 0.25
MOST_SECONDS = 2.0
"""A pause ends well before anybody would go and see why nothing moves, though what was away is back."""
REMIND_SECONDS = 60.0


class Backoff:
    """The failures of one reader, named in the log, from one success to the next. `now` gives seconds."""

    def __init__(self, reader: str, now: Callable[[], float] = time.monotonic) -> None:
        self._reader, self._now = reader, now
        self._pause, self._until = FIRST_SECONDS, 0.0
        self._logged, self._remind_at = "", 0.0

    def tries(self, do: Callable[[], bool]) -> bool:
        """What `do` gives; False while it fails, and without trying while it pauses."""
        if self.pausing():
            return False
        try:
            done = do()
        except Exception as error:
            self._failed(error)
            return False
        self._succeeded()
        return done

    def pausing(self) -> bool:
        return self._now() < self._until

    def _failed(self, error: Exception) -> None:
        # The first line only: below it databases quote the values of rows.
        why = type(error).__name__ + ": " + str(error).partition("\n")[0]
        if why != self._logged or self._now() >= self._remind_at:
            logger.error("reader failed", reader=self._reader, error=why)
            self._logged, self._remind_at = why, self._now() + REMIND_SECONDS
        self._until = self._now() + self._pause
        self._pause = min(self._pause * 2, MOST_SECONDS)

    def _succeeded(self) -> None:
        if self._logged:
            logger.info("reader goes on", reader=self._reader)
            self._pause, self._logged = FIRST_SECONDS, ""
