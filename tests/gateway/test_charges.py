"""What schools are charged, over the sample county."""

import re

import msgspec
import pytest

from gateway import visitor
from tests.gateway.county import ACADEMY, MAINTAINED, County
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser

STATEMENT = "Charges for 2022-23, without VAT"
TWICE = 120784
"""Subscribed for the year before by a test."""


@pytest.fixture
def finance(county: County) -> Browser:
    return county.visit("finance")


def test_the_county_adds_up_to_the_penny(finance: Browser) -> None:
    page = finance.open("/charges").text
    assert "<h1" in page
    assert "Charges for 2022-23" in page
    assert table(page, "Totals by route, without VAT") == [
        ["Route", "Lines", "Net"],
        ["Invoice", "181", "£510,420.00"],
        ["Journal", "167", "£442,550.00"],
        ["All lines", "348", "£952,970.00"],
    ]
    assert "348 subscriptions for 2022-23, 348 lines: no charge is missing." in words(page)
    assert "As at <time" in page


def test_its_pages_list_every_school_once(finance: Browser) -> None:
    listed = []
    for number in range(1, 8):
        page = finance.open(f"/charges?year=2022&page={number}").text
        listed += table(page, f"Charges by school, page {number} of 7")[1:]
        assert f"(page {number} of 7)" in page
    assert len({row[0] for row in listed}) >= 340
    assert len(listed) == 348
    assert sum(row[2] == "£2,650.00" and row[4] == "Maintained" and row[6] == "Not needed" for row in listed) == 167
    assert sum(row[2] == "£2,820.00" and row[4] == "Non-maintained" and row[6] == "None" for row in listed) == 181
    assert finance.open("/charges?year=2022&page=8").status_code == 404


@pytest.mark.parametrize(
    "address", ["/charges?year=twenty", "/charges?page=0", "/charges?year=99999999", "/charges?page=a"]
)
def test_a_year_or_page_that_cannot_be_is_a_clear_answer(finance: Browser, address: str) -> None:
    page = finance.open(address)
    assert page.status_code == 400
    assert "Go to the home page" in page.text


def test_a_year_without_subscriptions_says_so(finance: Browser) -> None:
    page = words(finance.open("/charges?year=2015").text)
    assert "No school has subscribed for 2015-16" in page


def test_a_statement_has_lines_totals_and_the_reason_for_its_route(county: County) -> None:
    page = county.visit(f"head{ACADEMY}").open(f"/schools/{ACADEMY}/charges").text
    assert table(page, STATEMENT) == [
        ["Service", "Net", "Why", "Route", "Status on the day", "Charged as of", "Finance"],
        [
            "Full service",
            "£2,820.00",
            f"Explain this line: {ACADEMY}-2022-1",
            "Invoice",
            "Non-maintained",
            "1 September 2022",
            "Not exported yet",
        ],
        ["Total by invoice", "£2,820.00", ""],
    ]
    assert "Invoice: the council sends the school an invoice" in words(page)
    assert "Journal:" not in page


def test_each_year_has_a_statement_the_latest_first(finance: Browser, county: County) -> None:
    before = county.runtime.log.head()
    county.record("scheduling.SubscribeSchool", urn=TWICE, year=2021)
    assert county.runtime.wait_for(before + 2, 10)  # the charge follows the subscription
    page = finance.open(f"/schools/{TWICE}/charges").text
    assert page.index(STATEMENT) < page.index("Charges for 2021-22, without VAT")


def test_a_line_is_explained_down_to_its_events(county: County) -> None:
    page = county.visit(f"chair{MAINTAINED}").open(f"/schools/{MAINTAINED}/charges/{MAINTAINED}-2022-1").text
    said = words(page)
    assert "1 × £2,650.00 = £2,650.00" in said
    assert "Quantity times price is the net charge, without VAT." in said
    for type_of_event in ("PriceSet", "SchoolRegistered", "SchoolSubscribed", "ChargeRaised"):
        assert re.search(rf"\w\.{type_of_event}, version \d+ of ", said)
    assert len(re.findall(r"SHA-256 [0-9a-f]{64}\b", said)) == 4
    assert len(re.findall(r"Id [0-9a-f-]{36}\b", said)) == 4
    assert "By journal, because the school was maintained by the local authority" in said
    assert "True from before records began" in said


def test_the_facts_behind_it_are_found_in_the_history(auditor: Browser, finance: Browser) -> None:
    charge = f"/schools/{MAINTAINED}/charges/{MAINTAINED}-2022-1"
    links = re.findall(r'href="(/schools/\d+/history/[^"]+)"', auditor.open(charge).text)
    assert len(links) == 3
    for link in links:
        assert auditor.open(link).status_code == 200
    assert "/history/" not in finance.open(charge).text  # the evidence stands on the page itself


def test_a_charge_that_does_not_add_up_is_said_not_to(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = visitor.ask

    def tampered(query: str, **fields: object) -> object:
        answer = honest(query, **fields)
        if query != "billing.ExplainCharge":
            return answer
        line = msgspec.structs.replace(answer.value.line, net=100_000)
        value = msgspec.structs.replace(answer.value, line=line, adds_up=False)
        return msgspec.structs.replace(answer, value=value)

    monkeypatch.setattr("gateway.pages.charges.ask", tampered)
    said = words(county.visit("finance").open(f"/schools/{MAINTAINED}/charges/{MAINTAINED}-2022-1").text)
    assert "1 × £2,650.00 ≠ £1,000.00" in said
    assert "does not add up: 1 × £2,650.00 is £2,650.00, but £1,000.00 was charged" in said


@pytest.mark.parametrize("charge", ["nothing", f"{ACADEMY}-2022-1", "a b", "<script>", "x" * 200])
def test_there_is_no_such_charge(finance: Browser, charge: str) -> None:
    page = finance.open(f"/schools/{MAINTAINED}/charges/{charge}")
    assert page.status_code == 404
    assert "<script>alert" not in page.text
    assert "no charge" in page.text


MAY = {
    "finance": {"own", "other", "county"},
    "manager": {"own", "other", "county"},
    "auditor": {"own", "other", "county"},
    "head120777": {"own"},
    "chair120777": {"own"},
    "adviser07": set(),
    "officer": set(),
    "duty": set(),
    "dpo": set(),
}
PAGES = {
    "own": [f"/schools/{MAINTAINED}/charges", f"/schools/{MAINTAINED}/charges/{MAINTAINED}-2022-1"],
    "other": [f"/schools/{ACADEMY}/charges", f"/schools/{ACADEMY}/charges/{ACADEMY}-2022-1"],
    "county": ["/charges", "/prices"],
}


@pytest.mark.parametrize("username", MAY)
def test_who_may_see_charges(county: County, username: str) -> None:
    browser = county.visit(username)
    for whose, addresses in PAGES.items():
        for address in addresses:
            page = browser.open(address)
            assert page.status_code == (200 if whose in MAY[username] else 403), address
            assert page.status_code == 200 or "Only these roles may do this" in page.text


def test_what_was_not_charged_is_missed(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = visitor.ask

    def two_more(query: str, **fields: object) -> object:
        answer = honest(query, **fields)
        if query != "billing.CountyCharges":
            return answer
        return msgspec.structs.replace(answer, value=msgspec.structs.replace(answer.value, uncharged=2))

    monkeypatch.setattr("gateway.pages.charges.ask", two_more)
    said = words(county.visit("finance").open("/charges").text)
    assert "2 subscriptions or deliveries are not charged." in said
    assert "price list" in said
