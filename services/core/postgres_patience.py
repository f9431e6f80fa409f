"""A connection to PostgreSQL that never waits for ever. Loaded only where there is one: psycopg comes with the packages
of `make cluster`."""

from collections.abc import Callable

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen

ANSWER_SECONDS = 8.0
"""How long an answer may take: longer than any lock is waited for."""
BUILDING_SECONDS = 900.0
"""The same while a read model is built: an index over a county's years takes its time."""


class Patient(Connection):
    """A server that hangs, or the way to it, closes nothing: the connection is given up when no answer comes, and
    `given_up` is told the number of its process at the server."""

    patience = ANSWER_SECONDS
    given_up: Callable[[int], object] = staticmethod(lambda _pid: None)

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except OperationalError as error:
            if error.sqlstate is None:  # what the server says has a code: this came of no word from it
                if not self.closed:
                    self.given_up(self.pgconn.backend_pid)
                self.pgconn.finish()
            raise
