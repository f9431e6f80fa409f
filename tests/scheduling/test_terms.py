"""The terms of an academic year."""

from datetime import date

import pytest

from services.core.testing import given
from services.scheduling.events import TermDates, TermsSet
from services.scheduling.terms import SetTerms, term_on, terms_decider, terms_of, terms_stream
from tests.scheduling.platform import Platform

AUTUMN = TermDates("autumn", date(2011, 9, 5), date(2011, 12, 16))
SPRING = TermDates("spring", date(2012, 1, 3), date(2012, 3, 30))
SUMMER = TermDates("summer", date(2012, 4, 16), date(2012, 7, 20))
SET = TermsSet(2011, (AUTUMN, SPRING, SUMMER))


def test_terms_are_true_from_the_first_day_of_their_year() -> None:
    command = SetTerms(2011, (AUTUMN, SPRING, SUMMER))
    given().when(command, terms_decider).then(SET.true_from(date(2011, 9, 1)))
    given(SET).when(command, terms_decider).then()


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ((AUTUMN, SPRING), "the autumn, the spring and the summer"),
        ((SPRING, AUTUMN, SUMMER), "in this order"),
        ((AUTUMN, TermDates("spring", date(2012, 3, 30), date(2012, 1, 3)), SUMMER), "must end after it begins"),
        ((AUTUMN, TermDates("spring", date(2011, 12, 16), date(2012, 3, 30)), SUMMER), "after the autumn term"),
        ((AUTUMN, SPRING, TermDates("summer", date(2012, 4, 16), date(2012, 9, 1))), "must lie between"),
    ],
)
def test_terms_that_cannot_be_are_refused(terms: tuple[TermDates, ...], says: str) -> None:
    given().when(SetTerms(2011, terms), terms_decider).refused(says, "terms")


def test_a_day_belongs_to_a_term_with_its_first_and_last_day_and_to_none_between() -> None:
    terms = SET.terms
    assert [term_on(day, terms) for day in (AUTUMN.begins, AUTUMN.ends)] == [AUTUMN, AUTUMN]
    assert term_on(date(2011, 12, 17), terms) is None


def test_until_they_are_set_the_usual_terms_hold(platform: Platform) -> None:
    def terms() -> tuple[TermDates, ...]:
        return terms_of(2011, platform.runtime.log.read(terms_stream(2011)))

    easter = date(2012, 4, 15)
    assert [term_on(day, terms()).term for day in (date(2011, 12, 31), easter, date(2012, 4, 16))] == [  # type: ignore[union-attr]
        "autumn",
        "spring",
        "summer",
    ]
    as_json = [{"term": t.term, "begins": t.begins.isoformat(), "ends": t.ends.isoformat()} for t in SET.terms]
    platform.do("SetTerms", year=2011, terms=as_json)
    assert terms() == SET.terms
