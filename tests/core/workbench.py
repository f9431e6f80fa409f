"""A log, and projectors over read models of either kind."""

from collections.abc import Callable
from typing import Any

from services.core.envelope import NewEvent, RecordedEvent
from services.core.projections import Projection
from services.core.projector import Projector
from services.core.read_db import ReadModel, of_current, reached
from services.core.sqlite_log import SqliteLog
from services.core.work import Work
from tests.core.by_hand import Tables, tables
from tests.core.kept import Kept, read
from tests.core.toy import (
    CoinTaken,
    coins,
    coins_table,
    entry_table,
    make_projection,
)


class Bench:
    """A log, and any number of projectors over the same read model."""

    def __init__(self, kept: Kept) -> None:
        self.kept, self.models = kept, kept.open()
        kept.directory.mkdir(exist_ok=True)
        self.log = SqliteLog(kept.directory / "events.db")
        self._opened: list[ReadModel] = []
        self.versions: dict[str, int] = {}

    def projector(self, projection: Projection | None = None, *, log: Any = None) -> Projector:
        model = self.model(projection or make_projection())
        projector = Projector(log or self.log, model)
        if not model.exists():
            projector.rebuild()
        return projector

    def model(self, projection: Projection) -> ReadModel:
        self._opened.append(model := self.models.of(projection))
        return model

    def append(self, *new: NewEvent, stream: str = "toy.till-120777") -> int:
        before = self.versions.get(stream, 0)
        self.versions[stream] = before + len(new)
        return self.log.append(stream, before, list(new))

    def take(self, *pence: int, urn: int = 120777) -> int:
        return self.append(*coins(*pence, urn=urn), stream=f"toy.till-{urn}")

    def close(self) -> None:
        for model in self._opened:
            model.close()
        self.log.close()


class Late:
    """A log to which somebody appends just after the head was read."""

    def __init__(self, log: SqliteLog) -> None:
        self._log = log
        self.late: Callable[[], Any] | None = None

    def head(self) -> int:
        head = self._log.head()
        if self.late is not None:
            late, self.late = self.late, None
            late()
        return head

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


def catch_up(projector: Projector) -> None:
    while projector.step():
        pass


def held(projector: Projector) -> Tables:
    return of_current(projector.model, lambda generation: read(generation, tables))


def checkpoint(projector: Projector) -> int:
    return of_current(projector.model, lambda generation: read(generation, reached)[0])


def set_aside(projector: Projector) -> list[tuple[int, str]]:
    return [(row["position"], row["error"]) for row in projector.parked()]


def lucky() -> Projection:
    """The same projection, mended: thirteen pence is a coin like any other."""
    projection = make_projection()

    def taken(event: CoinTaken, recorded: RecordedEvent, work: Work) -> None:
        work.insert(entry_table, recorded.position, event.says())
        work.add(coins_table, (event.urn,), pence=event.pence, n=1)

    projection._handlers["toy.CoinTaken"] = taken
    return projection


def renamed(projection: Projection, name: str, version: int = 1) -> Projection:
    projection.name, projection.version = name, version
    return projection
