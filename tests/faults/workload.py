"""A process made to be killed: writers, live readers and rebuilds all at once; each acknowledged command is printed.

Run as `python -m tests.faults.workload DIRECTORY`. A line is `COMMAND_ID NUMBER_OF_EVENTS`."""

import contextlib
import random
import sys
import threading
from pathlib import Path
from uuid import UUID, uuid4

from services.core.deciders import Refused
from services.core.log import Conflict
from services.core.logs import configure
from services.core.runtime import Runtime
from tests.core.toy import OPERATOR, CoinTaken, Greeted, TillOpened, new_events, open_toy

WRITERS = 6
URNS = range(120_000, 120_400)

_printing = threading.Lock()


def acknowledge(command_id: UUID, events: int) -> None:
    with _printing:
        sys.stdout.write(f"{command_id} {events}\n")
        sys.stdout.flush()


def command(runtime: Runtime, urn: int) -> None:
    choices: list[tuple[str, dict[str, object]]] = [
        ("OpenTill", {}),
        ("TakeCoin", {"pence": random.choice([1, 2, 5, 10])}),
        ("NamePatron", {"person": f"p-{urn}", "name": "Jo Bloggs"}),
    ]
    name, more = random.choice(choices)
    command_id = uuid4()
    with contextlib.suppress(Refused, Conflict):
        data = {"urn": urn, **more}
        result = runtime.handle(f"toy.{name}", data, actor=OPERATOR, command_id=command_id)
        acknowledge(command_id, len(result.events))


def several_at_once(runtime: Runtime, urn: int) -> None:
    """One append of many events: all of them are stored or none."""
    stream = f"toy.batch-{urn}"
    events = new_events(TillOpened(urn + 1_000), *(CoinTaken(urn + 1_000, 2) for _ in range(20)), Greeted(urn + 1_000))
    with contextlib.suppress(Conflict):
        runtime.log.append(stream, len(runtime.log.read(stream)), events)
        (stored,) = (recorded for recorded in runtime.log.read(stream) if recorded.event_id == events[0].event_id)
        acknowledge(stored.metadata.command_id, len(events))


def write(runtime: Runtime) -> None:
    while True:
        random.choice([command, command, command, several_at_once])(runtime, random.choice(URNS))


def rebuild(runtime: Runtime) -> None:
    while True:
        runtime.projectors["toy.tills"].rebuild()


if __name__ == "__main__":
    configure("error")  # what is refused is no news here
    running = open_toy(Path(sys.argv[1]), threads=True)
    threads = [threading.Thread(target=write, args=(running,)) for _ in range(WRITERS)]
    threads.append(threading.Thread(target=rebuild, args=(running,)))
    for thread in threads:
        thread.start()
