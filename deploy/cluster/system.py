"""What the system consists of on one machine: which programs, with which settings, in which order."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy import healthy
from deploy.cluster import passwords, postgres, rabbitmq
from deploy.cluster.child import Program
from deploy.cluster.ports import Ports, answers
from deploy.cluster.postgres import Postgres
from deploy.cluster.rabbitmq import RabbitMq
from deploy.cluster.scraping import prometheus
from services.core.settings import Settings
from services.wiring import SERVICES

PROJECT = Path(__file__).parents[2]
PARTNERSHIP = (sys.executable, "-m", "services.cli")


class Lacking(Exception):
    """A package that this machine has not; the text says which and how to get it."""


@dataclass(frozen=True)
class System:
    """The platform in `directory`, by the settings it was started with. An engine whose address is set is used where
    it is; the others are started here."""

    directory: Path
    given: Settings
    ports: Ports

    def check(self) -> None:
        """Raises Lacking."""
        if not self.given.amqp_url and not rabbitmq.installed():
            raise Lacking("RabbitMQ is not installed. On Debian: apt-get install rabbitmq-server. Or set AMQP_URL.")
        if not self.given.postgres_url and postgres.programs() is None:
            raise Lacking("PostgreSQL is not installed. On Debian: apt-get install postgresql. Or set POSTGRES_URL.")

    def engines(self) -> list[list[Program]]:
        """Programs to start before all others, stage after stage; what they need is prepared."""
        first: list[Program] = []
        then: list[Program] = []
        if not self.given.amqp_url:
            self.broker.prepare()
            names, broker = self.broker.programs()
            first.append(names)
            then.append(broker)
        if not self.given.postgres_url:
            self.database.prepare()
            then.append(self.database.program())
        if self.stands_in:
            then.append(self._log_server())
        return [first, then]

    @property
    def stands_in(self) -> bool:
        """Whether the log is kept by the tests' stand-in for EventStoreDB."""
        return not self.given.kurrentdb_url

    @property
    def broker(self) -> RabbitMq:
        ports = {name: self.ports.of(f"rabbitmq-{name}") for name in ("amqp", "metrics", "epmd", "nodes")}
        return RabbitMq(
            self.directory / "rabbitmq",
            ports["amqp"],
            metrics_port=ports["metrics"],
            epmd_port=ports["epmd"],
            nodes_port=ports["nodes"],
        )

    @property
    def database(self) -> Postgres:
        return Postgres(self.directory / "postgres", self.ports.of("postgres"))

    def make_database(self) -> None:
        """Once PostgreSQL answers. Raises NotRunning."""
        if not self.given.postgres_url:
            self.database.make_database()

    def environment(self) -> dict[str, str]:
        """Of every process of the platform: addresses with a password in them by file."""
        found = {"DATA_DIR": str(self.directory), "METRICS_PORT": "0"}
        if self.given.public_url == Settings().public_url:
            found["PUBLIC_URL"] = f"http://{self.given.host}:{self.given.port}"
        if self.stands_in:
            found["KURRENTDB_URL"] = f"esdb://127.0.0.1:{self.ports.of('kurrentdb')}?Tls=false"
        if not self.given.amqp_url:
            found["AMQP_URL_FILE"] = str(passwords.write(self.directory / "amqp-url", self.broker.url()))
        if not self.given.postgres_url:
            found["POSTGRES_URL_FILE"] = str(passwords.write(self.directory / "postgres-url", self.database.url()))
        return found

    def platform(self) -> list[list[Program]]:
        """The services, the relay and the watch over the seals; then the gateway; then Prometheus."""
        apart = [self._process(each.name, ["service", each.name], ports=2) for each in SERVICES]
        apart += [self._process("relay", ["relay"]), self._process("seals", ["watch-seal"])]
        gateway = self._program("gateway", ["gateway"], [self.given.port], speaks=True)
        watching = prometheus(self.directory / "prometheus", self.ports.of("prometheus"), self._scraped())
        return [apart, [gateway], [watching] if watching else []]

    def addresses(self) -> list[tuple[str, str]]:
        """What is of use to a person, and where it is. A password is not printed but where it lies."""
        found = [("Platform", f"http://127.0.0.1:{self.given.port}")]
        if shutil.which("prometheus"):
            found.append(("Prometheus", f"http://127.0.0.1:{self.ports.of('prometheus')}"))
        if not self.given.amqp_url:
            file = passwords.write(self.directory / "subscriber-amqp-url", self.broker.url(subscriber=True))
            found.append(("RabbitMQ for subscribers", f"127.0.0.1:{self.broker.port}, address in {file}"))
        if not self.given.postgres_url:
            found.append(
                ("PostgreSQL", f"127.0.0.1:{self.database.port}, address in {self.directory / 'postgres-url'}")
            )
        return [*found, ("Logs of each process", str(self.directory / "logs"))]

    def _scraped(self) -> Mapping[str, Sequence[int]]:
        workers = [self.ports.of(service.name, 2) for service in SERVICES]
        found = {
            "gateway": [self.given.port],
            "worker": workers,
            "edge": [port + 1 for port in workers],
            "relay": [self.ports.of("relay")],
            "seals": [self.ports.of("seals")],
        }
        if not self.given.amqp_url:
            found |= {job: [self.ports.of("rabbitmq-metrics")] for job in ("rabbitmq", "subscribers-queues")}
        return found

    def _process(self, name: str, command: Sequence[str], ports: int = 1) -> Program:
        port = self.ports.of(name, ports)
        return self._program(name, command, range(port, port + ports), {"METRICS_PORT": str(port)})

    def _program(
        self,
        name: str,
        command: Sequence[str],
        ports: Sequence[int],
        environment: Mapping[str, str] | None = None,
        *,
        speaks: bool = False,
    ) -> Program:
        return Program(
            name,
            [*PARTNERSHIP, *command],
            _healthy(ports),
            {**self.environment(), **(environment or {})},
            PROJECT,
            speaks=speaks,
        )

    def _log_server(self) -> Program:
        port, data = self.ports.of("kurrentdb"), self.directory / "stand-in-log"
        command = [sys.executable, "-m", "tests.engines.kurrentdb", "--port", str(port), "--data", str(data)]
        return Program("kurrentdb-stand-in", command, lambda: answers(port), directory=PROJECT)


def _healthy(ports: Sequence[int]) -> Callable[[], bool]:
    return lambda: healthy.main([str(port) for port in ports]) is None
