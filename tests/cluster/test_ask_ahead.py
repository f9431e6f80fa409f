"""A page asks several questions of several services at once; one that is not answered so is asked by itself."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from services.cluster.desk import Desk
from services.cluster.messages import Request, decode_request, encode, faulty
from services.cluster.metrics import CALLS
from services.cluster.pool import Pool, Proxy
from services.cluster.positions import Positions
from services.cluster.remote import RemoteRuntime
from services.core.authorisation import Actor
from services.scheduling.service import scheduling
from services.wiring import OPERATOR, SERVICES
from tests.cluster.in_process import Messages
from tests.cluster.processes import Place, launched, ready, remote, until
from tests.engines import rabbitmq
from tests.platform import SCHOOL, Platform, opened_platform

HERE: tuple[str, Mapping[str, Any]] = ("scheduling.SchoolByUrn", {"urn": SCHOOL})
VISITS: tuple[str, Mapping[str, Any]] = ("scheduling.SchoolVisits", {"urn": SCHOOL, "year": 2011})
CHARGES: tuple[str, Mapping[str, Any]] = ("billing.SchoolStatement", {"urn": SCHOOL})
ACTIONS: tuple[str, Mapping[str, Any]] = ("visits.SchoolActions", {"urn": SCHOOL})


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with opened_platform(tmp_path_factory.mktemp("ahead")) as platform:
        yield platform


def test_each_answer_is_the_one_that_the_question_has_by_itself(platform: Platform) -> None:
    messages = Messages(platform.runtime)
    runtime = messages.remote()
    asked = [HERE, CHARGES, VISITS, ACTIONS]
    came = runtime.ask_ahead(asked, actor=OPERATOR)
    assert messages.asked.total() == 3
    assert [answer and answer.value for answer in came] == [
        runtime.ask(name, fields, actor=OPERATOR).value for name, fields in asked
    ]


def test_what_fails_leaves_the_others_their_answers(platform: Platform) -> None:
    refused: tuple[str, Mapping[str, Any]] = ("analytics.TimelineEntry", {"urn": SCHOOL, "position": 10**9})
    invalid: tuple[str, Mapping[str, Any]] = ("scheduling.SchoolByUrn", {"urn": 12})
    came = Messages(platform.runtime).remote().ask_ahead([refused, HERE, invalid, VISITS], actor=OPERATOR)
    assert [answer is not None for answer in came] == [False, True, False, True]


def test_what_is_not_for_the_actor_is_not_asked(platform: Platform) -> None:
    def refused() -> float:
        return float(CALLS.labels("billing", "ask", "Forbidden")._value.get())

    before = refused()
    came = Messages(platform.runtime).remote().ask_ahead([HERE, CHARGES], actor=Actor("nobody"))
    assert came == [None, None]
    assert refused() == before


def test_a_question_that_comes_to_its_turn_too_late_is_not_answered(platform: Platform) -> None:
    times = iter((1.0, 3.0))
    desk = Desk("scheduling", platform.runtime, now=lambda: next(times))
    both = {
        "verb": "ask",
        "deadline": 2.0,
        "actor": OPERATOR,
        "questions": [{"name": name, "fields": fields} for name, fields in (HERE, VISITS)],
    }
    replies = msgspec.json.decode(desk.answer(msgspec.json.encode(both)))["value"]
    assert ["fault" in reply for reply in replies] == [False, True]
    assert replies[1]["fault"]["kind"] == "TooLate"


def test_a_service_of_an_older_version_is_asked_one_by_one(platform: Platform) -> None:
    """Its worker does not know of `questions`, so it takes the request for a query without a name."""
    messages = Messages(platform.runtime)

    def older(requests: Mapping[str, Request]) -> dict[str, bytes]:
        known = {service: msgspec.structs.replace(request, questions=()) for service, request in requests.items()}
        return {service: messages.call(service, decode_request(encode(one))) for service, one in known.items()}

    runtime = RemoteRuntime(SERVICES, messages.call, Positions(), call_all=older)
    assert runtime.ask_ahead([HERE, CHARGES], actor=OPERATOR) == [None, None]


def test_one_failing_service_leaves_the_others_their_answers(platform: Platform) -> None:
    messages = Messages(platform.runtime)

    def failing(requests: Mapping[str, Request]) -> dict[str, bytes]:
        down = faulty("ServiceUnavailable", "The service billing is not answering.")
        return {each: down if each == "billing" else messages.call(each, one) for each, one in requests.items()}

    runtime = RemoteRuntime(SERVICES, messages.call, Positions(), call_all=failing)
    came = runtime.ask_ahead([CHARGES, HERE], actor=OPERATOR)
    assert [answer is not None for answer in came] == [False, True]


def test_over_a_broker_what_comes_is_kept_and_what_does_not_is_left(tmp_path: Path) -> None:
    """The service billing is not running."""
    place = Place(tmp_path, rabbitmq.shared().url)
    with launched(place, scheduling), remote(place.amqp_url) as runtime:
        with remote(place.amqp_url, scheduling) as its_own:
            ready(its_own)
        until(lambda: None not in runtime.ask_ahead([HERE, VISITS], actor=OPERATOR))
        came = runtime.ask_ahead([HERE, CHARGES], actor=OPERATOR)
        assert came[1] is None
        assert runtime.ask(*HERE, actor=OPERATOR).value is None


def test_without_a_broker_nothing_comes_and_nothing_fails() -> None:
    with closing(Pool(lambda: Proxy("amqp://127.0.0.1:1"))) as pool:
        runtime = RemoteRuntime(SERVICES, pool.call, Positions(), call_all=pool.call_all)
        assert runtime.ask_ahead([HERE, CHARGES], actor=OPERATOR) == [None, None]
        assert runtime.ask_ahead([], actor=OPERATOR) == []
