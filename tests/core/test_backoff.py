"""What a reader that fails again and again logs, and how long it pauses."""

from collections.abc import Callable

import pytest
from structlog.typing import EventDict

from services.core.backoff import FIRST_SECONDS, MOST_SECONDS, REMIND_SECONDS, Backoff


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backoff(clock: Clock) -> Backoff:
    return Backoff("toy.tills", clock)


FAILED = {"event": "reader failed", "log_level": "error", "reader": "toy.tills"}


def fail(error: Exception) -> Callable[[], bool]:
    def do() -> bool:
        raise error

    return do


def fails_and_pauses(backoff: Backoff, clock: Clock) -> float:
    """How many seconds it pauses after one more failure."""
    began = clock.seconds
    assert backoff.tries(fail(OSError("full"))) is False
    while backoff.pausing():
        assert backoff.tries(lambda: True) is False
        clock.seconds += FIRST_SECONDS
    return clock.seconds - began


def test_the_pause_doubles_up_to_the_most_and_begins_anew_after_a_success(backoff: Backoff, clock: Clock) -> None:
    pauses = [fails_and_pauses(backoff, clock) for _ in range(6)]
    assert pauses == [FIRST_SECONDS, 0.5, 1.0, MOST_SECONDS, MOST_SECONDS, MOST_SECONDS]
    assert backoff.tries(lambda: True) is True
    assert fails_and_pauses(backoff, clock) == FIRST_SECONDS


def test_the_same_is_logged_once_a_minute_what_changes_at_once_and_the_end_once(
    backoff: Backoff, clock: Clock, lines: list[EventDict]
) -> None:
    backoff.tries(lambda: False)
    for clock.seconds in (0, 10, REMIND_SECONDS - 10, REMIND_SECONDS, REMIND_SECONDS + 10):
        backoff.tries(fail(OSError("full")))
    clock.seconds += 10
    backoff.tries(fail(ValueError("full")))
    clock.seconds += 10
    backoff.tries(lambda: False)
    backoff.tries(lambda: False)
    full, other = FAILED | {"error": "OSError: full"}, FAILED | {"error": "ValueError: full"}
    goes_on = {"event": "reader goes on", "log_level": "info", "reader": "toy.tills"}
    assert lines == [full, full, other, goes_on]


def test_what_a_database_quotes_of_rows_is_not_logged(backoff: Backoff, lines: list[EventDict]) -> None:
    backoff.tries(fail(OSError("(sqlite3.IntegrityError) not unique\n[SQL: INSERT]\n[parameters: ('Jo Bloggs',)]")))
    assert lines == [FAILED | {"error": "OSError: (sqlite3.IntegrityError) not unique"}]
