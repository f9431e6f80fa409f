"""The rules of publishing an area's figures."""

from datetime import date

from services.analytics.area import DECIDER, PublishAreaFigures
from services.analytics.events import AreaFiguresPublished
from services.core.events import Dated
from services.core.testing import given


def publish(data_version: str, **figures: str) -> PublishAreaFigures:
    return PublishAreaFigures("926", "Norfolk", 2018, data_version, figures)


def published(data_version: str, **figures: str) -> Dated:
    event = AreaFiguresPublished("926", "Norfolk", 2018, data_version, figures)
    return event.true_from(date(2018, 8, 31))


def test_figures_are_published_from_the_end_of_the_school_year() -> None:
    given().when(publish("2018", PTRWM_EXP="59"), DECIDER).then(published("2018", PTRWM_EXP="59"))


def test_a_version_that_differs_is_published_whole() -> None:
    history = given(published("2018", PTRWM_EXP="59", READPROG="-"))
    command = publish("2018 (revised)", PTRWM_EXP="60", READPROG="-")
    history.when(command, DECIDER).then(published("2018 (revised)", PTRWM_EXP="60", READPROG="-"))


def test_equal_figures_record_nothing_under_whatever_version() -> None:
    history = given(published("2018", PTRWM_EXP="59"))
    history.when(publish("2018", PTRWM_EXP="59"), DECIDER).then()
    history.when(publish("2018 (revised)", PTRWM_EXP="59"), DECIDER).then()


def test_two_sources_of_one_area_do_not_undo_each_other() -> None:
    history = given(published("tables", PTRWM_EXP="59"), published("averages", PTRWM_EXP="60", MATPROG="-1"))
    history.when(publish("tables", PTRWM_EXP="59"), DECIDER).then()


def test_what_is_no_figure_is_refused() -> None:
    given().when(publish("2018", PTRWM_EXP="lots"), DECIDER).refused("neither a number", "figures")
