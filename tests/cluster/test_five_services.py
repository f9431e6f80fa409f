"""The whole platform apart: five services over one log server and one message broker, and pages over all of them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients
from services.cluster.remote import RemoteRuntime
from services.core.authorisation import Actor
from services.wiring import OPERATOR, SERVICES
from tests.cluster.processes import Place, launched, ready, remote, until
from tests.engines import rabbitmq
from tests.engines.kurrentdb.process import Double
from tests.gateway.conftest import Settings
from tests.gateway.county import QUICK_HASH
from tests.gateway.visits import Browser
from tests.platform import PEOPLE, SCHOOL, SCHOOL_ROW

HEAD, CHAIR = "headteacher", "chair_of_governors"


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteRuntime]:
    directory = tmp_path_factory.mktemp("five")
    log = Double(directory / "log").start()
    place = Place(directory / "data", rabbitmq.shared().url, log.url)
    try:
        with launched(place, *SERVICES), remote(place.amqp_url) as runtime:
            ready(runtime)
            do(runtime, "scheduling.RecordSchool", **SCHOOL_ROW)
            for person, role in PEOPLE.items():
                urn = SCHOOL if role in (HEAD, CHAIR) else None
                do(runtime, "scheduling.RegisterPerson", person=person, name=person.title())
                do(runtime, "scheduling.BeginTenure", person=person, role=role, urn=urn, begins="2011-09-01")
            yield runtime
    finally:
        log.stop()


def do(runtime: RemoteRuntime, command: str, /, *, by: str | None = None, **fields: Any) -> None:
    """Have it done, and wait until every service has taken it in."""
    actor = OPERATOR if by is None else Actor(by)
    result = runtime.handle(command, fields, actor=actor, command_id=uuid4())
    assert runtime.wait_for(result.position, 60)


@contextmanager
def signed_in(runtime: RemoteRuntime, directory: Path, person: str) -> Iterator[Browser]:
    accounts = Accounts(directory / "accounts.db", QUICK_HASH)
    accounts.add(person, DEMONSTRATION_PASSWORD, person)
    browser = Browser(create_app(Clients(runtime), accounts, Settings()).test_client())
    assert browser.sign_in(person, DEMONSTRATION_PASSWORD).status_code == 303
    yield browser
    accounts.close()


def test_what_one_service_records_the_others_act_on(runtime: RemoteRuntime, tmp_path: Path) -> None:
    price: dict[str, Any] = {
        "item": "full-service",
        "school_status": "maintained",
        "pence": 265_000,
        "begins": "2011-09-01",
    }
    do(runtime, "billing.SetPrice", by="finance", **price)
    do(runtime, "scheduling.SubscribeSchool", by="head", urn=SCHOOL, year=2011)
    with signed_in(runtime, tmp_path, "head") as head:
        until(lambda: "2,650.00" in head.open(f"/schools/{SCHOOL}/charges").text)


def test_a_role_that_ends_closes_the_school_at_once(runtime: RemoteRuntime, tmp_path: Path) -> None:
    with signed_in(runtime, tmp_path, "chair") as chair:
        assert chair.open(f"/schools/{SCHOOL}/history").status_code == 200
        ended: dict[str, Any] = {"person": "chair", "role": CHAIR, "urn": SCHOOL, "ends": "2012-01-01"}
        do(runtime, "scheduling.EndTenure", **ended)
        assert chair.open(f"/schools/{SCHOOL}/history").status_code == 403


def test_health_tells_how_far_every_read_model_is(runtime: RemoteRuntime, tmp_path: Path) -> None:
    with signed_in(runtime, tmp_path, "auditor") as visitor:
        health: Any = visitor.open("/health").json
        assert (health["status"], health["wrong"]) == ("ok", [])
        assert {re.sub(r"\..*", "", name) for name in health["lag"]} == {service.name for service in SERVICES}
