"""The contract of every log on a real server, where there is one:

    KURRENTDB_URL=esdb://localhost:2113?Tls=false .venv/bin/pytest tests/core/test_kurrentdb_server.py

It leaves streams of its own behind: give it a server to play with."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from uuid import uuid4

import msgspec
import pytest

from services.core.envelope import NewEvent, RecordedEvent
from services.core.kurrentdb_log import KurrentDbLog
from tests.core.log_contract import *  # noqa: F403 - the contract's tests run here

URL = os.environ.get("KURRENTDB_URL", "")
pytestmark = pytest.mark.skipif(not URL, reason="no KURRENTDB_URL, so no real server is asked")


class Corner:
    """A part of a log that looks like one of its own, empty at first: streams under another name, and nothing of what
    was there before."""

    def __init__(self, log: KurrentDbLog) -> None:
        self._log, self._begin, self._suffix = log, log.head(), f"-{uuid4()}"

    def append(self, stream: str, expected_version: int, events: Sequence[NewEvent]) -> int:
        return self._log.append(stream + self._suffix, expected_version, events)

    def read(self, stream: str, upto: int | datetime | None = None) -> list[RecordedEvent]:
        return self._own(self._log.read(stream + self._suffix, upto))

    def since(self, position: int, limit: int, types: Collection[str] | None = None) -> list[RecordedEvent]:
        return self._own(self._log.since(max(position, self._begin), limit, types))

    def at(self, position: int) -> RecordedEvent:
        return self._own([self._log.at(position)])[0]

    def wait(self, position: int, timeout: float) -> bool:
        return self._log.wait(max(position, self._begin), timeout)

    def head(self) -> int:
        head = self._log.head()
        return head if head > self._begin else 0

    def close(self) -> None:
        self._log.close()

    def _own(self, events: list[RecordedEvent]) -> list[RecordedEvent]:
        return [msgspec.structs.replace(event, stream=event.stream.removesuffix(self._suffix)) for event in events]


@pytest.fixture
def log() -> Iterator[Corner]:
    with closing(KurrentDbLog(URL)) as log:
        yield Corner(log)
