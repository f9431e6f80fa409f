"""Keeps one projection up with the log: batch by batch, rows and checkpoint in one transaction.

An event that can't be folded is tried three times and then parked with its error; later events of its stream are parked
behind it, so that no row is built on a gap. A rebuild folds the whole log into a fresh generation and swaps it in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from services.core.envelope import RecordedEvent
from services.core.log import EventLog, gave
from services.core.logs import logger
from services.core.metrics import LAG_EVENTS, LAG_SECONDS, PARKED
from services.core.read_db import (
    Generation,
    ReadModel,
    Superseded,
    Unreachable,
    Unwritable,
    move_checkpoint,
    of_current,
    park,
    parked,
    reached,
    savepoint,
    set_aside,
    stored_row,
    unpark,
)
from services.core.times import now_micros
from services.core.work import Work

BATCH = 1_000
REBUILD_PAGES = 10
TRIES = 3

Progress = Callable[[int, int], None]
"""Told the position reached and the head of the log."""

Pages = Iterable[Sequence[RecordedEvent]]


class _PagesAhead:
    """The next pages of a log, read each time they are gone through: a page is folded while it is still in the
    processor's cache, and read again should one of its events have to be parked."""

    def __init__(self, log: EventLog, after: int, types: Collection[str] | None) -> None:
        self._log, self._after, self._types = log, after, types
        self.position, self.recorded_at = after, 0

    def __iter__(self) -> Iterator[Sequence[RecordedEvent]]:
        self.position = self._after
        for _ in range(REBUILD_PAGES):
            # The head is read first: an event stored after this line may be missing from the page.
            head = self._log.head()
            page = self._log.since(self.position, BATCH, self._types)
            if page:
                self.position, self.recorded_at = page[-1].position, page[-1].recorded_at
                yield page
            if len(page) < BATCH:
                self.position = max(self.position, head)
                return


