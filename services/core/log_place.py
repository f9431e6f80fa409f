"""Where an event log is: a directory with a file in it, or an address of EventStoreDB / KurrentDB."""

from collections.abc import Callable
from pathlib import Path

from services.core.log import LogUnavailable
from services.core.sqlite_log import SqliteLog
from services.core.times import now_micros
from services.core.verify import StoredLog

FILE = "events.db"


def is_address(place: str) -> bool:
    return "://" in place


def open_log(place: str, *, read_only: bool = False, clock: Callable[[], int] = now_micros) -> StoredLog:
    """The log at a place, an address or a directory that exists. `read_only` reads beside whatever process writes.

    Raises LogUnavailable."""
    if not is_address(place):
        return SqliteLog(Path(place) / FILE, read_only=read_only, clock=clock)
    try:
        # Only here: who keeps the log in a file does without these packages.
        from services.core.kurrentdb_log import KurrentDbLog
    except ImportError as error:
        raise LogUnavailable("KURRENTDB_URL needs the packages of `make cluster`.") from error
    return KurrentDbLog(place, clock=clock)
