"""The message broker goes away and comes back; nobody helps."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from services.cluster.faults import ServiceUnavailable
from services.core.log import OutcomeUnknown
from services.scheduling.service import scheduling
from services.wiring import OPERATOR
from tests.cluster.processes import Place, launched, ready, remote, until
from tests.cluster.senders import Senders
from tests.engines.rabbitmq import RabbitMq, own
from tests.engines.tcp_fault_proxy import FaultProxy
from tests.platform import SCHOOL, SCHOOL_ROW


@pytest.fixture(scope="module")
def broker() -> Iterator[RabbitMq]:
    broker = own()
    yield broker
    broker.remove()


@pytest.mark.parametrize("how", [RabbitMq.stop, RabbitMq.kill])
def test_nothing_acknowledged_is_lost_and_nothing_unsent_is_recorded(
    broker: RabbitMq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Callable[[RabbitMq], None]
) -> None:
    monkeypatch.setattr("services.cluster.remote.PATIENCE", 3.0)
    place = Place(tmp_path, broker.url)
    with launched(place, scheduling), remote(place.amqp_url, scheduling) as runtime:
        ready(runtime)
        with Senders(runtime) as senders:
            until(lambda: len(senders.done) > 20)
            how(broker)
            until(lambda: any(isinstance(error, ServiceUnavailable) for _, error in senders.failed))
            broker.start()
            back_at = len(senders.done)
            until(lambda: len(senders.done) > back_at + 20)
        senders.assert_each_was_done_once()
        for command_id, error in senders.failed:
            if isinstance(error, ServiceUnavailable):
                assert not senders.send(command_id).repeated, "it was said that nothing was recorded"


def test_where_nothing_answers_the_user_is_told_that_nothing_was_recorded() -> None:
    with remote("amqp://guest:guest@127.0.0.1:1//", scheduling) as runtime:
        with pytest.raises(ServiceUnavailable, match="Nothing was recorded"):
            runtime.handle("scheduling.RecordSchool", SCHOOL_ROW, actor=OPERATOR, command_id=uuid4())
        assert runtime.health()["wrong"] == [
            "scheduling: The message broker can't be reached. Nothing was recorded. Try again in a moment."
        ]


def test_a_connection_that_hangs_without_closing_is_given_up_for_another(broker: RabbitMq, tmp_path: Path) -> None:
    place = Place(tmp_path, broker.url)
    with FaultProxy(broker.port) as between, launched(place, scheduling):
        through = f"amqp://guest:guest@127.0.0.1:{between.port}//"
        with remote(through, scheduling) as runtime:
            ready(runtime)
            command_id = uuid4()
            between.hang()
            told = runtime.handle("scheduling.RecordSchool", SCHOOL_ROW, actor=OPERATOR, command_id=command_id)
            again = runtime.handle("scheduling.RecordSchool", SCHOOL_ROW, actor=OPERATOR, command_id=command_id)
            assert again.repeated
            assert again.events == told.events


def test_where_no_answer_comes_the_user_is_told_that_it_may_have_been_recorded(
    broker: RabbitMq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.cluster.remote.PATIENCE", 2.0)
    place = Place(tmp_path, broker.url)
    with FaultProxy(broker.port) as between, launched(place, scheduling):
        with remote(broker.url, scheduling) as direct:
            ready(direct)
        with remote(f"amqp://guest:guest@127.0.0.1:{between.port}//", scheduling) as runtime:
            ready(runtime)
            between.swallow_replies()
            command_id = uuid4()
            with pytest.raises(OutcomeUnknown):
                runtime.handle("scheduling.RecordSchool", SCHOOL_ROW, actor=OPERATOR, command_id=command_id)
            between.mend()
            assert runtime.handle("scheduling.RecordSchool", SCHOOL_ROW, actor=OPERATOR, command_id=command_id).repeated
            assert runtime.ask("scheduling.SchoolByUrn", {"urn": SCHOOL}, actor=OPERATOR).value
