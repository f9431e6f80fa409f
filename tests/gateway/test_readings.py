"""The page on which a head sees who has read what."""

import pytest

from tests.gateway.county import County
from tests.gateway.reading import table
from tests.gateway.records import ADVISER, Desk


@pytest.fixture(scope="module")
def desk(county: County) -> Desk:
    desk = Desk(county, 120862)
    desk.issue("1")
    return desk


def test_the_head_sees_who_opened_a_record_and_in_which_role(desk: Desk) -> None:
    head = desk.visit(desk.head)
    assert "Nobody has opened a paper" in head.open(f"/schools/{desk.urn}/readings").text
    for _ in range(2):
        desk.visit(ADVISER).open(desk.address("1", 1))
    desk.visit(desk.chair).open(desk.address("1", 1))
    desk.visit(ADVISER).open(desk.address("1"))
    rows = table(head.open(f"/schools/{desk.urn}/readings").text, "Papers opened")[1:]
    assert [row[1:] for row in rows] == [
        ["Record of visit 1, 2022-23, version 1", f"Chair of governors of {_name(desk)}", "chair of governors"],
        ["Record of visit 1, 2022-23, version 1", "Adviser 07", "adviser"],
    ]
    assert "Who has read what" in head.open(f"/schools/{desk.urn}/records").text


def test_the_chair_and_the_adviser_do_not_see_the_log(desk: Desk) -> None:
    for person in (desk.chair, ADVISER, "demo-manager"):
        browser = desk.visit(person)
        assert browser.open(f"/schools/{desk.urn}/readings").status_code == 403
        assert "Who has read what" not in browser.open(f"/schools/{desk.urn}/records").text
    for person in ("demo-auditor", "demo-dpo"):
        assert desk.visit(person).open(f"/schools/{desk.urn}/readings").status_code == 200


def _name(desk: Desk) -> str:
    return str(desk.county.ask("scheduling.SchoolByUrn", urn=desk.urn).row.name)