class Projector:
    """Runs one projection over one log into its read model."""

    def __init__(self, log: EventLog, model: ReadModel) -> None:
        self.log, self.model, self.projection = log, model, model.projection
        self._seen: tuple[str, int, int] | None = None

    @property
    def name(self) -> str:
        return self.projection.name

    def position(self) -> int:
        """The position up to which everything of interest is folded."""
        return of_current(self.model, self.position_of)

    def position_of(self, generation: Generation) -> int:
        """The same of one generation, for who reads that one whichever is current by then."""
        return self._reached(generation)[1]

    def _reached(self, generation: Generation) -> tuple[int, int]:
        """The checkpoint as it is stored, and the position up to which nothing after it is of interest."""
        seen = self._seen
        if seen is not None and seen[0] == generation.name:
            return seen[1:]
        with generation.reading() as connection:
            position, _ = reached(connection)
        self._seen = generation.name, position, position
        return position, position

    def belongs(self) -> bool:
        """Whether what is folded came from this log. If not it has to be rebuilt: another log's positions mean nothing
        here."""
        with self.model.current().reading() as connection:
            return gave(self.log, *reached(connection))

    def step(self) -> bool:
        """Fold the next batch; False when there was none. Safe beside another runner: one of them writes."""
        try:
            return of_current(self.model, self._step)
        except Superseded:
            self._seen = None
            return True

    def _step(self, generation: Generation) -> bool:
        stored, before = self._reached(generation)
        # The head is read first: an event stored after this line may be missing from the page.
        head = self.log.head()
        if head <= before:
            return False
        events = self.log.since(before, BATCH, self.projection.types)
        position = (
            events[-1].position if len(events) == BATCH else max(head, *(e.position for e in events[-1:]), before)
        )
        if events:
            self._fold(generation, [events], stored, lambda: (position, events[-1].recorded_at))
            stored = position
        # Events of no interest move the cursor in memory only: to write for each would cost every reader a commit.
        self._seen = generation.name, stored, position
        return True

    def _fold(self, generation: Generation, pages: Pages, stored: int, end: Callable[[], tuple[int, int]]) -> None:
        """Fold pages and move the checkpoint to their `end`, a position and its time, asked once they were read.

        Raises Superseded when the checkpoint is not as it was `stored`: another runner came first, or a server that
        went down came back without its last transactions."""
        with generation.writing() as connection:
            at, latest = reached(connection)
            if at != stored:
                raise Superseded
            self.take(connection, pages)
            position, recorded_at = end()
            move_checkpoint(connection, at, position, max(latest, recorded_at))

    def take(self, connection: Connection, pages: Pages) -> None:
        """Fold events in the connection's transaction; park those that can't be."""
        work = Work(lambda table, key: stored_row(connection, table, key))
        behind = set(connection.scalars(select(parked.c.stream)))
        if not behind and self._folds(connection, work, pages):
            return
        for events in pages:
            self._take_in_parts(connection, work, events, behind)

    def _take_in_parts(
        self, connection: Connection, work: Work, events: Sequence[RecordedEvent], behind: set[str]
    ) -> None:
        """Fold those that can be, all of them or else half by half, until what is left to park is a single event."""
        waiting = [recorded for recorded in events if recorded.stream in behind]
        for recorded in waiting:
            self._park(connection, recorded, "waits behind an earlier event of its stream")
        rest = [recorded for recorded in events if recorded.stream not in behind] if waiting else events
        if len(rest) == 1:
            (recorded,) = rest
            if wrong := self._try(connection, recorded, work):
                behind.add(recorded.stream)
                self._park(connection, recorded, wrong)
        elif rest and not self._folds(connection, work, [rest]):
            half = len(rest) // 2
            self._take_in_parts(connection, work, rest[:half], behind)
            self._take_in_parts(connection, work, rest[half:], behind)

    def _folds(self, connection: Connection, work: Work, pages: Pages) -> bool:
        """Fold all of them; False, and nothing is changed, when one of them can't be."""
        try:
            self._write(connection, work, pages)
        except Unwritable:
            raise
        except Exception:  # which of them it was, and what was wrong, is found out by trying fewer
            work.clear()
            return False
        return True

    def _try(self, connection: Connection, recorded: RecordedEvent, work: Work) -> str | None:
        """None when the event was folded, otherwise what went wrong the last time."""
        for attempt in range(TRIES):
            try:
                self._write(connection, work, [[recorded]])
                return None
            except Unwritable:
                raise
            except Exception as error:
                work.clear()
                if attempt == TRIES - 1:
                    return f"{type(error).__name__}: {error}"
        return None

    def _write(self, connection: Connection, work: Work, pages: Pages) -> None:
        with savepoint(connection):
            for events in pages:
                self.projection.fold(events, work)
            work.write(connection)

    def _park(self, connection: Connection, recorded: RecordedEvent, error: str) -> None:
        row = {
            "position": recorded.position,
            "stream": recorded.stream,
            "type": recorded.type,
            "error": error[:500],
        }
        park(connection, [row])

    def rebuild(self, progress: Progress | None = None) -> Generation:
        """Fold the whole log into a fresh generation and swap it in while readers read. Gives the new generation.

        Begins again when the server that keeps it went away meanwhile and came back."""
        while True:
            generation = self.model.begin()
            try:
                self._build(generation, progress)
                return self.model.current()
            except BaseException as error:
                self.model.discard(generation)
                if not isinstance(error, Unreachable) or not self.model.answers_again():
                    raise
                logger.warning("rebuild begins again", projection=self.projection.name, error=str(error))

    def _build(self, generation: Generation, progress: Progress | None) -> None:
        position = 0
        while self._build_batch(generation, position):
            with generation.reading() as connection:
                position, _ = reached(connection)
            if progress is not None:
                progress(position, self.log.head())
        self.model.swap(generation)

    def _build_batch(self, generation: Generation, before: int) -> bool:
        """One large transaction of the rebuild; False at the end of the log."""
        head = self.log.head()
        if head == before:
            return False
        pages = _PagesAhead(self.log, before, self.projection.types)
        self._fold(generation, pages, before, lambda: (pages.position, pages.recorded_at))
        return True

    def retry(self) -> int:
        """Take the parked events again, in order; gives how many are still parked."""
        generation = self.model.current()
        with generation.writing() as connection:
            positions = list(connection.scalars(select(parked.c.position).order_by(parked.c.position)))
            unpark(connection, positions)
            self.take(connection, [[self.log.at(at) for at in positions]])
            return len(set_aside(connection))

    def drop(self, position: int) -> bool:
        """Give up one parked event for good; those behind it wait for `retry`. False when it is not parked."""
        with self.model.current().writing() as connection:
            before = len(set_aside(connection))
            unpark(connection, [position])
            return len(set_aside(connection)) < before

    def parked(self) -> list[dict[str, Any]]:
        """What is set aside: position, stream, type and error of each."""

        def of(generation: Generation) -> list[dict[str, Any]]:
            with generation.reading() as connection:
                return set_aside(connection)

        return of_current(self.model, of)

    def waiting(self) -> list[RecordedEvent]:
        """What is recorded and not yet folded, a batch of it at most."""
        position = self.position()
        return self.log.since(position, BATCH, self.projection.types) if self.log.head() > position else []

    def measure(self) -> None:
        """Tell the metrics how far behind this projection is."""
        PARKED.labels(self.projection.name).set(len(self.parked()))
        waiting = self.waiting()
        LAG_EVENTS.labels(self.projection.name).set(len(waiting))
        LAG_SECONDS.labels(self.projection.name).set((now_micros() - waiting[0].recorded_at) / 1e6 if waiting else 0)
