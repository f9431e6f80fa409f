"""Who called and what was said: sealed, in no stream name, log line or metric, and gone when it is erased."""

from collections.abc import Iterator
from datetime import date, time
from io import StringIO
from typing import Any

import pytest
import structlog
from prometheus_client import generate_latest

from services.core import logs
from services.core.authorisation import Forbidden
from tests.helpdesk.calls import SCHOOL, fields, ofsted_fields
from tests.platform import PEOPLE, Platform

WORDS = ("Jo Field", "governor.", "Ann Marsh", "Attendance", "Rang back")


def answered_call(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    answer: dict[str, Any] = {"call": "c1", "answered_at": "2012-03-08T09:10:00Z", "advice": "Rang back."}
    platform.do("helpdesk.AnswerCall", by="duty", **answer)


def opened(platform: Platform, by: str = "duty") -> Any:
    return platform.ask("helpdesk.Call", by=by, call="c1", urn=SCHOOL)


@pytest.fixture
def log_lines() -> Iterator[StringIO]:
    """What is logged while the test runs, at every level, whatever was set before."""
    before, written = structlog.get_config(), StringIO()
    logs.configure("debug")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    yield written
    structlog.configure(**before)


def test_names_of_callers_are_in_no_stream_log_line_or_metric(platform: Platform, log_lines: StringIO) -> None:
    answered_call(platform)
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    with pytest.raises(Forbidden):
        platform.do("helpdesk.ReceiveCall", by="adviser", **fields("c2"))
    printed = log_lines.getvalue()
    assert "helpdesk.ReceiveCall" in printed
    stored = [f"{recorded.stream} {recorded.data} {recorded.stored_metadata!r}" for recorded in platform.recorded()]
    for words in WORDS:
        assert words not in printed
        assert words not in generate_latest().decode()
        assert not [line for line in stored if words in line]


def test_erasing_a_caller_takes_the_words_and_leaves_the_figures(platform: Platform) -> None:
    answered_call(platform)
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    assert (opened(platform).caller, opened(platform).advice) == ("Jo Field", "Rang back.")
    figures = platform.ask("helpdesk.ServiceLevels", by="auditor", year=2011)
    platform.do("helpdesk.EraseCaller", by="dpo", call="c1", because="The caller asked for it.")
    gone = opened(platform)
    assert (gone.caller, gone.summary, gone.advice) == (None, None, None)
    assert (gone.erased_on, gone.open_seconds) == (date(2012, 3, 8), 600)
    assert platform.ask("helpdesk.ServiceLevels", by="auditor", year=2011) == figures
    kept = platform.ask("helpdesk.Call", by="duty", call="o1", urn=SCHOOL)
    assert kept.caller == "Jo Field"
    assert not platform.parked()


def test_only_the_data_protection_officer_erases(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    for person in set(PEOPLE) - {"dpo"}:
        with pytest.raises(Forbidden):
            platform.do("helpdesk.EraseCaller", by=person, call="c1", because="A reason.")


def test_a_call_is_in_confidence_with_whoever_held_the_role_on_its_day(platform: Platform) -> None:
    answered_call(platform)
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    platform.on(date(2012, 9, 3), time(10))
    platform.do("scheduling.EndTenure", person="head", role="headteacher", urn=SCHOOL, ends="2012-09-01")
    platform.add_person("new-head", "headteacher", date(2012, 9, 1), SCHOOL)
    chair, new_head = (platform.ask("helpdesk.SchoolCalls", by=by, urn=SCHOOL) for by in ("chair", "new-head"))
    assert {line.call for line in chair} == {"c1", "o1"}
    assert [(line.call, line.opens) for line in new_head] == [("o1", False)]
    assert all(line.opens for line in chair)
    assert opened(platform, "chair").caller == "Jo Field"
    assert opened(platform, "new-head") is None
    with pytest.raises(Forbidden):
        opened(platform, "head")


def test_the_school_does_not_see_what_the_desk_did_about_its_call(platform: Platform) -> None:
    answered_call(platform)
    contact: dict[str, Any] = {"call": "c1", "manager": "duty-manager", "contacted_at": "2012-03-08T09:10:00Z"}
    platform.do("helpdesk.ContactManager", by="duty", **contact)
    assert opened(platform, "head").handling is None
    desk = opened(platform, "adviser").handling
    assert (desk.taken_by_name, desk.manager_name) == ("Duty", "Duty-Manager")


def test_calls_are_not_for_the_office(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    asked: dict[str, dict[str, Any]] = {
        "helpdesk.SchoolCalls": {"urn": SCHOOL},
        "helpdesk.Call": {"urn": SCHOOL, "call": "c1"},
        "helpdesk.Desk": {"at": "2012-03-08T10:00:00Z"},
    }
    for name, fields_of_query in asked.items():
        for person in ("officer", "finance"):
            with pytest.raises(Forbidden):
                platform.ask(name, by=person, **fields_of_query)


def test_a_call_is_found_under_its_own_school_only(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    assert platform.ask("helpdesk.Call", by="duty", call="c1", urn=120778) is None
