"""One service in processes of its own, over a real message broker and a way to it that may fail."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from kombu import Connection, Exchange, Queue

from services.cluster.faults import ServiceUnavailable, TooLate, error_of
from services.cluster.messages import Request, decode_reply, encode
from services.cluster.pool import Proxy
from services.cluster.remote import RemoteRuntime
from services.core.authorisation import Actor, Forbidden
from services.core.deciders import Refused
from services.core.log import OutcomeUnknown
from services.core.runtime import Unknown
from services.core.schemas import Invalid
from services.scheduling.service import scheduling
from services.wiring import OPERATOR
from tests.cluster.processes import LIMIT_SECONDS, Launched, Place, alive, launched, ready, remote, until, wait_at_most
from tests.cluster.senders import Senders
from tests.engines import rabbitmq
from tests.engines.tcp_fault_proxy import FaultProxy
from tests.platform import SCHOOL, SCHOOL_ROW

TRANSIENT = 1
"""A message that the broker holds in memory only, in AMQP's words."""


@dataclass
class Running:
    place: Place
    services: dict[str, Launched]
    runtime: RemoteRuntime

    def add(self, **fields: object) -> None:
        result = self.runtime.handle(
            "scheduling.RecordSchool", {**SCHOOL_ROW, **fields}, actor=OPERATOR, command_id=uuid4()
        )
        assert self.runtime.wait_for(result.position, 30)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    place = Place(tmp_path_factory.mktemp("apart"), rabbitmq.shared().url)
    with launched(place, scheduling) as services, remote(place.amqp_url, scheduling) as runtime:
        ready(runtime)
        yield Running(place, services, runtime)


def test_a_command_is_done_and_a_query_shows_it(running: Running) -> None:
    running.add(urn=SCHOOL)
    answer = running.runtime.ask("scheduling.SchoolByUrn", {"urn": SCHOOL}, actor=OPERATOR)
    assert answer.value.row.name == "Aldborough Primary School"


def test_what_is_refused_is_refused_as_in_one_process(running: Running) -> None:
    handle, nobody = running.runtime.handle, Actor("nobody")
    with pytest.raises(Invalid) as invalid:
        handle("scheduling.RecordSchool", {**SCHOOL_ROW, "urn": 1}, actor=OPERATOR, command_id=uuid4())
    assert list(invalid.value.errors) == ["urn"]
    with pytest.raises(Forbidden):
        handle("scheduling.RecordSchool", SCHOOL_ROW, actor=nobody, command_id=uuid4())
    ended = {"person": "nobody", "role": "adviser", "ends": "2012-01-01"}
    with pytest.raises(Refused):
        handle("scheduling.EndTenure", ended, actor=OPERATOR, command_id=uuid4())
    with pytest.raises(Unknown):
        running.runtime.ask("scheduling.NoSuchQuestion", {}, actor=OPERATOR)
    assert not running.runtime.may("scheduling.RecordSchool", SCHOOL_ROW, actor=nobody)


def test_the_same_command_sent_twice_has_one_effect(running: Running) -> None:
    command_id = uuid4()
    row = {**SCHOOL_ROW, "urn": 120001}
    first, second = (
        running.runtime.handle("scheduling.RecordSchool", row, actor=OPERATOR, command_id=command_id) for _ in range(2)
    )
    assert (first.position, first.events) == (second.position, second.events)
    assert (first.repeated, second.repeated) == (False, True)


def test_a_command_that_comes_too_late_is_refused_and_not_done(running: Running) -> None:
    row = {**SCHOOL_ROW, "urn": 120002}
    late = Request("handle", time.time() - 1, "scheduling.RecordSchool", row, OPERATOR, uuid4())
    proxy = Proxy(running.place.amqp_url)
    reply = decode_reply(proxy.call("scheduling", "handle", encode(late).decode(), 30).encode())
    proxy.drop()
    assert reply.fault is not None
    assert isinstance(error_of(reply.fault), TooLate)
    assert running.runtime.ask("scheduling.SchoolByUrn", {"urn": 120002}, actor=OPERATOR).value is None


