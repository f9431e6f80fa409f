"""Other systems read the public events over HTTP: page by page, again for little, waiting, and with a token."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from gateway.accounts import Accounts
from gateway.api import create_api
from gateway.api.events import LONGEST_WAIT
from gateway.clients import Clients, LogUnavailable
from services.core.envelope import prepare
from services.core.sqlite_log import SqliteLog
from services.scheduling.events import Sitting, VisitPlanned
from tests.cluster.published import append, metadata
from tests.gateway.conftest import Settings
from tests.gateway.fakes import FakeRuntime

SCHOOLS = range(120_700, 120_704)
SUBSCRIBED = "scheduling.SchoolSubscribed"


class Reader:
    """A subscribing system, by its token."""

    def __init__(self, log: SqliteLog, accounts: Accounts, threads: int = 3) -> None:
        self.runtime = FakeRuntime(log=log)
        settings = Settings(threads=threads)
        self.api, self.accounts = create_api(Clients(self.runtime), accounts, settings), accounts
        self.headers = {"Authorization": f"Bearer {accounts.subscribers.add('portal')}"}

    def get(self, address: str = "/v1/events", **headers: str) -> TestResponse:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.api.test_client().get(address, headers=self.headers | headers)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    log = SqliteLog(tmp_path / "events.db")
    for urn in SCHOOLS:
        append(log, urn)
    yield log
    log.close()


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    accounts = Accounts(tmp_path / "accounts.db")
    yield accounts
    accounts.close()


@pytest.fixture
def reader(log: SqliteLog, accounts: Accounts) -> Reader:
    return Reader(log, accounts)


def batch(answer: TestResponse) -> list[dict[str, Any]]:
    """The events of a page."""
    assert (answer.status_code, answer.content_type) == (200, "application/cloudevents-batch+json")
    return list(json.loads(answer.data))


def subjects(answer: TestResponse) -> list[str]:
    """Which schools the events of a page are about."""
    return [event["subject"] for event in batch(answer)]


def following(answer: TestResponse) -> str:
    """Where the page leads on."""
    link = answer.headers["Link"]
    assert link.endswith('>; rel="next"')
    return link[1 : link.index(">")]


def problem(answer: TestResponse) -> tuple[int, str]:
    """The status and what it says."""
    assert answer.content_type == "application/problem+json"
    body = json.loads(answer.data)
    assert (body["status"], set(body)) == (answer.status_code, {"type", "title", "status", "detail"})
    return answer.status_code, body["detail"]


def plan_visit_4(log: SqliteLog, year: int) -> None:
    """What is of a public type and may not leave."""
    sittings: tuple[Sitting, ...] = ()
    planned = VisitPlanned(120_700, year, "4", adviser="a", sittings=sittings, mode="in_person", term="autumn")
    log.append(f"scheduling.programme-120700-{year}", 0, prepare([planned], metadata()))


def test_pages_lead_on_from_the_first_event_to_the_last_and_then_to_what_is_new(reader: Reader, log: SqliteLog) -> None:
    address, found, pages = "/v1/events?limit=5", list[dict[str, Any]](), 0
    while page := batch(answer := reader.get(address)):
        assert len(page) <= 5
        found, address, pages = found + page, following(answer), pages + 1
    positions = [int(event["position"]) for event in found]
    assert (len(found), pages, positions) == (3 * len(SCHOOLS), 3, sorted(positions))
    assert answer.headers["Retry-After"] == str(LONGEST_WAIT)
    append(log, 120_999)
    assert subjects(reader.get(following(answer))) == ["120999"] * 3


def test_types_choose(reader: Reader) -> None:
    both = reader.get(f"/v1/events?types={SUBSCRIBED},scheduling.SchoolChanged")
    types = {event["type"].removeprefix("partnership.") for event in batch(both)}
    assert types == {SUBSCRIBED, "scheduling.SchoolChanged"}
    one = reader.get(f"/v1/events?types={SUBSCRIBED}&limit=2")
    assert subjects(one) == ["120700", "120701"]
    assert subjects(reader.get(following(one))) == ["120702", "120703"]


def test_a_page_of_nothing_but_what_may_not_leave_is_not_the_end(reader: Reader, log: SqliteLog) -> None:
    after = log.head()
    for year in range(2000, 2010):
        plan_visit_4(log, year)
    append(log, 120_999)
    page = reader.get(f"/v1/events?after={after}&limit=3")
    assert set(subjects(page)) == {"120999"}


def test_a_page_that_is_as_it_was_costs_no_more_than_the_question(reader: Reader, log: SqliteLog) -> None:
    first = reader.get("/v1/events?after=3")
    again = reader.get("/v1/events?after=3", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert (again.headers["ETag"], following(again)) == (first.headers["ETag"], following(first))
    assert first.headers["Cache-Control"] == "private, no-cache"
    append(log, 120_999)
    assert reader.get("/v1/events?after=3", If_None_Match=first.headers["ETag"]).status_code == 200


def test_a_position_beyond_the_head_gives_an_empty_page(reader: Reader) -> None:
    answer = reader.get("/v1/events?after=1000000")
    assert batch(answer) == []
    assert "after=1000000" in following(answer)


def test_whoever_waits_is_answered_when_something_happens(reader: Reader, log: SqliteLog) -> None:
    head = log.head()
    with ThreadPoolExecutor(1) as waiting:
        answer = waiting.submit(reader.get, f"/v1/events?after={head}&wait={LONGEST_WAIT}")
        append(log, 120_999)
        assert subjects(answer.result())[:1] == ["120999"]


def test_only_so_many_wait_and_the_others_are_answered_at_once(
    log: SqliteLog, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, asked = Reader(log, accounts, threads=3), list[float]()

    def wait(position: int, timeout: float) -> bool:
        """While the first request waits, a second one asks to wait as well."""
        asked.append(timeout)
        assert batch(reader.get(address)) == []
        append(log, 120_999)
        return True

    address = f"/v1/events?after={log.head()}&wait=5"
    monkeypatch.setattr(log, "wait", wait)
    assert len(batch(reader.get(address))) == 3
    assert len(asked) == 1
    assert batch(reader.get(f"/v1/events?after={log.head()}")) == []
    assert len(asked) == 1


def test_with_few_threads_nobody_waits(log: SqliteLog, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "wait", lambda *_: pytest.fail("a page would have had to wait"))
    assert batch(Reader(log, accounts, threads=2).get(f"/v1/events?after={log.head()}&wait=5")) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("after=-1", "after must be a whole number from 0"),
        ("after=1.5", "after must be"),
        ("after=", "after must be"),
        ("after=²", "after must be"),
        ("after=9223372036854775808", "after must be"),
        ("limit=0", "limit must be a whole number from 1 to 1000"),
        ("limit=1001", "limit must be"),
        ("wait=6", "wait must be a whole number from 0 to 5"),
        ("types=visits.ConcernObserved", "visits.ConcernObserved can't be subscribed to. Choose among: analytics."),
        ("types=scheduling.VisitHeld,", "can't be subscribed to"),
        ("type=scheduling.VisitHeld", "type can't be asked. Use after, limit, types, wait."),
    ],
)
def test_what_cant_be_asked_is_named(reader: Reader, asked: str, words: str) -> None:
    status, detail = problem(reader.get(f"/v1/events?{asked}"))
    assert status == 400
    assert words in detail


def test_a_log_that_cant_be_read_is_said_to_be(reader: Reader, log: SqliteLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> int:
        raise LogUnavailable("The disk is gone.")

    monkeypatch.setattr(log, "head", unreadable)
    answer = reader.get()
    assert problem(answer)[0] == 503
    assert answer.headers["Retry-After"]


def test_a_fault_of_ours_tells_nothing_of_the_inside(reader: Reader) -> None:
    reader.runtime.log = None
    assert problem(reader.get()) == (500, "The fault is ours. Try again later.")


def test_dates_are_the_days_on_which_it_is_true(reader: Reader) -> None:
    assert batch(reader.get())[0]["effectiveon"] == f"{date(2011, 9, 1)}"
