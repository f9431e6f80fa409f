"""The rules of publishing a school's results."""

from datetime import date
from typing import Any

import pytest

from services.analytics.events import Ks2ResultsPublished, Ks2ResultsRevised
from services.analytics.results import DECIDER, PublishResults
from services.core.testing import Given, given
from tests.analytics.desk import Desk

URN, YEAR = 120777, 2018
END = date(2018, 8, 31)
FIRST = {"TELIG": "26", "PTRWM_EXP": "57", "READPROG": "SUPP", "PTGPS_EXP": ""}


def known(*events: Any) -> Given:
    return given(*events).knowing(True)


def publish(data_version: str, **figures: str) -> PublishResults:
    return PublishResults(URN, YEAR, data_version, figures)


def published(**figures: str) -> Ks2ResultsPublished:
    return Ks2ResultsPublished(URN, YEAR, "provisional", figures)


def revised(data_version: str, **figures: str) -> Ks2ResultsRevised:
    return Ks2ResultsRevised(URN, YEAR, data_version, figures)


def test_the_first_figures_are_published_with_their_markers_from_the_end_of_the_school_year() -> None:
    known().when(publish("provisional", **FIRST), DECIDER).then(published(**FIRST).true_from(END))


def test_a_later_version_records_only_what_it_changes() -> None:
    command = publish("revised", **FIRST | {"PTRWM_EXP": "58"})
    known(published(**FIRST)).when(command, DECIDER).then(revised("revised", PTRWM_EXP="58").true_from(END))


def test_a_later_version_may_add_a_measure_and_replace_a_marker() -> None:
    command = publish("revised", READPROG="-1.9", MATPROG="0.4")
    expected = revised("revised", READPROG="-1.9", MATPROG="0.4").true_from(END)
    known(published(**FIRST)).when(command, DECIDER).then(expected)


@pytest.mark.parametrize("data_version", ["provisional", "revised"])
def test_equal_figures_record_nothing(data_version: str) -> None:
    known(published(**FIRST)).when(publish(data_version, **FIRST), DECIDER).then()
    known(published(**FIRST)).when(publish(data_version, PTRWM_EXP="57.0"), DECIDER).then()


def test_an_old_version_again_does_not_undo_a_newer_one() -> None:
    history = known(published(**FIRST), revised("revised", PTRWM_EXP="58"))
    history.when(publish("provisional", **FIRST), DECIDER).then()
    history.when(publish("revised", **FIRST | {"PTRWM_EXP": "58"}), DECIDER).then()


def test_a_version_that_was_corrected_is_a_revision() -> None:
    history = known(published(**FIRST), revised("revised", PTRWM_EXP="58"))
    history.when(publish("revised", PTRWM_EXP="59"), DECIDER).then(revised("revised", PTRWM_EXP="59").true_from(END))


def test_a_school_that_scheduling_does_not_know_is_refused(desk: Desk) -> None:
    given().knowing(False).when(publish("revised", **FIRST), DECIDER).refused("no school with URN 120777", "urn")
    desk.register(URN)
    assert desk.handle(publish("revised", **FIRST)).version == 1


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({}, "at least one figure"),
        ({"KS1": "12"}, "KS1 is not a measure"),
        ({"PTRWM_EXP": "101"}, "a number from 0 to 100 is expected"),
        ({"PTRWM_EXP": "<b>57</b>"}, "neither a number nor a known marker"),
    ],
)
def test_what_is_no_figure_is_refused(figures: dict[str, str], reason: str) -> None:
    known().when(publish("revised", **figures), DECIDER).refused(reason, "figures")


def test_tests_that_were_not_taken_yet_are_refused() -> None:
    known().at(date(2017, 12, 31)).when(publish("revised", **FIRST), DECIDER).refused("not been taken yet", "year")
