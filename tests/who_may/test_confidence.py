"""On the pages themselves: what was confidential before somebody came, what only those who took part know, and the
first and the last day of a role."""

import re
from datetime import timedelta

import pytest

from services.visits.events import PmVisitHeld
from tests.gateway.reading import table, words
from tests.who_may.small_county import TODAY, TOMORROW, SmallCounty

SCHOOL = "/schools/120777"
ASPECT = "Leadership and management"
HELD, MEETING = "15 November 2011", "10:45"
SHOW_VISIT_4 = ("/visit-4/2011", "/visits?year=2011", "/visits/2011/4", "/history", "/board?year=2011", "/performance")
RECORD = f"{SCHOOL}/records/2011/1/1"


def says(county: SmallCounty, persona: str, address: str) -> str:
    """What the page says to that persona."""
    answer = county.visit(persona).open(address)
    assert answer.status_code == 200
    return words(answer.text)


def test_a_new_chair_sees_nothing_of_an_earlier_concern(county: SmallCounty) -> None:
    concern = f"{SCHOOL}/concerns/2012-C1"
    for address in (f"{SCHOOL}/concerns", concern, f"{SCHOOL}/history"):
        assert ASPECT in says(county, "chair_of_governors", address)
    for address in (f"{SCHOOL}/concerns", f"{SCHOOL}/history"):
        assert ASPECT not in says(county, "new_chair", address)
    assert county.visit("new_chair").open(concern).status_code == 404
    # What is not confidential goes with the role.
    assert "Agreed targets" in says(county, "new_chair", RECORD)


@pytest.mark.parametrize(
    "persona", ["programme_manager", "auditor", "another_adviser", "new_chair", "head_of_successor"]
)
def test_who_took_no_part_in_visit_4_sees_its_date_and_no_more(county: SmallCounty, persona: str) -> None:
    for address in SHOW_VISIT_4:
        shown = says(county, persona, SCHOOL + address)
        assert HELD in shown
        assert MEETING not in shown
    (held,) = county.platform.recorded(PmVisitHeld)
    assert county.visit(persona).open(f"{SCHOOL}/history/{held.position}").status_code == 403


@pytest.mark.parametrize("persona", ["adviser", "headteacher", "chair_of_governors"])
def test_who_took_part_in_visit_4_sees_its_meetings(county: SmallCounty, persona: str) -> None:
    assert MEETING in says(county, persona, f"{SCHOOL}/visit-4/2011")


def test_a_head_reads_until_the_last_day_of_the_role(county: SmallCounty) -> None:
    head = county.visit("former_head")
    county.platform.on(TODAY - timedelta(days=1))
    feed = re.findall(r"/calendar/[\w-]+\.ics", head.fill_in(f"{SCHOOL}/calendar").text)[0]
    assert [head.open(address).status_code for address in (SCHOOL, RECORD, feed)] == [200, 200, 200]
    county.platform.on(TODAY)
    assert [head.open(address).status_code for address in (SCHOOL, RECORD, feed)] == [403, 403, 404]


def test_a_chair_reads_from_the_first_day_of_the_role(county: SmallCounty) -> None:
    chair = county.visit("coming_chair")
    assert chair.open(RECORD).status_code == 403
    county.platform.on(TOMORROW)
    assert chair.open(RECORD).status_code == 200


def test_edge_merger_v_amalgamation_the_successors_head_reads_the_papers_of_before(county: SmallCounty) -> None:
    head = county.visit("head_of_successor")
    for address in ("", "/history", "/records/2011/1/1", "/records/2011/1/1/pdf", "/targets", "/charges"):
        assert head.open(SCHOOL + address).status_code == 200
    assert ASPECT not in words(head.open(f"{SCHOOL}/concerns").text)


def test_the_head_sees_who_has_read_what(county: SmallCounty) -> None:
    for persona in ("another_adviser", "chair_of_governors", "head_of_successor"):
        says(county, persona, RECORD)
    log = table(county.visit("headteacher").open(f"{SCHOOL}/readings").text, "Papers opened")
    readers = {(name, role) for _, paper, name, role in log[1:] if paper.startswith("Record of visit 1")}
    assert readers >= {
        ("Adviser-2", "adviser"),
        ("Chair", "chair of governors"),
        ("Head-3", "headteacher"),
    }
    assert county.visit("chair_of_governors").open(f"{SCHOOL}/readings").status_code == 403
