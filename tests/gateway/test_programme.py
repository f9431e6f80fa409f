"""A school's programme of a year: taken, proposed, agreed by all three, and stopped."""

import pytest

from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.today import in_days
from tests.gateway.visits import Browser

ADVISER = "demo-adviser-22"
CAPTION = "Proposed programmes, the newest first"


def school_year() -> int:
    today = in_days(0)
    return today.year if today.month >= 9 else today.year - 1


@pytest.fixture(scope="module")
def urn(county: County) -> int:
    """A school that no other test looks at, with its Link Adviser."""
    open_now = [line.urn for line in county.ask("scheduling.CountySchools").schools if line.status == "Open"]
    urn = int(open_now[-4])
    training = {"training": "data_analysis", "completed": in_days(-9).isoformat()}
    county.record("scheduling.TrainAdviser", person=ADVISER, **training)
    county.record("scheduling.ProposeAdviser", urn=urn, adviser=ADVISER, begins=in_days(0).isoformat())
    signed_in(county, f"demo-head-{urn}").fill_in(f"/schools/{urn}/adviser/accept")
    return urn


def signed_in(county: County, person: str) -> Browser:
    return county.visit(county.add_sign_in(person))


def test_all_three_agree_and_it_is_in_force(county: County, urn: int) -> None:
    year = school_year()
    address, back = f"/schools/{urn}/programme/{year}", f"/schools/{urn}/programme?year={year}"
    head = signed_in(county, f"demo-head-{urn}")
    assert head.fill_in(f"{address}/subscribe").location == back
    adviser = signed_in(county, ADVISER)
    wrong = adviser.fill_in(f"{address}/propose", programme="tailored")
    assert wrong.status_code == 422
    assert "Choose one to three of the visits" in wrong.text
    assert adviser.fill_in(f"{address}/propose", programme="tailored", visits="1").location == back
    assert f"{address}/agree" not in adviser.open(back).text
    head.fill_in(f"{address}/agree")
    page = head.open(back).text
    assert table(page, CAPTION)[1][0] == "Tailored: visits 1"
    assert table(page, CAPTION)[1][3] == "Not yet: waits for chair of governors"
    chair = signed_in(county, f"demo-chair-{urn}")
    assert "Tailored programme: visits 1" in words(chair.open(f"{address}/agree").text)
    assert chair.fill_in(f"{address}/agree").location == back
    page = words(chair.open(back).text)
    assert "Tailored programme, visits 1, from" in page
    assert "In the programme today" in page


def test_the_office_stops_it_with_a_reason(county: County) -> None:
    urn = 120797
    address, back = f"/schools/{urn}/programme/2022", f"/schools/{urn}/programme?year=2022"
    officer = county.visit("officer")
    ends = {"ends-day": "1", "ends-month": "1", "ends-year": "2023"}
    refused = officer.fill_in(f"{address}/stop", **ends)
    assert refused.status_code == 422
    assert "Give the reason" in refused.text
    assert 'value="2023"' in refused.text
    assert officer.fill_in(f"{address}/stop", **ends, reason="They joined a trust").location == back
    assert "until 1 January 2023" in words(officer.open(back).text)


def test_another_adviser_is_no_party(county: County, urn: int) -> None:
    year = school_year()
    other = county.visit("adviser07")
    assert f"/schools/{urn}/programme/{year}/propose" not in other.open(f"/schools/{urn}/programme?year={year}").text
    assert other.open(f"/schools/{urn}/programme/{year}/propose").status_code == 404


def test_a_year_or_an_act_that_is_none_is_not_found(county: County, urn: int) -> None:
    officer = county.visit("officer")
    assert officer.open(f"/schools/{urn}/programme?year=3000").status_code == 404
    assert officer.open(f"/schools/{urn}/programme/2022/erase").status_code == 404
    assert county.visit("head120777").open(f"/schools/{urn}/programme").status_code == 403
