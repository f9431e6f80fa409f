"""Every fault that the engines, the processes and the ways between them may have, met with commands in flight.

What each cost stands in the table at the end of the run: .venv/bin/pytest tests/cluster/test_faults.py"""

import time
from collections.abc import Iterator

import pytest

from tests.cluster.processes import until
from tests.cluster.system import SILENT, System, opened_system
from tests.engines.kurrentdb.process import Double
from tests.engines.rabbitmq import RabbitMq

OUTAGE_SECONDS = 20.0
AT_ONCE = 200
BROKER_AWAY = "The message broker (AMQP_URL) can't be reached."


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    log = Double(tmp_path_factory.mktemp("log")).start()
    yield log
    log.stop()


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, broker: RabbitMq, log: Double) -> Iterator[System]:
    with opened_system(tmp_path_factory.mktemp("faults"), broker.url, log.url) as system:
        yield system


def broker_is_missed(system: System) -> None:
    """Everybody who needs the broker says so."""
    until(lambda: system.wrong("worker") == [BROKER_AWAY])
    until(lambda: "The broker can't be used" in "".join(system.wrong("relay")))
    until(lambda: "The message broker can't be reached" in "".join(system.wrong("gateway")))
    assert system.measured("worker", "partnership_broker_connected", what="ringer") == 0
    assert system.measured("relay", "partnership_broker_connected", what="partnership.relay") == 0
    assert system.measured("gateway", "partnership_broker_connected", what="listener") == 0


def test_a_broker_stopped_for_20_seconds(system: System, broker: RabbitMq) -> None:
    def meanwhile() -> None:
        stopped = time.monotonic()
        broker_is_missed(system)
        until(lambda: time.monotonic() > stopped + OUTAGE_SECONDS)

    system.survives("broker stopped for 20 s", broker.stop, meanwhile, broker.start)


def test_a_broker_that_is_killed(system: System, broker: RabbitMq) -> None:
    system.survives("broker killed", broker.kill, lambda: broker_is_missed(system), broker.start)


def test_a_log_server_killed_under_appends_and_subscriptions(system: System, log: Double) -> None:
    def meanwhile() -> None:
        until(lambda: "The event log can't be read" in "".join(system.wrong("worker")))
        until(lambda: "The event log" in "".join(system.wrong("relay")))
        until(lambda: "The event log" in "".join(system.wrong("gateway")))
        for part in ("worker", "relay"):
            assert system.measured(part, "partnership_engine_reachable", engine="log") == 0

    system.survives("log server killed", log.kill, meanwhile, log.start)


def test_a_worker_that_is_killed(system: System) -> None:
    def meanwhile() -> None:
        until(lambda: "The worker of scheduling is not listening" in "".join(system.wrong("edge")))
        assert system.wrong("worker") == SILENT

    system.survives("worker killed", lambda: system.service.kill("worker"), meanwhile)


def test_an_edge_that_is_killed(system: System) -> None:
    system.survives(
        "edge killed", lambda: system.service.kill("edge"), lambda: until(lambda: system.wrong("edge") == SILENT)
    )


def test_a_relay_killed_between_confirm_and_checkpoint(system: System) -> None:
    def hurt() -> None:
        system.relay.kill()
        system.relay.start("tests.cluster.killed_relay")
        system.relay.process.wait()

    def meanwhile() -> None:
        assert system.wrong("relay") == SILENT

    system.survives("relay killed before its checkpoint", hurt, meanwhile, system.relay.start)
