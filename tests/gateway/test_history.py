"""A school's history under the two dials, and one fact of it, over the sample county."""

import re
from datetime import date
from html import unescape

import pytest

from gateway.dates import NotADay, parse_day
from gateway.pages import history
from gateway.pages.history import flat
from services.visits.events import SectionRedacted
from tests.analytics.viewers import pm_visit, rated
from tests.gateway.county import ACADEMY, County
from tests.gateway.facts import happened
from tests.gateway.test_schools import words
from tests.gateway.visits import Browser

HISTORY = f"/schools/{ACADEMY}/history"
FACT = re.compile(rf'href="({HISTORY}/\d+[^"]*)">([^<]+)</a>')


def facts(page: str) -> list[tuple[str, str]]:
    """Address and words of each fact in a page."""
    return [(unescape(address), unescape(said)) for address, said in FACT.findall(page)]


def test_without_dials_everything_known_today_is_shown_newest_first(auditor: Browser) -> None:
    page = auditor.open(HISTORY).text
    assert "All that is known today" in page
    shown = [said for _, said in facts(page)]
    assert f"{len(shown)} facts, newest first" in page
    assert shown[0].startswith("Charged £2,820.00 by invoice")
    assert shown[-1] == "School 141226 follows school 120778 (successor)"
    assert [said for _, said in facts(auditor.open(f"{HISTORY}?order=oldest").text)] == shown[::-1]


def test_the_true_dial_leaves_out_what_became_true_later(auditor: Browser) -> None:
    page = auditor.open(f"{HISTORY}?true-on=1+March+2018").text
    assert "What had become true by 1 March 2018, as it is known today" in page
    shown = " ".join(said for _, said in facts(page))
    assert "Ofsted inspection on 13 September 2017" in shown
    assert "Charged" not in shown
    picture = words(page)
    assert "Subscribed Nothing recorded Differs 2022-23 (full)" in picture
    assert "Charged in all £0.00 Differs £2,820.00" in picture
    assert "Name Antingham and Southrepps Primary School The same" in picture
    assert "2018: Expected standard in reading, writing and maths Nothing recorded Differs No figure given" in picture


def test_a_back_dated_correction_moves_the_true_dial(county: County, auditor: Browser) -> None:
    address = "/schools/120816/history?true-on=31+August+2022"
    before = auditor.open(address).text
    row = county.ask("scheduling.SchoolByUrn", urn=120816).row
    same = ("urn", "la_code", "establishment_number", "school_type", "type_group", "phase", "status")
    fields = {name: getattr(row, name) for name in same} | {"name": "Hemsby Academy"}
    county.record("scheduling.RecordSchool", **fields, effective_on="2022-08-31")
    assert "Hemsby Academy" not in before
    assert "Name Hemsby Academy The same" in words(auditor.open(address).text)
    earlier = words(auditor.open(address.replace("31+", "30+")).text)
    assert "Name Hemsby Primary School Differs Hemsby Academy" in earlier


def test_known_before_the_first_record_the_page_says_when_the_log_begins(auditor: Browser) -> None:
    page = auditor.open(f"{HISTORY}?known-on=1/3/2012").text
    assert "What was known on 1 March 2012" in page
    assert "The log begins on" in page
    assert not facts(page)


def test_true_before_the_first_fact_the_page_says_so(auditor: Browser) -> None:
    page = auditor.open(f"{HISTORY}?true-on=1/3/2012").text
    assert "The earliest fact is true from 20 August 2014" in page
    assert "The log begins" not in page


def test_facts_of_one_kind_alone(auditor: Browser) -> None:
    page = auditor.open(f"{HISTORY}?service=billing&service=unknown").text
    assert [said[:7] for _, said in facts(page)] == ["Charged"]
    assert re.search(r'value="billing"[^>]*checked', page)
    assert "No fact of this kind" in auditor.open(f"{HISTORY}?service=billing&true-on=1/3/2018").text


@pytest.mark.parametrize("typed", ["soon", "31/2/2012", "1/3/12", "2012", "1 Floreal 2012", "1/13/2012", "1/3/9999"])
@pytest.mark.parametrize("dial", ["true-on", "known-on"])
def test_a_bad_dial_is_refused_beside_it_and_no_history_is_shown(auditor: Browser, dial: str, typed: str) -> None:
    page = auditor.open(f"{HISTORY}?{dial}={typed}&service=billing")
    assert page.status_code == 422
    assert f'href="#{dial}"' in page.text
    assert f'id="{dial}-error"' in page.text
    assert f'value="{typed}"' in page.text
    assert "<title>Error: History" in page.text
    assert not facts(page.text)
    assert "All that is known today</h2>" not in page.text


