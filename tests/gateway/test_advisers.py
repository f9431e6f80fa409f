"""The advisers' pages: the list, one adviser, and what is recorded there."""

import pytest

from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.today import in_days, typed
from tests.gateway.visits import Browser

TRAINED, AWAY = "demo-adviser-11", "demo-adviser-12"


@pytest.fixture
def officer(county: County) -> Browser:
    return county.visit("officer")


def test_the_list_shows_training_load_and_absences(officer: Browser) -> None:
    page = officer.open("/advisers").text
    rows = table(page, "Advisers today")
    assert rows[0] == ["Adviser", "Valid training", "Schools", "Days", "In school", "Interests", "Away"]
    assert ["Adviser 01", "None valid", "0", "0", "0", "0", ""] in rows
    assert "norm of five a year" in page
    assert "As at <time" in page


@pytest.mark.parametrize(
    ("address", "heads"),
    [
        ("/advisers", "Adviser,Valid training,Schools,Days,In school,Interests,Away"),
        ("/allocations", "School,To see to,Link Adviser,Proposed"),
        ("/actions", "School,Action,Owner,Due"),
        ("/self-evaluations", "School,Form,Due,Visit 2"),
        ("/performance", "School,"),
    ],
)
def test_the_tables_of_the_county_can_be_saved(officer: Browser, address: str, heads: str) -> None:
    saved = officer.open(f"{address}?as=csv")
    assert saved.mimetype == "text/csv"
    assert saved.text.splitlines()[0].startswith(heads)
    assert officer.open(f"{address}?as=xlsx").data.startswith(b"PK")


def test_training_is_recorded_and_shown(officer: Browser) -> None:
    address = f"/advisers/{TRAINED}/train"
    training = {"training": "data_analysis", **typed("completed", in_days(-30)), **typed("expires", in_days(300))}
    sent = officer.fill_in(address, **training)
    assert (sent.status_code, sent.location) == (303, f"/advisers/{TRAINED}")
    page = words(officer.open(f"/advisers/{TRAINED}").text)
    assert "Valid training Data analysis" in page
    assert "valid until the day before" in page


def test_an_absence_is_recorded_and_a_mistake_said_at_its_field(officer: Browser) -> None:
    address = f"/advisers/{AWAY}/away"
    wrong = officer.fill_in(address, **typed("begins", in_days(9)), **typed("ends", in_days(8)))
    assert wrong.status_code == 422
    assert "The last day away can&#39;t be before the first." in wrong.text
    assert '<a href="#ends-day">' in wrong.text
    assert officer.fill_in(address, **typed("begins", in_days(9)), **typed("ends", in_days(10))).status_code == 303
    back = officer.fill_in(f"/advisers/{AWAY}/return", **typed("begins", in_days(9)), **typed("returns", in_days(9)))
    assert back.status_code == 303
    assert "Absences None recorded." in words(officer.open(f"/advisers/{AWAY}").text)


def test_an_adviser_declares_an_interest_that_other_advisers_do_not_see(county: County, officer: Browser) -> None:
    own = county.visit("adviser07")
    interest = {"interest_at": "120797", "nature": "A child of mine goes there", **typed("begins", in_days(0))}
    assert own.fill_in("/advisers/demo-adviser-07/declare", **interest).status_code == 303
    for browser in (own, officer):
        assert "A child of mine goes there" in browser.open("/advisers/demo-adviser-07").text
    other = county.visit(county.add_sign_in("demo-adviser-13"))
    page = other.open("/advisers/demo-adviser-07").text
    assert "A child of mine" not in page
    assert "Declare an interest" not in page
    refused = other.fill_in("/advisers/demo-adviser-07/declare", **interest)
    assert refused.status_code == 422
    assert "of themselves only" in refused.text


def test_a_school_sees_none_of_it_and_nobody_sees_who_is_not_there(county: County, officer: Browser) -> None:
    head = county.visit("head120777")
    for address in ("/advisers", f"/advisers/{TRAINED}", "/allocations"):
        assert head.open(address).status_code == 403
    for address in ("/advisers/demo-manager", "/advisers/no one", f"/advisers/{TRAINED}/promote"):
        assert officer.open(address).status_code == 404
