"""Every fault that the engines, the processes and the ways between them may have, met with commands in flight.

What each cost stands in the table at the end of the run: .venv/bin/pytest tests/cluster/test_faults.py"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from kombu import Connection

from services.cluster.faults import ServiceUnavailable
from tests.cluster.processes import LIMIT_SECONDS, until, wait_at_most
from tests.cluster.senders import Senders
from tests.cluster.system import SILENT, System, opened_system
from tests.engines.kurrentdb.process import Double
from tests.engines.postgres import PostgresServer, database_of
from tests.engines.rabbitmq import RabbitMq
from tests.engines.tcp_fault_proxy import FaultProxy

OUTAGE_SECONDS = 20.0
AT_ONCE = 200
SAME = 20
R = TypeVar("R")
BROKER_AWAY = "The message broker (AMQP_URL) can't be reached."


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, broker: RabbitMq, log_server: Double) -> Iterator[System]:
    directory = tmp_path_factory.mktemp("faults")
    with opened_system(directory, broker.url, log_server.url, database_of(directory)) as system:
        yield system


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gives up waiting for an answer because a busy machine starts a process slowly."""
    wait_at_most(LIMIT_SECONDS, monkeypatch)


def broker_is_missed(system: System) -> None:
    """Everybody who needs the broker says so; an edge ends without it."""
    until(lambda: system.wrong("edge") == SILENT)
    until(lambda: system.says("worker", BROKER_AWAY))
    until(lambda: system.says("relay", "The broker can't be used"))
    until(lambda: "The message broker can't be reached" in "".join(system.wrong("gateway")))
    assert system.measured("worker", "partnership_broker_connected", what="ringer") == 0
    assert system.measured("relay", "partnership_broker_connected", what="partnership.relay") == 0
    assert system.measured("gateway", "partnership_broker_connected", what="listener") == 0


def test_a_broker_stopped_for_20_seconds(system: System, broker: RabbitMq) -> None:
    def meanwhile() -> None:
        stopped = time.monotonic()
        broker_is_missed(system)
        until(lambda: time.monotonic() > stopped + OUTAGE_SECONDS)

    senders = system.survives("broker stopped for 20 s", broker.stop, meanwhile, broker.start)
    assert any(isinstance(error, ServiceUnavailable) for _, error in senders.failed)


def test_a_broker_that_is_killed(system: System, broker: RabbitMq) -> None:
    system.survives("broker killed", broker.kill, lambda: broker_is_missed(system), broker.start)


def test_a_log_server_killed_under_appends_and_subscriptions(system: System, log_server: Double) -> None:
    def meanwhile() -> None:
        until(lambda: system.says("worker", "The event log can't be read"))
        until(lambda: system.says("relay", "The event log"))
        until(lambda: "The event log" in "".join(system.wrong("gateway")))
        for part in ("worker", "relay"):
            assert system.measured(part, "partnership_log_unreachable") == 1

    system.survives("log server killed", log_server.kill, meanwhile, log_server.start)


def test_a_database_that_is_killed(system: System, database: PostgresServer) -> None:
    def meanwhile() -> None:
        until(lambda: system.says("worker", "PostgreSQL"))
        until(lambda: system.says("relay", "PostgreSQL"))
        until(lambda: "PostgreSQL" in "".join(system.wrong("gateway")))

    system.survives("database killed", database.crash, meanwhile, database.start)


@pytest.mark.usefixtures("patient")
def test_a_worker_that_is_killed(system: System) -> None:
    def meanwhile() -> None:
        until(lambda: system.says("edge", "The worker of scheduling is not listening"))
        assert system.wrong("worker") == SILENT

    senders = system.survives("worker killed", lambda: system.service.kill("worker"), meanwhile)
    assert senders.failed == []


@pytest.mark.usefixtures("patient")
def test_an_edge_that_is_killed(system: System) -> None:
    def meanwhile() -> None:
        until(lambda: system.wrong("edge") == SILENT)

    senders = system.survives("edge killed", lambda: system.service.kill("edge"), meanwhile)
    assert senders.failed == []


def test_a_relay_killed_between_confirm_and_checkpoint(system: System) -> None:
    def hurt() -> None:
        system.relay.kill()
        system.relay.start("tests.cluster.killed_relay")
        system.relay.process.wait()

    def meanwhile() -> None:
        assert system.wrong("relay") == SILENT

    system.survives("relay killed before its checkpoint", hurt, meanwhile, system.relay.start)


def test_a_subscriber_that_reads_nothing_holds_up_nobody(system: System, broker: RabbitMq) -> None:
    watch = system.watch()
    with FaultProxy(broker.port) as way, Connection(f"amqp://guest:guest@127.0.0.1:{way.port}//") as connection:
        watch.listener.consume(connection)

        def meanwhile() -> None:
            until(lambda: (system.measured("relay", "partnership_relay_position") or 0) > watch.begin)
            assert system.is_well()
            until(lambda: (broker.depth(watch.listener.name) or 0) > 0)

        system.survives("a subscriber reads nothing", way.hang, meanwhile, way.cut)
    system.assert_published(watch)
    until(lambda: broker.depth(watch.listener.name) == 0)


def test_one_command_delivered_many_times_at_once(system: System) -> None:
    """As when a broker delivers again what it never heard the end of, or a button is pressed again and again."""
    watch, senders, began = system.watch(), Senders(system.runtime), time.monotonic()
    command_id = senders.new()
    told = together(SAME, lambda _: senders.send(command_id))
    assert len({(each.stream, each.version, each.events) for each in told}) == 1
    assert [each.repeated for each in told].count(False) == 1
    senders.done[command_id] = told[0]
    system.assert_sound(f"one command {SAME} times at once", senders, watch, time.monotonic() - began)


def test_many_commands_at_once(system: System) -> None:
    watch, senders, began = system.watch(), Senders(system.runtime), time.monotonic()
    command_ids = [senders.new() for _ in range(AT_ONCE)]
    together(AT_ONCE, lambda at: senders.attempt(command_ids[at]))
    until(system.is_well)
    system.assert_sound(f"{AT_ONCE} commands at once", senders, watch, time.monotonic() - began)


def together(number: int, send: Callable[[int], R]) -> list[R]:
    """What comes of it when so many people send at the same moment."""
    ready = threading.Barrier(number)

    def sent(at: int) -> R:
        ready.wait()
        return send(at)

    with ThreadPoolExecutor(number) as people:
        return list(people.map(sent, range(number)))
