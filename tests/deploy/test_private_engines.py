"""The engines that `make cluster` starts, real ones: who may do what there, and what a restart keeps."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import kombu
import psycopg
import pytest
from amqp.exceptions import AccessRefused

from deploy.broker import EVENTS
from deploy.cluster import postgres, rabbitmq
from deploy.cluster.ports import free_port
from deploy.cluster.postgres import Postgres
from deploy.cluster.rabbitmq import RabbitMq
from deploy.cluster.scraping import prometheus
from deploy.cluster.supervisor import Supervisor
from tests.cluster.processes import until
from tests.deploy.files import DEPLOY
from tests.deploy.test_alerts import RULES

needs_rabbitmq = pytest.mark.skipif(not rabbitmq.installed(), reason="Debian's rabbitmq-server is not installed")
needs_postgres = pytest.mark.skipif(postgres.programs() is None, reason="Debian's postgresql is not installed")


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitMq]:
    directory = tmp_path_factory.mktemp("rabbitmq")
    broker = RabbitMq(directory / "broker", free_port())
    broker.prepare()
    supervisor = Supervisor(directory / "logs", print)
    try:
        for program in broker.programs():
            supervisor.start([program])
        yield broker
    finally:
        supervisor.stop()


def subscriber_queue(name: str) -> kombu.Queue:
    return kombu.Queue(name, durable=True, queue_arguments={"x-queue-type": "quorum"})


@needs_rabbitmq
def test_a_subscriber_hears_public_events_in_a_queue_of_its_own(broker: RabbitMq) -> None:
    with kombu.Connection(broker.url()) as platform, kombu.Connection(broker.url(subscriber=True)) as outsider:
        queue = subscriber_queue("subscriber.admissions")(outsider.channel())
        queue.queue_declare()
        queue.channel.queue_bind(queue.name, EVENTS, "#")
        with platform.Producer() as producer:
            producer.publish({"urn": 120777}, exchange=EVENTS, routing_key="scheduling.VisitPlanned.120777")
        with outsider.SimpleQueue(queue) as waiting:
            message = waiting.get(timeout=30)
            assert message.payload == {"urn": 120777}
            message.ack()


@needs_rabbitmq
def test_the_sample_subscriber_may_do_all_that_it_does(broker: RabbitMq, tmp_path: Path) -> None:
    with kombu.Connection(broker.url()) as platform:
        settings = {"AMQP_URL": broker.url(subscriber=True), "QUEUE": "subscriber.portal", "FILE": str(tmp_path / "f")}
        history = {"EVENTS_URL": f"http://127.0.0.1:{free_port()}/", "TOKEN": "none"}
        command = [sys.executable, str(DEPLOY / "examples" / "subscriber.py")]
        done = subprocess.run(command, env={**os.environ, **settings, **history}, capture_output=True, text=True)
        assert "Connection refused" in done.stderr, "its queue was declared and bound; only the pages are not there"
        assert kombu.Queue("subscriber.portal")(platform.channel()).queue_declare(passive=True)


@needs_rabbitmq
@pytest.mark.parametrize("name", ["rpc-partnership_visits", "amq.x", "othersubscriber.x"])
def test_a_subscriber_can_not_have_another_queue(broker: RabbitMq, name: str) -> None:
    with kombu.Connection(broker.url(subscriber=True)) as outsider, pytest.raises(AccessRefused):
        subscriber_queue(name)(outsider.channel()).queue_declare()


@needs_rabbitmq
def test_a_subscriber_can_not_send_a_command_or_an_event(broker: RabbitMq) -> None:
    with kombu.Connection(broker.url()) as platform:
        for name in (EVENTS, "nameko-rpc"):
            kombu.Exchange(name, "topic", durable=True)(platform.channel()).declare()
            with kombu.Connection(broker.url(subscriber=True)) as outsider, outsider.channel() as channel:
                channel.confirm_select()
                with pytest.raises(AccessRefused):
                    channel.basic_publish_confirm(channel.prepare_message(b"{}"), exchange=name, routing_key="x")


@needs_rabbitmq
def test_nobody_else_is_let_in(broker: RabbitMq) -> None:
    with kombu.Connection(f"amqp://guest:guest@127.0.0.1:{broker.port}//") as stranger, pytest.raises(AccessRefused):
        stranger.connect()


@needs_rabbitmq
@pytest.mark.skipif(shutil.which("prometheus") is None, reason="Debian's prometheus is not installed")
def test_prometheus_sees_what_a_subscriber_does_not_read(broker: RabbitMq, tmp_path: Path) -> None:
    with kombu.Connection(broker.url()) as platform:
        for name in ("subscriber.asleep", "somebody.else"):
            subscriber_queue(name)(platform.channel()).queue_declare()
            with platform.Producer() as producer:
                producer.publish({}, routing_key=name)
                producer.publish({}, routing_key=name)
    (rule,) = (each for each in RULES if each["alert"] == "SubscriberNotReading")
    port = free_port()
    watching = prometheus(tmp_path / "prometheus", port, {"subscribers-queues": [broker.metrics_port]})
    assert watching
    supervisor = Supervisor(tmp_path / "logs", print)
    try:
        supervisor.start([watching])
        until(lambda: measured(port, rule["expr"]).get("subscriber.asleep") == "2")
        assert "somebody.else" not in measured(port, "rabbitmq_detailed_queue_messages")
    finally:
        supervisor.stop()


def measured(port: int, expression: str) -> dict[str, str]:
    """What Prometheus at a port finds, by queue: nothing while it is starting."""
    query = urlencode({"query": expression})
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/v1/query?{query}") as answer:
            found = json.load(answer)["data"]["result"]
    except HTTPError:
        return {}
    return {each["metric"]["queue"]: each["value"][1] for each in found}


@needs_postgres
def test_postgres_orders_by_bytes_asks_for_a_password_and_keeps_what_it_has(tmp_path: Path) -> None:
    for parent in tmp_path.parents[:3]:
        parent.chmod(0o755)  # root's temporary directories are closed to the user that PostgreSQL runs as
    tmp_path.chmod(0o755)
    server = Postgres(tmp_path / "postgres", free_port())
    for wanted in (None, [(1,)]):
        server.prepare()
        supervisor = Supervisor(tmp_path / "logs", print)
        try:
            supervisor.start([server.program()])
            server.make_database()
            with psycopg.connect(server.url()) as connection:
                collation = connection.execute("SELECT datcollate FROM pg_database WHERE datname = 'partnership'")
                assert collation.fetchall() == [("C",)]
                if wanted is None:
                    connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
                else:
                    assert connection.execute("SELECT one FROM kept").fetchall() == wanted
            with pytest.raises(psycopg.OperationalError, match="no password supplied"):
                psycopg.connect(server.url().replace(f":{server.password}@", "@"))
        finally:
            supervisor.stop()
