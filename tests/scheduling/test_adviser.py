"""What advisers are trained in, which schools they have an interest in, and when they are away."""

from datetime import date

import pytest

from services.core.authorisation import Role, Tenure
from services.core.testing import Given, given
from services.scheduling.adviser import (
    AboutAdviser,
    DeclareInterest,
    EndInterest,
    Facts,
    RecordAbsence,
    RecordReturn,
    TrainAdviser,
    adviser_decider,
)
from services.scheduling.adviser_state import Absence, Adviser, Training
from services.scheduling.events import AdviserAway, AdviserBack, AdviserTrained, InterestDeclared, InterestEnded
from services.scheduling.person import Person
from tests.scheduling.platform import ROW

SCHOOL: int = ROW["urn"]
AN_ADVISER = Facts(Person(registered=True, tenures=(Tenure(Role.ADVISER, None, date(2011, 9, 1)),)), school_known=True)
JUNE, SEPT, NOV = date(2022, 6, 1), date(2022, 9, 1), date(2022, 11, 1)
DATA = Training.DATA_ANALYSIS
TRAINED = AdviserTrained("a1", "data_analysis", JUNE, date(2023, 6, 1))
INTEREST = InterestDeclared("a1", SCHOOL, SEPT, "A child of mine goes there")
AWAY = AdviserAway("a1", date(2022, 11, 7), date(2022, 11, 18))
ALL: tuple[AboutAdviser, ...] = (
    TrainAdviser("a1", DATA, JUNE),
    DeclareInterest("a1", SCHOOL, SEPT, "A child of mine goes there"),
    EndInterest("a1", SCHOOL, NOV),
    RecordAbsence("a1", NOV, NOV),
    RecordReturn("a1", NOV, NOV),
)


def known(*events: AdviserTrained | InterestDeclared | InterestEnded | AdviserAway | AdviserBack) -> Given:
    return given(*events).knowing(AN_ADVISER).by("programme_manager", "m1")


def folded(*events: AdviserTrained | InterestDeclared | InterestEnded | AdviserAway | AdviserBack) -> Adviser:
    adviser = adviser_decider.initial
    for event in events:
        adviser = adviser_decider.evolve(adviser, event)
    return adviser


@pytest.mark.parametrize("command", ALL)
def test_nothing_is_recorded_of_whoever_is_no_adviser(command: AboutAdviser) -> None:
    head = Person(registered=True, tenures=(Tenure(Role.HEADTEACHER, SCHOOL, date(2011, 9, 1)),))
    erased = Person(registered=True, erased=True, tenures=AN_ADVISER.person.tenures)
    for person in (Person(), head, erased):
        unknown = given().knowing(Facts(person, school_known=True)).by("programme_manager", "m1")
        unknown.when(command, adviser_decider).refused("no such adviser", "person")


@pytest.mark.parametrize("command", ALL)
def test_advisers_speak_only_for_themselves(command: AboutAdviser) -> None:
    other = known().by("adviser", "a2")
    other.when(command, adviser_decider).refused("of themselves only", "person")


def test_training_is_true_from_its_completion_and_recorded_once() -> None:
    command = TrainAdviser("a1", DATA, JUNE, date(2023, 6, 1))
    known().when(command, adviser_decider).then(TRAINED.true_from(JUNE))
    known(TRAINED).when(command, adviser_decider).then()


def test_training_cannot_be_to_come_or_expire_before_it_was_completed() -> None:
    known().at(SEPT).when(TrainAdviser("a1", DATA, NOV), adviser_decider).refused("once it is completed", "completed")
    backwards = TrainAdviser("a1", DATA, JUNE, JUNE)
    known().when(backwards, adviser_decider).refused("expire after", "expires")


