"""What was true of a school on one day, as it was known on another."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.cli.parameters import today
from tests.cli.conftest import Run, refused

SCHOOL = "120777"


def test_today_shows_everything_of_the_school(county: Path, ask: Callable[..., Any]) -> None:
    replayed = ask("replay", "--school", SCHOOL)
    types = {entry["type"] for entry in replayed["timeline"]}
    assert {"scheduling.SchoolRegistered", "scheduling.SchoolSubscribed", "billing.ChargeRaised"} <= types
    assert replayed["picture"]["name"] == "Aldborough Primary School"
    assert replayed["picture"]["charged"] == 265_000
    assert replayed["true_on"] == replayed["known_on"] == today().isoformat()


def test_true_on_an_earlier_day_there_was_no_subscription(county: Path, ask: Callable[..., Any]) -> None:
    picture = ask("replay", "--school", SCHOOL, "--true-on", "31 August 2022")["picture"]
    assert picture["subscriptions"] == {}
    assert picture["charged"] == 0
    assert picture["results"]["2018"]["PTRWM_EXP"]


def test_known_yesterday_was_nothing(county: Path, ask: Callable[..., Any]) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    replayed = ask("replay", "--school", SCHOOL, "--known-on", yesterday)
    assert replayed["timeline"] == []
    assert replayed["picture"]["name"] is None


def test_people_read_a_timeline_and_a_picture(county: Path, run: Run) -> None:
    result = run("replay", "--school", SCHOOL, "--true-on", "2022-09-01")
    assert result.exit_code == 0
    assert "School 120777, true on 1 September 2022" in result.stdout
    assert "£2,650.00 by journal" in result.stdout
    assert "full service, 2022-23" in result.stdout


@pytest.mark.parametrize("day", ["2012-02-30", "30 February 2012", "01/03/2012", "yesterday"])
def test_what_is_no_day_is_a_mistake_of_usage(run: Run, day: str) -> None:
    result = run("replay", "--school", SCHOOL, "--true-on", day)
    assert result.exit_code == 2
    assert "Write it as 2012-03-01 or '1 March 2012'." in " ".join(result.stderr.split())


def test_a_urn_has_six_digits(run: Run) -> None:
    assert run("replay", "--school", "99").exit_code == 2


def test_a_school_that_nobody_recorded(county: Path, run: Run) -> None:
    refused(run("replay", "--school", "999999"), "The log holds nothing about a school with URN 999999.")


def test_before_there_is_a_log(run: Run) -> None:
    refused(run("replay", "--school", SCHOOL), "There is no event log")
