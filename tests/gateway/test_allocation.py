"""A Link Adviser is proposed, answered and allocated on the pages of a school."""

import re

from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.today import in_days, typed
from tests.gateway.visits import Browser

ADVISER = "demo-adviser-21"


def trained(county: County) -> None:
    county.record(
        "scheduling.TrainAdviser", person=ADVISER, training="data_analysis", completed=in_days(-9).isoformat()
    )


def school_of(county: County, number: int) -> int:
    """The URN of an open school that no other test looks at."""
    schools = [line for line in county.ask("scheduling.CountySchools").schools if line.status == "Open"]
    return int(schools[-number].urn)


def propose(county: County, urn: int) -> None:
    officer = county.visit("officer")
    proposed = officer.fill_in(f"/schools/{urn}/adviser/propose", adviser=ADVISER, **typed("begins", in_days(3)))
    assert proposed.status_code == 303, words(proposed.text)


def chair_of(county: County, urn: int) -> Browser:
    return county.visit(county.add_sign_in(f"demo-chair-{urn}"))


def test_a_proposal_is_accepted_by_the_school(county: County) -> None:
    trained(county)
    urn = school_of(county, 1)
    address = f"/schools/{urn}/adviser"
    assert "Nobody has been proposed to this school yet" in words(county.visit("officer").open(address).text)
    propose(county, urn)
    chair = chair_of(county, urn)
    page = chair.open(address).text
    assert "The school is asked to answer by" in page
    assert f"{address}/accept" in page
    assert f"{address}/propose" not in page
    assert f"{address}/allocate" not in page
    accepted = chair.fill_in(f"{address}/accept")
    assert (accepted.status_code, accepted.location) == (303, address)
    page = words(chair.open(address).text)
    assert "To come Adviser 21" in page
    assert "Allocated: Adviser 21" in page
    history = chair.open(f"/schools/{urn}/history").text
    assert ADVISER not in words(history)
    (position,) = re.findall(rf"/schools/{urn}/history/(\d+)[^>]*>[^<]*accepted", history)
    fact = words(chair.open(f"/schools/{urn}/history/{position}").text)
    assert "Chair of governorsChair of governors of" in fact
    assert chair.open(f"{address}/accept").status_code == 404


def test_after_an_objection_the_manager_gives_a_reason(county: County) -> None:
    trained(county)
    urn = school_of(county, 2)
    address = f"/schools/{urn}/adviser"
    propose(county, urn)
    objection = {"words": "She taught here until last summer"}
    assert chair_of(county, urn).fill_in(f"{address}/object", **objection).status_code == 303
    manager = county.visit("manager")
    board = table(manager.open("/allocations").text, "Schools that somebody must see to")
    assert board[1][1] == "The school objected"
    refused = manager.fill_in(f"{address}/allocate")
    assert refused.status_code == 422
    assert "Give the reason" in refused.text
    assert '<a href="#reason">' in refused.text
    assert manager.fill_in(f"{address}/allocate", reason="Nobody else is free").status_code == 303
    page = words(manager.open(address).text)
    assert "“She taught here until last summer”" in page
    assert "“Nobody else is free”" in page
    replaced = manager.fill_in(f"{address}/propose", adviser=ADVISER, **typed("begins", in_days(3)), reason="Again")
    assert "They are the school&#39;s Link Adviser already." in replaced.text
    assert manager.fill_in(f"{address}/end", reason="She retires", **typed("ends", in_days(9))).status_code == 303


def test_the_countys_schools_come_a_page_at_a_time_and_by_adviser_or_name(county: County) -> None:
    officer = county.visit("officer")
    page = officer.open("/allocations").text
    assert len(re.findall(r'href="/schools/\d+/adviser"', page)) == 60
    assert 'href="/allocations?page=2"' in page
    assert officer.open("/allocations?page=99").status_code == 404
    some = officer.open("/allocations?school=suffield+park&adviser=nobody").text
    assert [row[0] for row in table(some, "Schools that somebody must see to")[1:]] == [
        "Suffield Park Infant and Nursery School, Cromer"
    ]
    assert "No school matches" in officer.open("/allocations?school=zzz").text
    whole = officer.open("/allocations?as=csv").text.splitlines()
    assert len(whole) > 300
    assert len(officer.open("/allocations?school=suffield&as=csv").text.splitlines()) < 5


def test_what_speaks_against_an_adviser_stands_beside_them(county: County) -> None:
    page = county.visit("officer").open(f"/schools/{school_of(county, 3)}/adviser/propose").text
    assert "Adviser 01, 0 schools, no valid training in data analysis" in words(page)


def test_others_read_and_do_nothing(county: County) -> None:
    urn = school_of(county, 3)
    auditor = county.visit("auditor")
    page = auditor.open(f"/schools/{urn}/adviser").text
    assert f"/schools/{urn}/adviser/" not in page
    assert auditor.open(f"/schools/{urn}/adviser/propose").status_code == 404
    assert county.visit("head120777").open(f"/schools/{urn}/adviser").status_code == 403
