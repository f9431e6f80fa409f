"""Home, finding a school and a school's first page, over the sample county."""

import re
from datetime import date, timedelta

import pytest

from gateway.pages.schools import website
from tests.gateway.county import ACADEMY, MAINTAINED, County
from tests.gateway.visits import Browser

COUNTY_ROLES = ("adviser07", "manager", "officer", "finance", "auditor", "dpo", "duty")


@pytest.mark.parametrize("username", COUNTY_ROLES)
def test_who_works_for_the_county_begins_with_finding_a_school(county: County, username: str) -> None:
    page = county.visit(username).open("/")
    assert page.status_code == 200
    assert 'name="q"' in page.text
    assert "348 schools: 176 academies, 167 local authority maintained schools and 5 free schools." in words(page.text)
    assert "As at" in page.text


@pytest.mark.parametrize(
    ("username", "urn"), [("head120777", MAINTAINED), ("chair120777", MAINTAINED), ("head141226", ACADEMY)]
)
def test_heads_and_chairs_begin_at_their_own_school(county: County, username: str, urn: int) -> None:
    assert county.visit(username).open("/").location == f"/schools/{urn}"


def test_the_sections_offered_are_those_the_role_can_open(county: County) -> None:
    for username in (*COUNTY_ROLES, "head120777"):
        browser = county.visit(username)
        bar = re.search(r'aria-label="Sections".*?</nav>', browser.open("/schools/120777").text, re.DOTALL)
        assert bar
        for address in re.findall(r'href="([^"]+)"', bar[0]):
            assert browser.open(address, follow_redirects=True).status_code == 200, (username, address)


def test_a_head_sees_their_own_school_and_no_other(county: County) -> None:
    head = county.visit("head120777")
    assert head.open("/schools/120777").status_code == 200
    for address in ("/schools/141226", "/schools/141226/history", "/schools/999999", "/schools?q=norwich"):
        page = head.open(address)
        assert page.status_code == 403, address
        assert "You do not have access to this" in page.text
        assert "Antingham" not in page.text


def test_each_page_of_a_school_says_why_it_is_seen(county: County) -> None:
    auditor, head = county.visit("auditor"), county.visit("head120777")
    for address in ("/schools/120777", "/schools/120777/history"):
        assert "covers every school of the county: auditor." in auditor.open(address).text
        assert "You hold a role at this school today." in head.open(address).text


def test_when_the_tenure_ends_the_school_is_closed_to_the_head(county: County) -> None:
    head = county.visit(county.add_sign_in("demo-head-120798"))
    assert head.open("/").location == "/schools/120798"
    today = county.ask("scheduling.SchoolPeople", urn=120798, on=date(2022, 9, 1).isoformat())
    assert today
    ended = {"person": "demo-head-120798", "role": "headteacher", "urn": 120798, "ends": date(2020, 1, 1).isoformat()}
    county.record("scheduling.EndTenure", **ended)
    assert head.open("/schools/120798").status_code == 403
    assert head.open("/schools/120798/history").status_code == 403
    assert "You hold no role today" in head.open("/").text
    assert "Headteacher of" not in county.visit("auditor").open("/schools/120798").text


def test_who_holds_roles_at_two_schools_chooses(county: County) -> None:
    county.record("scheduling.RegisterPerson", person="executive-head", name="Executive head")
    for urn in (120808, 120809):
        tenure = {"person": "executive-head", "role": "headteacher", "urn": urn, "begins": "2020-01-01"}
        county.record("scheduling.BeginTenure", **tenure)
    page = county.visit(county.add_sign_in("executive-head")).open("/")
    assert "Your schools" in page.text
    assert 'href="/schools/120808"' in page.text
    assert 'href="/schools/120809"' in page.text


@pytest.mark.parametrize("typed", ["antingham", "Southr ant", "NR11 8UG", "nr118ug", "141226", "926/2071", "9262071"])
def test_a_school_is_found_by_what_is_at_hand(auditor: Browser, typed: str) -> None:
    page = auditor.client.get("/schools", query_string={"q": typed})
    assert "1 school found" in page.text
    assert 'href="/schools/141226"' in page.text
    assert "Academy sponsor led" in page.text
    assert "As at" in page.text


def test_when_nothing_is_found_the_page_says_what_to_try(auditor: Browser) -> None:
    page = auditor.open("/schools?q=<b>zzz</b>").text
    assert "No school found for “&lt;b&gt;zzz&lt;/b&gt;”" in page
    assert "fewer letters" in page


