"""What a reader that fails again and again logs, and how long it pauses."""

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
    return Backoff("toy-projections", clock)


FAILED = {"event": "reader failed", "log_level": "error", "reader": "toy-projections"}


def test_the_pause_doubles_up_to_the_most_and_begins_anew_after_a_success(backoff: Backoff) -> None:
    pauses = [backoff.failed(OSError("full")) for _ in range(6)]
    assert pauses == [FIRST_SECONDS, 0.5, 1.0, MOST_SECONDS, MOST_SECONDS, MOST_SECONDS]
    backoff.succeeded()
    assert backoff.failed(OSError("full")) == FIRST_SECONDS


def test_the_same_is_logged_once_a_minute_what_changes_at_once_and_the_end_once(
    backoff: Backoff, clock: Clock, lines: list[EventDict]
) -> None:
    backoff.succeeded()
    for clock.seconds in (0, 1, REMIND_SECONDS - 1, REMIND_SECONDS, REMIND_SECONDS + 1):
        backoff.failed(OSError("full"))
    backoff.failed(ValueError("full"))
    backoff.succeeded()
    backoff.succeeded()
    full, other = FAILED | {"error": "OSError: full"}, FAILED | {"error": "ValueError: full"}
    goes_on = {"event": "reader goes on", "log_level": "info", "reader": "toy-projections"}
    assert lines == [full, full, other, goes_on]


def test_what_a_database_quotes_of_rows_is_not_logged(backoff: Backoff, lines: list[EventDict]) -> None:
    backoff.failed(OSError("(sqlite3.IntegrityError) not unique\n[SQL: INSERT]\n[parameters: ('Jo Bloggs',)]"))
    assert lines == [FAILED | {"error": "OSError: (sqlite3.IntegrityError) not unique"}]
