"""Public events get from the log to the exchange: in order, at least once, whatever happens to relay and broker."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from prometheus_client import REGISTRY

from deploy.cluster.ports import free_port
from services.cli import main
from services.cluster.relay import Relay
from services.core.read_db import reached
from services.core.sqlite_log import SqliteLog
from services.wiring import RELAY
from tests.cluster.published import (
    LIMIT_SECONDS,
    Listener,
    append,
    append_unreadable,
    checkpoint,
    expected,
    once,
    relaying,
    until,
)
from tests.engines.rabbitmq import RabbitMq
from tests.engines.tcp_fault_proxy import FaultProxy

ROOT = Path(__file__).parents[2]
SCHOOLS = range(120_700, 120_720)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    log = SqliteLog(tmp_path / "events.db")
    for urn in SCHOOLS:
        append(log, urn)
    yield log
    log.close()


@contextmanager
def program(module: str, directory: Path, broker: RabbitMq, **settings: str) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "DATA_DIR": str(directory),
        "AMQP_URL": broker.url,
        "PUBLIC_URL": "https://partnership.example",
        **settings,
    }
    arguments = [sys.executable, "-m", module, *(["relay"] if module == "services.cli" else [])]
    with subprocess.Popen(arguments, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def checkpoint_of(directory: Path) -> int:
    with checkpoint(directory).current().reading() as connection:
        return reached(connection)[0]


def scrape(port: int, what: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}/{what}", timeout=LIMIT_SECONDS) as answer:
        return str(answer.read().decode())


def measured(relay: Relay, metric: str, **labels: str) -> float | None:
    """What somebody who scrapes the relay reads."""
    relay.measure()
    return REGISTRY.get_sample_value(metric, labels)


def test_every_public_event_comes_in_the_order_of_the_log_and_nothing_else(
    log: SqliteLog, broker: RabbitMq, tmp_path: Path
) -> None:
    listener, due = Listener(broker.url), expected(log)
    assert len(due) == 3 * len(SCHOOLS)
    before = REGISTRY.get_sample_value("partnership_relayed_events_total") or 0
    with relaying(tmp_path, broker.url) as relay:
        messages = listener.messages(len(due))
        append(log, 120_999)
        messages += listener.messages(3)
        until(lambda: measured(relay, "partnership_relayed_events_total") == before + len(due) + 3, "all are counted")
        assert relay.wrong() == []
        until(lambda: measured(relay, "partnership_lag_events", reader=RELAY) == 0, "it has caught up")
    assert [message.properties["message_id"] for message in messages] == [event["id"] for event in expected(log)]
    first = messages[0]
    assert first.delivery_info["routing_key"] == "scheduling.SchoolSubscribed.120700"
    assert first.content_type == "application/cloudevents+json"
    assert first.properties["delivery_mode"] == 2
    assert "Asked for" not in first.body
    assert "officer-1" not in first.body


def test_a_subscriber_chooses_by_type_and_school(log: SqliteLog, broker: RabbitMq, tmp_path: Path) -> None:
    listener = Listener(broker.url, "*.*.120705")
    with relaying(tmp_path, broker.url):
        types = [event["type"].rpartition(".")[2] for event in listener.events(3)]
    assert types == ["SchoolSubscribed", "SchoolChanged", "SubscriptionEnded"]


def test_a_relay_killed_between_confirm_and_checkpoint_repeats_and_loses_nothing(
    log: SqliteLog, broker: RabbitMq, tmp_path: Path
) -> None:
    listener, due = Listener(broker.url), expected(log)
    with program("tests.cluster.killed_relay", tmp_path, broker) as killed:
        assert killed.wait(LIMIT_SECONDS) == -signal.SIGKILL
    assert listener.waiting() == len(due)
    with relaying(tmp_path, broker.url):
        events = listener.events(2 * len(due))
    assert once(events) == due
    with relaying(tmp_path, broker.url):
        append(log, 120_999)
        assert listener.events(3) == expected(log)[-3:]


def test_told_to_stop_it_finishes_what_it_is_at(log: SqliteLog, broker: RabbitMq, tmp_path: Path) -> None:
    listener = Listener(broker.url)
    with program("services.cli", tmp_path, broker) as relay:
        assert listener.events(3 * len(SCHOOLS)) == expected(log)
        relay.send_signal(signal.SIGTERM)
        out, _ = relay.communicate(timeout=LIMIT_SECONDS)
        assert (relay.returncode, out.splitlines()[-1]) == (0, "Stopped.")


def test_it_says_how_far_it_is_and_what_is_wrong(log: SqliteLog, broker: RabbitMq, tmp_path: Path) -> None:
    listener, port = Listener(broker.url), free_port()
    with program("services.cli", tmp_path, broker, METRICS_PORT=str(port)):
        listener.events(3 * len(SCHOOLS))
        until(lambda: f"partnership_relay_position {float(log.head())}" in scrape(port, "metrics"), "the position")
        assert "partnership_relayed_events_total 60.0" in scrape(port, "metrics")
        assert '"status": "ok"' in scrape(port, "health")


def test_while_one_relay_publishes_another_waits(log: SqliteLog, broker: RabbitMq, tmp_path: Path) -> None:
    listener, due = Listener(broker.url), expected(log)
    with program("services.cli", tmp_path, broker) as first:
        assert listener.events(len(due)) == due
        with relaying(tmp_path, broker.url) as second:
            until(lambda: second.wrong() == ["Another relay publishes; this one waits until it ends."], "it waits")
            append(log, 120_998)
            assert listener.events(3) == expected(log)[-3:]
            first.kill()
            append(log, 120_999)
            assert once(listener.events_up_to(expected(log)[-1]))[-3:] == expected(log)[-3:]
            until(lambda: second.wrong() == [], "it goes on")


def test_a_broker_that_goes_and_comes_back_costs_nothing(log: SqliteLog, broker: RabbitMq, tmp_path: Path) -> None:
    listener = Listener(broker.url)
    with relaying(tmp_path, broker.url) as relay:
        found = listener.events(3 * len(SCHOOLS))
        broker.kill()
        try:
            append(log, 120_999)
            until(relay.wrong, "it says what is wrong")
            assert "The broker can't be used" in relay.wrong()[0]
        finally:
            broker.start()
        assert once(found + listener.events_up_to(expected(log)[-1])) == expected(log)
        until(lambda: relay.wrong() == [], "it says that all is well")


def test_until_the_broker_confirms_the_checkpoint_stays_where_it_is(
    log: SqliteLog, broker: RabbitMq, tmp_path: Path
) -> None:
    listener, due = Listener(broker.url), expected(log)
    with FaultProxy(broker.port) as proxy, relaying(tmp_path, f"amqp://guest:guest@127.0.0.1:{proxy.port}//") as relay:
        found = listener.events(len(due))
        until(lambda: checkpoint_of(tmp_path) >= int(due[-1]["position"]), "the first checkpoint")
        before = checkpoint_of(tmp_path)
        proxy.swallow_replies()
        append(log, 120_999)
        found += listener.events_up_to(expected(log)[-1])
        until(relay.wrong, "it says what is wrong")
        assert checkpoint_of(tmp_path) == before
        proxy.mend()
        found += listener.events_up_to(expected(log)[-1])
        until(lambda: checkpoint_of(tmp_path) > before, "the second checkpoint")
    assert len(found) > len(expected(log))
    assert once(found) == expected(log)


def test_what_cant_be_read_is_set_aside_and_the_rest_goes_on(log: SqliteLog, broker: RabbitMq, tmp_path: Path) -> None:
    listener, position = Listener(broker.url), append_unreadable(log, 120_998)
    append(log, 120_999)
    with relaying(tmp_path, broker.url) as relay:
        assert listener.events(3 * len(SCHOOLS) + 3) == expected(log)
        until(lambda: measured(relay, "partnership_parked_events", reader=RELAY) == 1, "it is counted")
    listed = CliRunner().invoke(main, ["parked", "list", "--json"], env={"DATA_DIR": str(tmp_path)})
    assert [(row["reader"], row["position"]) for row in json.loads(listed.stdout)] == [(RELAY, position)]
