"""People who send commands while something is killed, and remember what they were told."""

import threading
from typing import Self
from uuid import UUID, uuid4

from services.cluster.remote import RemoteRuntime
from services.core.deciders import Result
from services.core.log import LogUnavailable, OutcomeUnknown
from services.wiring import OPERATOR
from tests.platform import SCHOOL_ROW

SENDERS = 4
A_MOMENT = 0.5
"""Seconds until somebody who was told that it failed sends another."""


class Senders:
    """Each records one school after another. `done` is what was acknowledged, `failed` what was not, by command id."""

    def __init__(self, runtime: RemoteRuntime, first_urn: int = 0) -> None:
        self._runtime = runtime
        self._urns = iter(range(first_urn or _next_urns(), 999_999))
        self._lock = threading.Lock()
        self._enough = threading.Event()
        self.sent: dict[UUID, int] = {}
        self.done: dict[UUID, Result] = {}
        self.failed: list[tuple[UUID, Exception]] = []
        self._threads = [threading.Thread(target=self._send) for _ in range(SENDERS)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        while not self._enough.is_set():
            if not self.attempt(self.new()):
                self._enough.wait(A_MOMENT)

    def new(self) -> UUID:
        """A command to be sent, about a school of its own."""
        command_id = uuid4()
        with self._lock:
            self.sent[command_id] = next(self._urns)
        return command_id

    def attempt(self, command_id: UUID) -> bool:
        """Send it and remember what was told: whether it was done."""
        try:
            self.done[command_id] = self.send(command_id)
        except (LogUnavailable, OutcomeUnknown) as error:
            self.failed.append((command_id, error))
        return command_id in self.done

    def send(self, command_id: UUID) -> Result:
        row = {**SCHOOL_ROW, "urn": self.sent[command_id]}
        return self._runtime.handle("scheduling.RecordSchool", row, actor=OPERATOR, command_id=command_id)

    def assert_each_was_done_once(self) -> None:
        """Whoever was told that it was done finds it in the log as it was told; sent again, it has no second effect."""
        for command_id, told in self.done.items():
            again = self.send(command_id)
            assert again.repeated
            assert (again.stream, again.version, again.events) == (told.stream, 1, told.events)


_given = [200_000]


def _next_urns() -> int:
    """The first of numbers of schools that no other senders use."""
    _given[0] += 10_000
    return _given[0]
