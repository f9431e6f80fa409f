"""What could not be taken in is listed with its reason, taken in again, or given up."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.core.read_db import park
from services.core.settings import Settings
from services.wiring import OPERATOR, open_models, open_runtime, read_models
from tests.cli.conftest import Run, refused

PROJECTION, POLICY = "scheduling.schools", "billing.charge_subscriptions"


@pytest.fixture
def parked_school(county: Path) -> int:
    """The position of an event that the read model of schools has set aside."""
    row = {"position": 1, "stream": "scheduling.school-120777", "type": "scheduling.SchoolRegistered"}
    with (
        open_models(Settings(data_dir=county)) as models,
        read_models(models)[PROJECTION].current().writing() as connection,
    ):
        park(connection, [{**row, "error": "the disk was full"}])
    return 1


@pytest.fixture
def parked_charge(data_dir: Path) -> Settings:
    """A school that subscribed before there was a price."""
    settings = Settings(data_dir=data_dir)
    school = {
        "urn": 120777,
        "name": "Aldborough Primary School",
        "la_code": "926",
        "establishment_number": "2000",
        "school_type": "Foundation school",
        "type_group": "Local authority maintained schools",
        "status": "Open",
        "phase": "Primary",
        "effective_on": date(2022, 7, 1),
    }
    with open_runtime(settings, threads=False) as runtime:
        for name, data in (
            ("scheduling.RecordSchool", school),
            ("scheduling.SubscribeSchool", {"urn": 120777, "year": 2022}),
        ):
            runtime.handle(name, data, actor=OPERATOR, command_id=uuid4())
        runtime.settle()
    return settings


def set_price(settings: Settings) -> None:
    price = {"item": "full-service", "school_status": "maintained", "pence": 265_000, "begins": date(2011, 9, 1)}
    with open_runtime(settings, threads=False) as runtime:
        runtime.handle("billing.SetPrice", price, actor=OPERATOR, command_id=uuid4())
        runtime.settle()


def test_nothing_is_parked_in_the_sample_county(county: Path, run: Run, ask: Callable[..., Any]) -> None:
    assert run("parked", "list").stdout == "Nothing is parked.\n"
    assert ask("parked", "list") == []


def test_a_parked_event_is_listed_with_its_reason(parked_school: int, run: Run, ask: Callable[..., Any]) -> None:
    (parked,) = ask("parked", "list")
    assert parked == {
        "reader": PROJECTION,
        "position": parked_school,
        "stream": "scheduling.school-120777",
        "type": "scheduling.SchoolRegistered",
        "error": "the disk was full",
    }
    assert "the disk was full" in run("parked", "list").stdout


def test_a_read_model_takes_it_in_again(parked_school: int, run: Run) -> None:
    result = run("parked", "retry")
    assert result.stdout == f"{PROJECTION}: 1 event taken in, 0 events still parked\n"
    assert run("parked", "list").stdout == "Nothing is parked.\n"
    assert run("rebuild", PROJECTION, "--check").exit_code == 0


def test_given_up_for_good(parked_school: int, run: Run) -> None:
    result = run("parked", "drop", PROJECTION, str(parked_school))
    assert result.exit_code == 0
    assert run("parked", "list").stdout == "Nothing is parked.\n"
    refused(run("parked", "drop", PROJECTION, str(parked_school)), "has parked no event at position 1")


def test_what_a_policy_could_not_do_is_tried_again(parked_charge: Settings, run: Run, ask: Callable[..., Any]) -> None:
    (parked,) = ask("parked", "list")
    assert parked["reader"] == POLICY
    assert "There is no price of full-service" in parked["error"]
    assert "1 event still parked" in run("parked", "retry", POLICY).stdout
    set_price(parked_charge)
    assert "1 event taken in, 0 events still parked" in run("parked", "retry").stdout
    assert ask("replay", "--school", "120777")["picture"]["charged"] == 265_000


def test_a_policy_gives_up(parked_charge: Settings, run: Run, ask: Callable[..., Any]) -> None:
    (parked,) = ask("parked", "list")
    assert run("parked", "drop", POLICY, str(parked["position"])).exit_code == 0
    set_price(parked_charge)
    assert run("parked", "retry").stdout == ""
    assert ask("replay", "--school", "120777")["picture"]["charged"] == 0


def test_a_policy_is_not_retried_beside_the_process_that_writes(parked_charge: Settings, run: Run) -> None:
    with open_runtime(parked_charge, threads=False):
        refused(run("parked", "retry"), "is already in use")


@pytest.mark.parametrize("arguments", [("retry", "visits"), ("drop", "visits", "1")])
def test_an_unknown_name_lists_those_there_are(county: Path, run: Run, arguments: tuple[str, ...]) -> None:
    refused(run("parked", *arguments), "Nothing that takes in events is called visits. There are: ")