def test_training_counts_from_its_completion_until_the_day_before_it_expires() -> None:
    adviser = folded(TRAINED)
    days = (date(2022, 5, 31), JUNE, date(2023, 5, 31), date(2023, 6, 1))
    assert [adviser.trained(DATA, day) for day in days] == [False, True, True, False]
    assert not adviser.trained(Training.PERFORMANCE_MANAGEMENT, JUNE)
    assert folded(AdviserTrained("a1", "data_analysis", JUNE)).trained(DATA, date(2040, 1, 1))


def test_an_adviser_declares_their_own_interest() -> None:
    own = known().by("adviser", "a1")
    own.when(ALL[1], adviser_decider).then(INTEREST.true_from(SEPT))


def test_an_interest_is_in_a_school_that_there_is_and_declared_once() -> None:
    nowhere = given().knowing(Facts(AN_ADVISER.person, school_known=False))
    nowhere.when(ALL[1], adviser_decider).refused("no school with URN 120777", "interest_at")
    known(INTEREST).when(ALL[1], adviser_decider).refused("declared already", "interest_at")


def test_an_interest_ends_once_and_not_before_it_began() -> None:
    ended = InterestEnded("a1", SCHOOL, NOV)
    known(INTEREST).when(ALL[2], adviser_decider).then(ended.true_from(NOV))
    known(INTEREST, ended).when(ALL[2], adviser_decider).refused("could end", "interest_at")
    known(INTEREST).when(EndInterest("a1", SCHOOL, JUNE), adviser_decider).refused("can't end before", "ends")


def test_an_interest_stands_in_the_way_until_the_day_on_which_it_ends() -> None:
    adviser = folded(INTEREST, InterestEnded("a1", SCHOOL, NOV))
    assert adviser.interest_in(SCHOOL, JUNE), "one that is to come stands in the way of an allocation from now on"
    assert adviser.interest_in(SCHOOL, date(2022, 10, 31))
    assert not adviser.interest_in(SCHOOL, NOV)
    assert not adviser.interest_in(SCHOOL + 1, SEPT)


def test_an_absence_covers_its_first_and_last_day() -> None:
    absent = RecordAbsence("a1", AWAY.begins, AWAY.ends)
    known().when(absent, adviser_decider).then(AWAY.true_from(AWAY.begins))
    adviser = folded(AWAY)
    assert [bool(adviser.away(date(2022, 11, day))) for day in (6, 7, 18, 19)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("command", "says", "field"),
    [
        (RecordAbsence("a1", date(2022, 11, 8), date(2022, 11, 7)), "before the first", "ends"),
        (RecordAbsence("a1", date(2022, 11, 1), date(2022, 11, 7)), "away from 7 November 2022 already", "begins"),
        (RecordReturn("a1", date(2022, 11, 8), date(2022, 11, 9)), "No absence is recorded", "begins"),
        (RecordReturn("a1", date(2022, 11, 7), date(2022, 11, 19)), "must fall into the absence", "returns"),
    ],
)
def test_absences_that_cannot_be_are_refused(command: AboutAdviser, says: str, field: str) -> None:
    known(AWAY).when(command, adviser_decider).refused(says, field)


def test_who_returns_early_can_be_booked_again_and_be_away_again() -> None:
    back = AdviserBack("a1", AWAY.begins, date(2022, 11, 14))
    known(AWAY).when(RecordReturn("a1", AWAY.begins, date(2022, 11, 14)), adviser_decider).then(
        back.true_from(date(2022, 11, 14))
    )
    assert folded(AWAY, back).absences == (Absence(AWAY.begins, date(2022, 11, 14)),)
    again = RecordAbsence("a1", date(2022, 11, 14), date(2022, 11, 15))
    known(AWAY, back).when(again, adviser_decider).then(
        AdviserAway("a1", date(2022, 11, 14), date(2022, 11, 15)).true_from(date(2022, 11, 14))
    )


def test_an_absence_that_never_was_is_gone() -> None:
    assert folded(AWAY, AdviserBack("a1", AWAY.begins, AWAY.begins)).absences == ()
