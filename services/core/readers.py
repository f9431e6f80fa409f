"""The projections and policies of a process, kept up with the log: by threads, or in the caller's own.

Policies act in the order of the log and their events join its end, so what follows from a command happens breadth
first."""

import threading
from collections.abc import Mapping, Sequence

from sqlalchemy.exc import SQLAlchemyError

from services.core.backoff import Backoff
from services.core.envelope import RecordedEvent
from services.core.log import EventLog
from services.core.policies import PolicyRunner
from services.core.projector import Projector
from services.core.read_db import Generation, Unreachable, of_current, reached

IDLE_SECONDS = 0.25

Reader = Projector | PolicyRunner


class Readers:
    """Everything in a process that reads the log as it grows. Nothing runs by itself before `start`."""

    def __init__(self, log: EventLog, projectors: Mapping[str, Projector], policies: Sequence[PolicyRunner]) -> None:
        self._log, self._projectors, self._policies = log, projectors, policies
        self._stopping = threading.Event()
        self._moved = threading.Condition()
        self._threads: list[threading.Thread] = []

    def start(self, name: str, readers: Sequence[Reader]) -> None:
        """Keep these up in a thread of this name, until `stop`."""
        if readers:
            thread = threading.Thread(target=self._run, args=(readers,), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """End the threads after the batch in hand."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def settle(self, *, projections: bool = True) -> None:
        """Bring every policy, and every projection unless told otherwise, up to date, in this thread, until nothing is
        left to do."""
        readers = self._all() if projections else self._policies
        while sum(reader.step() for reader in readers):  # each takes its step, whatever the others did
            pass

    def position(self) -> int:
        """The position up to which every projection has folded the log."""
        return min((projector.position() for projector in self._projectors.values()), default=self._log.head())

    def wait_for(self, position: int, timeout: float, projections: Sequence[str] | None) -> bool:
        """Wait until these projections (or all) have folded everything up to a position; False when time ran out."""
        waiting = [self._projectors[name] for name in projections or self._projectors]
        with self._moved:
            return self._moved.wait_for(lambda: all(each.position() >= position for each in waiting), timeout)

    def waiting(self) -> dict[str, list[RecordedEvent]]:
        """What each projection has still to fold, a batch of it at most.

        Raises LogUnavailable when the log can't be read; of that, Unreachable when it is a read model."""
        self._log.since(0, 1)
        return {name: _waiting(name, projector) for name, projector in self._projectors.items()}

    def measure(self) -> None:
        """Bring the metrics of lag and parked events up to date."""
        for reader in self._all():
            reader.measure()

    def _all(self) -> list[Reader]:
        return [*self._policies, *self._projectors.values()]

    def _run(self, readers: Sequence[Reader]) -> None:
        # One that fails (a damaged file, say) holds up no other, and goes on from its checkpoint.
        steps = [(reader.step, Backoff(reader.name)) for reader in readers]
        waiting = Backoff("log")

        def wait() -> bool:
            self._log.wait(min(reader.position() for reader in readers), IDLE_SECONDS)
            return True

        while not self._stopping.is_set():
            if sum(backoff.tries(step) for step, backoff in steps):
                with self._moved:
                    self._moved.notify_all()
            elif any(backoff.pausing() for _, backoff in steps) or not waiting.tries(wait):
                self._stopping.wait(IDLE_SECONDS)


def _waiting(name: str, projector: Projector) -> list[RecordedEvent]:
    def stored(generation: Generation) -> None:
        with generation.reading() as connection:
            reached(connection)

    try:
        # What is known in memory says nothing of whether the tables can be read.
        of_current(projector.model, stored)
        return projector.waiting()
    except SQLAlchemyError as error:
        raise Unreachable(f"{name} gives {type(error).__name__}.") from error
