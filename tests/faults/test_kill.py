"""kill -9 at any moment under load: what was acknowledged is there once, and everything read equals a fold by hand."""

import random
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid5

from services.core.envelope import RecordedEvent
from services.core.log import pages
from services.core.runtime import Runtime
from services.core.sqlite_log import SqliteLog
from services.core.verify import Verifier
from tests.core.by_hand import fold, tables
from tests.core.toy import Greeted, TillOpened, open_toy

ROUNDS = 6
BATCH_EVENTS = 22


def test_kill_9_at_any_moment_under_load(tmp_path: Path, soak: int) -> None:
    rng = random.Random(20)
    acknowledged: dict[UUID, int] = {}
    for _ in range(ROUNDS * soak):
        before = len(acknowledged)
        acknowledged |= _run_and_kill(tmp_path / "data", rng.uniform(0.05, 1.2))
        assert len(acknowledged) > before, "nothing was acknowledged before the kill"
        runtime = open_toy(tmp_path / "data")
        try:
            _check(runtime, acknowledged)
        finally:
            runtime.close()


def _run_and_kill(directory: Path, seconds: float) -> dict[UUID, int]:
    """What a process acknowledged until it was killed, so long after its first acknowledgement."""
    arguments = [sys.executable, "-m", "tests.faults.workload", str(directory)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        killer = threading.Timer(seconds, process.kill)
        killer.start()
        lines += process.stdout.readlines()
        killer.join()
        assert process.wait() == -9, "it ended before it was killed"
    whole = (line.split() for line in lines if line.endswith("\n"))
    return {UUID(command_id): int(events) for command_id, events in whole}


def _check(runtime: Runtime, acknowledged: dict[UUID, int]) -> None:
    assert isinstance(runtime.log, SqliteLog)
    runtime.settle()
    events = [recorded for page in pages(runtime.log) for recorded in page]
    stored = Counter(recorded.metadata.command_id for recorded in events)
    assert {command_id: stored[command_id] for command_id in acknowledged} == acknowledged
    verifier = Verifier(one_writer=True)
    position = 0
    while page := runtime.log.stored(position, 1_000):
        assert list(verifier.check(page)) == []
        position = page[-1].position
    assert verifier.events == len(events)
    whole = Counter(recorded.metadata.command_id for recorded in events if recorded.stream.startswith("toy.batch-"))
    assert set(whole.values()) <= {BATCH_EVENTS}
    _check_policy(events, stored)
    by_hand = fold(events)
    with runtime.projectors["toy.tills"].model.current().reading() as connection:
        assert tables(connection) == by_hand
    runtime.projectors["toy.tills"].rebuild()
    with runtime.projectors["toy.tills"].model.current().reading() as connection:
        assert tables(connection) == by_hand


def _check_policy(events: list[RecordedEvent], stored: Counter[UUID]) -> None:
    """Each opening was greeted once, and nobody was greeted for anything else."""
    due = {uuid5(recorded.id, "toy.greet") for recorded in events if isinstance(recorded.data, TillOpened)}
    greeted = [
        recorded.metadata.command_id
        for recorded in events
        if isinstance(recorded.data, Greeted) and recorded.metadata.actor == "toy.greet"
    ]
    assert sorted(greeted) == sorted(due)
    assert all(stored[command_id] == 1 for command_id in due)