def test_what_crosses_does_not_stay_on_the_brokers_disk(running: Running) -> None:
    """Neither requests nor replies: an erasure would not find them there."""
    with Connection(running.place.amqp_url) as connection:
        everything = Exchange("nameko-rpc", type="topic", durable=True)
        copies = Queue(exchange=everything, routing_key="#", exclusive=True)(connection.default_channel)
        copies.declare()
        running.runtime.ask("scheduling.SchoolByUrn", {"urn": SCHOOL}, actor=OPERATOR)
        request, reply = _next(copies), _next(copies)
    assert request.properties["delivery_mode"] == reply.properties["delivery_mode"] == TRANSIENT


def _next(queue: Queue) -> Any:
    found = list[Any]()

    def there() -> bool:
        found[:] = [message for message in [queue.get(no_ack=True)] if message is not None]
        return bool(found)

    until(there)
    return found[0]


def test_where_nothing_answers_the_user_is_told_that_nothing_was_recorded() -> None:
    with remote("amqp://guest:guest@127.0.0.1:1//", scheduling) as runtime:
        with pytest.raises(ServiceUnavailable, match="Nothing was recorded"):
            runtime.handle("scheduling.RecordSchool", SCHOOL_ROW, actor=OPERATOR, command_id=uuid4())
        assert runtime.health()["wrong"] == [
            "scheduling: The message broker can't be reached. Nothing was recorded. Try again in a moment."
        ]


@contextmanager
def far_away() -> Iterator[tuple[FaultProxy, RemoteRuntime]]:
    """A gateway, and its way to the broker."""
    way = FaultProxy(rabbitmq.shared().port)
    with way, remote(f"amqp://guest:guest@127.0.0.1:{way.port}//", scheduling) as runtime:
        ready(runtime)
        yield way, runtime


@pytest.mark.usefixtures("running")
def test_a_connection_that_hangs_without_closing_is_given_up_for_another() -> None:
    command_id, row = uuid4(), {**SCHOOL_ROW, "urn": 120003}
    with far_away() as (way, runtime):
        way.hang()
        told = runtime.handle("scheduling.RecordSchool", row, actor=OPERATOR, command_id=command_id)
        again = runtime.handle("scheduling.RecordSchool", row, actor=OPERATOR, command_id=command_id)
        assert again.repeated
        assert again.events == told.events


@pytest.mark.usefixtures("running")
def test_where_no_answer_comes_the_user_is_told_that_it_may_have_been_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command_id, row = uuid4(), {**SCHOOL_ROW, "urn": 120004}
    with far_away() as (way, runtime):
        way.swallow_replies()
        wait_at_most(2, monkeypatch)
        with pytest.raises(OutcomeUnknown):
            runtime.handle("scheduling.RecordSchool", row, actor=OPERATOR, command_id=command_id)
        way.mend()
        wait_at_most(LIMIT_SECONDS, monkeypatch)
        assert runtime.handle("scheduling.RecordSchool", row, actor=OPERATOR, command_id=command_id).repeated


def test_a_service_that_is_restarted_in_order_leaves_no_command_unanswered(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_at_most(LIMIT_SECONDS, monkeypatch)  # a busy machine starts slowly
    with Senders(running.runtime) as senders:
        until(lambda: len(senders.done) > 20)
        running.services["scheduling"].stop()
        assert running.services["scheduling"].process.returncode == 0
        running.services["scheduling"] = Launched(running.place, "scheduling")
        stopped_at = len(senders.done)
        until(lambda: len(senders.done) > stopped_at + 20)
    assert senders.failed == []
    senders.assert_each_was_done_once()
    running.services["scheduling"].stop()


def test_no_process_outlives_a_launcher_that_is_killed(tmp_path: Path) -> None:
    place = Place(tmp_path, rabbitmq.shared().url)
    service = Launched(place, "scheduling")
    both = [service.child("worker"), service.child("edge")]
    with remote(place.amqp_url, scheduling) as runtime:
        ready(runtime)
    service.process.kill()
    service.process.wait()
    until(lambda: not any(alive(pid) for pid in both))
