"""One service apart with all that stands around it, under commands all the while that one part of it is hurt."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from uuid import UUID

from prometheus_client.parser import text_string_to_metric_families

from deploy.cluster.ports import Ports
from gateway import create_app
from gateway.accounts import Accounts
from gateway.clients import Clients
from services.cluster.faults import ServiceUnavailable, TooLate
from services.cluster.remote import RemoteRuntime
from services.core.log import EventLog, pages
from services.core.log_place import open_log
from services.scheduling.service import scheduling
from tests.cluster import figures
from tests.cluster.processes import ROOT, Launched, Place, launched, ready, remote, until
from tests.cluster.published import ADDRESS, Listener, expected, once
from tests.cluster.senders import SENDERS, Senders
from tests.gateway.conftest import Settings

FAIRLY_MANY = 20
SILENT = ["It does not answer."]
"""What is wrong with a process that is not there: Prometheus sees that it is not up."""

Act = Callable[[], object]


@dataclass(frozen=True)
class Watch:
    """What came after a position of the log, and to a subscriber who was there from then on."""

    begin: int
    listener: Listener


class Relay:
    """`partnership relay`, or another program in its place, started and killed at will."""

    def __init__(self, place: Place, port: int) -> None:
        self._environment = place.environment() | {"METRICS_PORT": str(port), "PUBLIC_URL": ADDRESS}
        self.process = self.start()

    def start(self, *program: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *(program or ("services.cli", "relay"))]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL)
        return self.process

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class System:
    """The service `scheduling` over a broker, a log server and a database; a gateway, a relay, and who subscribes."""

    def __init__(
        self, place: Place, service: Launched, relay: Relay, runtime: RemoteRuntime, accounts: Accounts, relay_port: int
    ) -> None:
        self.place, self.service, self.relay, self.runtime = place, service, relay, runtime
        self._gateway = create_app(Clients(runtime), accounts, Settings()).test_client()
        self._ports = {"worker": place.metrics_port, "edge": place.metrics_port + 1, "relay": relay_port}

    def wrong(self, part: str) -> list[str]:
        """What /health of the `gateway`, `worker`, `edge` or `relay` says is wrong; nothing when all is well."""
        try:
            wrong: list[str] = json.loads(self._asked(part, "health"))["wrong"]
        except OSError:
            return SILENT
        return wrong

    def says(self, part: str, words: str) -> bool:
        """Whether /health of a part says this, and its metrics that something is wrong."""
        return words in "".join(self.wrong(part)) and (self.measured(part, "partnership_wrong") or 0) > 0

    def lost_calls(self) -> float:
        """How many calls the gateway has counted that failed on the way."""
        families = text_string_to_metric_families(self._asked("gateway", "metrics"))
        samples = (sample for family in families for sample in family.samples)
        return sum(each.value for each in samples if each.name == "partnership_rpc_errors_total")

    def measured(self, part: str, metric: str, **labels: str) -> float | None:
        """What whoever scrapes a part reads."""
        families = text_string_to_metric_families(self._asked(part, "metrics"))
        samples = (sample for family in families for sample in family.samples)
        return next((each.value for each in samples if (each.name, each.labels) == (metric, labels)), None)

    def _asked(self, part: str, what: str) -> str:
        """Raises OSError where nothing answers."""
        if part == "gateway":
            return self._gateway.get(f"/{what}").text
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._ports[part]}/{what}", timeout=30) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            with closing(error):
                return error.read().decode()

    def is_well(self) -> bool:
        return not any(self.wrong(part) for part in ("worker", "edge", "relay", "gateway"))

    def survives(self, fault: str, hurt: Act, meanwhile: Act, mend: Act | None = None) -> Senders:
        """Commands go on through the fault. In the end each acknowledged one is in the log once, each that was said not
        to be recorded is not, a subscriber has all that is public, and all is well again without further help.

        Gives those who sent the commands."""
        watch = self.watch()
        with Senders(self.runtime) as senders:
            until(lambda: len(senders.done) > FAIRLY_MANY)
            hurt()
            over = time.monotonic()
            meanwhile()
            if mend is not None:
                mend()
                over = time.monotonic()
            # Those in hand may have been done before; one more was sent since.
            enough = len(senders.done) + SENDERS + 1
            until(lambda: len(senders.done) >= enough and self.is_well())
            until(lambda: self.runtime.wait_for(max(told.position for told in senders.done.copy().values()), 1))
            recovery = time.monotonic() - over
        self.assert_sound(fault, senders, watch, recovery)
        return senders

    def watch(self) -> Watch:
        """From here on."""
        with self._log() as log:
            return Watch(log.head(), Listener(self.place.amqp_url))

    def assert_sound(self, fault: str, senders: Senders, watch: Watch, recovery: float) -> None:
        """What the senders were told is so. Those commands that failed are sent again, as people do."""
        stored, acknowledged = self._stored(watch), dict(senders.done)
        for command_id, error in senders.failed:
            if isinstance(error, ServiceUnavailable | TooLate):
                assert command_id not in stored, "it was said that nothing was recorded"
            senders.done[command_id] = senders.send(command_id)
        finally_stored = self._stored(watch)
        figures.TOLD.append(
            figures.Figures(
                fault,
                sent=len(senders.sent),
                acknowledged=len(acknowledged),
                stored=sum(command_id in stored for command_id in acknowledged),
                doubled=sum(len(events) > 1 for events in finally_stored.values()),
                recovery=recovery,
            )
        )
        assert {each: list(told.events) for each, told in acknowledged.items()}.items() <= stored.items()
        assert finally_stored == {each: list(told.events) for each, told in senders.done.items()}
        self.assert_published(watch)

    def assert_published(self, watch: Watch) -> None:
        """Whoever subscribed then has all that is public since, in order."""
        with self._log() as log:
            due = expected(log, watch.begin)
        assert once(watch.listener.events_up_to(due[-1])) == due

    def _stored(self, watch: Watch) -> dict[UUID, list[UUID]]:
        """The ids of the events that each command left in the log."""
        found: dict[UUID, list[UUID]] = {}
        with self._log() as log:
            for page in pages(log, watch.begin):
                for event in page:
                    found.setdefault(event.metadata.command_id, []).append(event.id)
        return found

    def _log(self) -> AbstractContextManager[EventLog]:
        return closing(open_log(self.place.kurrentdb_url, read_only=True))


@contextmanager
def opened_system(directory: Path, amqp_url: str, kurrentdb_url: str, postgres_url: str) -> Iterator[System]:
    ports = Ports(directory / "ports.json")
    place = Place(
        directory / "data",
        amqp_url,
        kurrentdb_url,
        postgres_url=postgres_url,
        metrics_port=ports.of("scheduling", 2),
    )
    with ExitStack() as opened:
        service = opened.enter_context(launched(place, scheduling))["scheduling"]
        runtime = opened.enter_context(remote(amqp_url, scheduling))
        accounts = opened.enter_context(closing(Accounts(directory / "accounts.db")))
        relay = Relay(place, ports.of("relay"))
        opened.callback(relay.kill)
        system = System(place, service, relay, runtime, accounts, ports.of("relay"))
        ready(runtime)
        until(system.is_well)
        yield system
