"""Rating the risk at a school, and the school's disagreement."""

from datetime import date

from msgspec.structs import asdict, replace

from services.core.testing import given
from services.visits.events import RatingDisputed, RiskRated
from services.visits.risk import DisputeRating, RateRisk, risk_decider
from services.visits.risk_words import criteria, criteria_on

URN, DAY = 120777, date(2012, 2, 1)
RATE = RateRisk(URN, "red-amber", "unchanged", "Results fell twice", 1, date(2012, 6, 1), "Results at the median")
RATED = RiskRated(**asdict(RATE))
DISPUTE = DisputeRating(URN, "red-amber", "The cohort had eight pupils")


def test_a_rating_is_recorded_with_its_reasons_and_made_anew_at_each_review() -> None:
    given().at(DAY).when(RATE, risk_decider).then(RATED)
    given(RATED).at(DAY).when(RATE, risk_decider).then(RATED)


def test_a_rating_is_made_by_the_criteria_in_force() -> None:
    other = replace(RATE, criteria=99)
    given().at(DAY).when(other, risk_decider).refused("Version 1 is", "criteria")
    given().at(date(2011, 8, 31)).when(RATE, risk_decider).refused("None are", "criteria")


def test_the_next_review_is_after_today() -> None:
    given().at(DAY).when(replace(RATE, next_review=DAY), risk_decider).refused("after today", "next_review")


def test_rr3_the_school_disagrees_with_the_rating_that_it_has() -> None:
    given(RATED).at(DAY).when(DISPUTE, risk_decider).then(RatingDisputed(**asdict(DISPUTE)))
    given().at(DAY).when(DISPUTE, risk_decider).refused("not the school's rating now", "rating")
    eased = replace(RATED, rating="amber-green")
    given(RATED, eased).at(DAY).when(DISPUTE, risk_decider).refused("not the school's rating now", "rating")


def test_the_criteria_are_versions_that_follow_each_other() -> None:
    versions = criteria()
    assert [version.version for version in versions] == list(range(1, len(versions) + 1))
    assert [version.begins for version in versions] == sorted({version.begins for version in versions})
    assert criteria_on(date(2011, 9, 1)) == versions[0]
    assert criteria_on(date(2011, 8, 31)) is None
