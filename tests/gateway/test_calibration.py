"""Grade calibration for managers: each framework by itself."""

from datetime import date

import pytest

from services.analytics.events import InspectionGraded
from services.analytics.frameworks import OVERALL
from services.visits.events import GradeAgreed
from tests.gateway.county import County
from tests.gateway.facts import SCHOOL, happened
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser

UNDER_2015 = "Agreed and inspected under the framework of September 2015"


def agreed(county: County, day: date, framework: str, grade: str) -> None:
    event = GradeAgreed(SCHOOL, day.year, "2", framework, OVERALL, grade)
    happened(county, f"visits.sef-{SCHOOL}-{day.year}", event.true_from(day))


@pytest.fixture(scope="module", autouse=True)
def graded(county: County) -> None:
    """Agreed and inspected under the framework of 2015, then agreed under it and inspected under the next."""
    agreed(county, date(2016, 2, 1), "2015-09", "Good")
    agreed(county, date(2018, 2, 1), "2015-09", "Outstanding")
    for day, grade in ((date(2016, 3, 1), "Good"), (date(2019, 10, 1), "Good")):
        happened(county, "test.inspections", InspectionGraded(SCHOOL, day, grade).true_from(day))


def test_gr1_the_page_keeps_frameworks_apart(auditor: Browser) -> None:
    page = auditor.open("/calibration").text
    assert table(page, UNDER_2015)[1:] == [["Good", "Good", "1"]]
    assert "The agreed grade: 1 of 1." in words(page)
    assert ["2015-09", "2019-09", "1"] in table(page, "Agreed under one framework, inspected under another")
    assert "the same word does not mean the same" in page


@pytest.mark.parametrize(("username", "status"), [("manager", 200), ("intervention", 200), ("finance", 403)])
def test_who_may_see_how_grades_hold(county: County, username: str, status: int) -> None:
    assert county.visit(username).open("/calibration").status_code == status
