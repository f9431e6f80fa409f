"""Where an event log is: a directory with a file in it, or an address of EventStoreDB / KurrentDB."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from services.core.log import LogUnavailable
from services.core.log_copy import Writer
from services.core.sqlite_copy import SqliteCopy
from services.core.sqlite_log import SqliteLog
from services.core.times import now_micros
from services.core.verify import StoredLog

if TYPE_CHECKING:
    from services.core.kurrentdb_log import KurrentDbLog

FILE = "events.db"


def is_address(place: str) -> bool:
    return "://" in place


def open_log(place: str, *, read_only: bool = False, clock: Callable[[], int] = now_micros) -> StoredLog:
    """The log at a place, an address or a directory that exists. `read_only` reads beside whatever process writes.

    Raises LogUnavailable."""
    if not is_address(place):
        return SqliteLog(Path(place) / FILE, read_only=read_only, clock=clock)
    return _kurrentdb(place, clock)


def open_writer(place: str) -> Writer:
    """What writes a copy to a place, an address or a directory, which it makes. Raises LogUnavailable."""
    if is_address(place):
        return _kurrentdb(place, now_micros)
    directory = Path(place)
    make_directory(directory)
    return SqliteCopy(directory / FILE)


def make_directory(directory: Path) -> None:
    """Raises LogUnavailable when it can't be made."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LogUnavailable(f"{directory} can't be made: {error.strerror}. Choose another DATA_DIR.") from error


def _kurrentdb(url: str, clock: Callable[[], int]) -> "KurrentDbLog":
    try:
        # Only here: who keeps the log in a file does without these packages.
        from services.core.kurrentdb_log import KurrentDbLog
    except ImportError as error:
        raise LogUnavailable("KURRENTDB_URL needs the packages of `make cluster`.") from error
    return KurrentDbLog(url, clock=clock)