def test_a_long_list_is_cut_and_says_so(auditor: Browser) -> None:
    page = auditor.open("/schools?q=primary").text
    assert "The first 50 schools found for “primary”" in page
    assert page.count('href="/schools/1') == 50


@pytest.mark.parametrize(("asked", "says"), [("", "Enter a few letters or figures"), ("x" * 201, "Enter at most 200")])
def test_nothing_and_too_much_are_refused_beside_the_box(auditor: Browser, asked: str, says: str) -> None:
    page = auditor.open(f"/schools?q={asked}")
    assert page.status_code == 422
    assert f'<a href="#q">{says}' in page.text
    assert "<title>Error: Find a school" in page.text


def test_the_school_page_says_who_it_is_what_it_bought_and_what_it_owes(auditor: Browser) -> None:
    page = words(auditor.open("/schools/120777").text)
    for part in (
        "Aldborough Primary School",
        "LAESTAB 926/2000",
        "Type Foundation school",
        "Status Open",
        "Ages 4 to 11",
        "Pupils 135 in 153 places",
        "NR11 7PH",
        "Last subscribed for 2022-23",
        "Charged £2,650.00",
        "for 2022-23 by journal",
        "65% reached the expected standard in reading, writing and maths in 2018",
        "Norfolk 59%, England 64%. From: performance tables",
        "In the words of the framework of September",
        "Headteacher of Aldborough Primary School",
        "As at",
    ):
        assert part in page, part


def test_the_five_latest_facts_open(auditor: Browser) -> None:
    links = re.findall(r'href="(/schools/120777/history/\d+)"', auditor.open("/schools/120777").text)
    assert len(links) == 5
    assert auditor.open(links[0]).status_code == 200


def test_schools_before_and_after_are_linked_where_they_are_registered(county: County, auditor: Browser) -> None:
    page = auditor.open("/schools/142527").text
    assert re.search(r'href="/schools/142526">[^<]+</a>', page)
    page = words(auditor.open(f"/schools/{ACADEMY}").text)
    assert "A school not registered here URN 120778, 20 August 2014" in page
    head = county.visit(county.add_sign_in("demo-head-142527"))
    assert 'href="/schools/142526"' not in head.open("/schools/142527").text


def test_charges_are_shown_to_those_who_may_see_them(county: County) -> None:
    for username, shown in (("finance", True), ("head120777", True), ("adviser07", False), ("duty", False)):
        page = county.visit(username).open("/schools/120777").text
        assert ("£2,650.00</dd>" in page or "£2,650.00\n" in page) is shown, username
        assert ('href="/schools/120777/charges"' in page) is shown


@pytest.mark.parametrize("urn", ["999999", "12", "99999999999999999999"])
@pytest.mark.parametrize("page", ["", "/history"])
def test_a_school_that_is_not_there_is_said_in_words(auditor: Browser, urn: str, page: str) -> None:
    answer = auditor.open(f"/schools/{urn}{page}")
    assert answer.status_code == 404
    assert f"There is no school with the URN {urn} in this record." in answer.text


def test_markup_in_a_schools_name_is_shown_as_text(county: County, auditor: Browser) -> None:
    row = county.ask("scheduling.SchoolByUrn", urn=120815).row
    fields = {name: getattr(row, name) for name in row.__struct_fields__ if getattr(row, name) is not None}
    for name, value in fields.items():
        fields[name] = value.isoformat() if isinstance(value, date) else value
    fields |= {"name": "<script>alert(1)</script> School", "website": "javascript:alert(1)"}
    county.record("scheduling.RecordSchool", **fields, effective_on=(date(2022, 7, 1) + timedelta(1)).isoformat())
    for address in ("/schools/120815", "/schools/120815/history", "/schools?q=120815"):
        page = auditor.open(address).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; School" in page, address
        assert "<script>alert" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://school.example/path", True),
        ("http://school.example", True),
        ("www.school.example", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(text: str | None, link: bool) -> None:
    assert website(text) == (text if link else None)


@pytest.mark.parametrize("address", ["/", "/schools", "/schools?q=norwich", "/schools/120777"])
def test_a_page_has_one_heading_and_one_title(auditor: Browser, address: str) -> None:
    page = auditor.open(address).text
    assert len(re.findall("<h1", page)) == 1
    assert len(re.findall("<main", page)) == 1
    assert re.search(r"<title>\S[^<]+ – School Improvement Partnership Programme</title>", page)


def words(page: str) -> str:
    """The text of a page with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