def test_a_long_history_goes_on_over_pages(auditor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = facts(auditor.open(HISTORY).text)
    monkeypatch.setattr(history, "PAGE", 4)
    seen, address = [], HISTORY
    while address:
        page = auditor.open(address).text
        seen += facts(page)
        more = re.search(r'href="([^"#]+)#timeline">More facts', page)
        address = unescape(more[1]) if more else ""
        assert len(facts(page)) <= 4
    assert seen == everything
    assert "Back to the first facts" in page


def test_the_dials_stay_set_from_page_to_page_and_into_a_fact(
    auditor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    page = auditor.open(f"{HISTORY}?true-on=1/3/2018&service=scheduling&order=oldest").text
    more = re.search(r'href="([^"#]+)#timeline">More facts', page)
    assert more
    for part in ("true-on=2018-03-01", "service=scheduling", "order=oldest", "after="):
        assert part in more[1]
    address, _ = facts(page)[0]
    back = re.search(rf'href="({HISTORY}\?[^"]+)">Back to the history', auditor.open(address).text)
    assert back
    assert 'value="1 March 2018"' in auditor.open(unescape(back[1])).text


def test_a_fact_opens_to_who_when_why_and_its_proof(auditor: Browser) -> None:
    [(address, said)] = [each for each in facts(auditor.open(HISTORY).text) if "Ofsted" in each[1]]
    page = auditor.open(address).text
    assert f"{said}</h1>" in page
    text = words(page)
    for part in (
        "True from 13 September 2017",
        "Recorded",
        "By The platform itself sample county",
        "Reason Loading of the sample county",
        "grade Requires Improvement",
        "Stream analytics.inspections-141226, version 1",
        "Type analytics.InspectionGraded",
        "Caused by that command",
        "As at",
    ):
        assert part in text, part
    assert re.search(r">[0-9a-f]{64}</code>", page)


def test_a_fact_that_a_rule_recorded_leads_back_to_what_caused_it(auditor: Browser) -> None:
    everything = facts(auditor.open(HISTORY).text)
    charged, subscribed = (auditor.open(address).text for address, _ in everything[:2])
    assert "By Automatic rule billing.charge_subscriptions" in words(charged)
    event = re.search(r"Event ([0-9a-f-]{36})", words(subscribed))
    assert event
    assert f"Caused by {event[1]}" in words(charged)


def test_a_fact_of_another_school_is_not_found_here(auditor: Browser) -> None:
    address, _ = facts(auditor.open(HISTORY).text)[0]
    position = address.rpartition("/")[2]
    for wrong in (f"/schools/120777/history/{position}", f"{HISTORY}/0", f"{HISTORY}/99999999", f"{HISTORY}/{10**30}"):
        page = auditor.open(wrong)
        assert page.status_code == 404, wrong
        assert "is not in the history of this school" in page.text


@pytest.mark.parametrize("after", ["x", "-1", str(10**30)])
def test_a_page_that_is_nowhere_is_no_fault_of_the_service(auditor: Browser, after: str) -> None:
    assert auditor.open(f"{HISTORY}?after={after}").status_code in (200, 400, 404)


def test_what_a_fact_holds_is_laid_flat() -> None:
    data = {"urn": 1, "la_code": None, "figures": {"A_B": "SUPP"}, "name": "sealed"}
    assert flat(data) == [("urn", "1"), ("la code", "blank"), ("figures: A_B", "SUPP"), ("name", "sealed")]


@pytest.mark.parametrize(
    "typed",
    ["1 March 2012", "1 mar 2012", "1st MARCH, 2012", "01/03/2012", "1.3.2012", "1-3-2012", "2012-03-01", "1March2012"],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert parse_day(typed) == date(2012, 3, 1)


@pytest.mark.parametrize(
    "typed", ["", "March 2012", "3/2012", "1/3/212", "1/3/20122", "1 m 2012", "١/٣/٢٠١٢", "0/0/2012"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADay, match="Enter"):
        parse_day(typed)


def test_a_list_within_a_fact_is_laid_flat() -> None:
    data = {"to": ("headteacher", "chair"), "none": [], "sittings": ({"day": "2022-10-03"}, {"day": "2022-10-04"})}
    assert flat(data) == [
        ("to", "headteacher, chair"),
        ("none", "none"),
        ("sittings 1: day", "2022-10-03"),
        ("sittings 2: day", "2022-10-04"),
    ]


OTHER = 120827
"""A school that only the tests below look at."""


@pytest.fixture(scope="module")
def spring(county: County) -> str:
    """Visit 4, a rating in confidence and a redacted section; gives the address of the school's history."""
    facts_of = f"visits.test-{OTHER}"
    happened(county, facts_of, pm_visit(OTHER, "demo-head-120827").true_from(date(2022, 9, 6)), reason="Not for others")
    happened(county, facts_of, rated(OTHER).true_from(date(2022, 9, 7)))
    redacted = SectionRedacted(OTHER, 2022, "1", "summary", "text-1", "content about performance management (VR2)")
    happened(county, facts_of, redacted.true_from(date(2022, 9, 8)))
    return f"/schools/{OTHER}/history"


def test_vr2_the_history_shows_others_the_date_of_visit_4_alone(county: County, auditor: Browser, spring: str) -> None:
    page = auditor.open(spring).text
    row = words(page)[words(page).index("Visit 4 took place") :]
    assert row.startswith("Visit 4 took place on 6 September 2022 Only those who took part may open this")
    assert not [said for _, said in facts(page) if "Visit 4" in said]
    assert "Not for others" not in page
    head = county.visit(county.add_sign_in("demo-head-120827"))
    [address] = re.findall(rf'href="({spring}/\d+[^"]*)">Visit 4', head.open(spring).text)
    assert "Not for others" in head.open(unescape(address)).text
    refused = auditor.open(unescape(address))
    assert refused.status_code == 403
    assert "Only those who took part may open this" in refused.text


def test_what_is_confidential_is_not_in_the_history_of_those_whom_it_is_not_for(
    county: County, auditor: Browser, spring: str
) -> None:
    officer = county.visit("officer").open(spring).text
    assert "Risk rated" in auditor.open(spring).text
    assert "Risk rated" not in officer
    assert "Rating of risk" not in officer


def test_a_redacted_section_shows_that_when_and_under_what_rule(auditor: Browser, spring: str) -> None:
    page = words(auditor.open(spring).text)
    redacted = "A section of the record of visit 1 was redacted (content about performance management (VR2))"
    assert f"8 September 2022 {redacted}" in page


def test_two_settings_of_the_dials_are_compared(auditor: Browser) -> None:
    page = auditor.open(f"{HISTORY}/compare?true-on=1/3/2018&other-true-on=1/3/2022").text
    assert "only in the second: true by 1 March 2022, as known today" in page
    assert "only in the first" not in page
    shown = [said for _, said in facts(page)]
    assert "Key stage 2 results for 2018" in " ".join(shown)
    assert not any("2017" in said for said in shown)
    assert "2018: Expected standard in reading, writing and maths Nothing recorded No figure given" in words(page)


def test_two_settings_that_show_the_same_say_so(auditor: Browser) -> None:
    assert "Both settings show the same facts" in auditor.open(f"{HISTORY}/compare").text


@pytest.mark.parametrize("dial", ["known-on", "other-known-on"])
def test_a_bad_dial_of_a_comparison_is_refused_beside_it(auditor: Browser, dial: str) -> None:
    page = auditor.open(f"{HISTORY}/compare?{dial}=soon")
    assert page.status_code == 422
    assert f'href="#{dial}"' in page.text
    assert "Both settings" not in page.text


def test_the_history_is_checked_while_one_waits(auditor: Browser) -> None:
    number = len(facts(auditor.open(HISTORY).text))
    assert f"{number} facts, all as recorded" in auditor.open(f"{HISTORY}/check").text
    address, _ = facts(auditor.open(HISTORY).text)[0]
    assert "Checked As it was recorded" in words(auditor.open(address).text)


def test_what_was_known_on_a_day_is_answered_with_proof(auditor: Browser) -> None:
    page = auditor.open(f"{HISTORY}?true-on=1/3/2018").text
    [address] = re.findall(rf'href="({HISTORY}/pack[^"]*)"', page)
    saved = auditor.open(unescape(address))
    assert saved.headers["Content-Disposition"] == f"attachment; filename=school-{ACADEMY}-history.json"
    pack = saved.get_json()
    assert (pack["urn"], pack["true_on"]) == (ACADEMY, "2018-03-01")
    assert sorted(fact["says"] for fact in pack["facts"]) == sorted(said for _, said in facts(page))
    assert all(len(fact["hash"]) == 64 for fact in pack["facts"])
    assert auditor.open(f"{HISTORY}/pack?true-on=soon").status_code == 400


def test_a_pack_is_offered_to_those_who_may_take_it(county: County) -> None:
    officer = county.visit("officer")
    assert "/history/pack" not in officer.open(HISTORY).text
    assert officer.open(f"{HISTORY}/pack").status_code == 403
