"""The finance team's month end over the sample county, without a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator

import pytest

from tests.gateway.county import ACADEMY, MAINTAINED, County, opened_county
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser, hidden_fields

WAITING = "Waiting by route, without VAT"
COUNTY_ONLY = (
    *("/finance", "/finance/exceptions", "/finance/exceptions/table.csv", "/finance/vat-codes"),
    *("/finance/next/journal", "/finance/next/invoice/table.xlsx", "/charges/2022/table.csv"),
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """A county of its own: what is exported is exported for everybody."""
    with opened_county(tmp_path_factory.mktemp("finance")) as county:
        yield county


@pytest.fixture
def finance(own: County) -> Browser:
    return own.visit("finance")


def test_the_month_end_from_the_workspace_to_the_file(own: County, finance: Browser) -> None:
    journal, invoice = table(finance.open("/finance").text, WAITING)[1:]
    assert journal[:6] == ["Journal", "167", "£442,550.00", "167", "Not needed", "None yet"]
    assert invoice[:6] == ["Invoice", "181", "£510,420.00", "181", "181", "None yet"]

    page = finance.open("/finance/next/journal")
    assert "without a VAT code" not in words(page.text)
    assert "181 lines without a purchase order number" in words(finance.open("/finance/next/invoice").text)
    assert table(page.text, "Control totals, without VAT")[1:] == [["Maintained", "None", "167", "£442,550.00"]]
    shown = hidden_fields(page)
    before = own.runtime.log.head()
    for _ in range(2):
        assert finance.send("/finance/next/journal", **shown).location == "/finance"
    assert own.runtime.log.head() == before + 1

    workspace = finance.open("/finance").text
    exported = table(workspace, "Files that went to finance, the latest first")[1]
    assert exported[1:4] == ["Journal", "167", "£442,550.00"]
    assert exported[5] == "Finance officer"
    (batch,) = re.findall(r'href="(/finance/batches/[^"]+)"', workspace)
    details = finance.open(batch).text
    assert "The file made again from the record has the digest that was recorded" in words(details)
    file = finance.open(f"{batch}/file.csv")
    rows = list(csv.DictReader(io.StringIO(file.get_data(as_text=True), newline="")))
    assert len(rows) == 167
    assert sum(round(float(row["net"]) * 100) for row in rows) == 44_255_000
    assert file.headers["Content-Disposition"].startswith('attachment; filename="J-')

    again = finance.send("/finance/next/journal", **{**shown, "form_id": "6f0d5a3e-3c0b-4f1e-9b53-7a1de5d2c2f4"})
    assert again.status_code == 422
    assert "went to finance in batch J-" in again.text
    assert "Every charge by journal has gone to finance" in words(again.text)


def test_a_vat_code_is_set_and_stands_on_the_lines(finance: Browser) -> None:
    code = {
        "item": "full-service",
        "school_status": "non-maintained",
        "code": "T1",
        "begins-day": "1",
        "begins-month": "9",
        "begins-year": "2011",
    }
    assert "No code has been set" in finance.open("/finance/vat-codes").text
    refused = finance.fill_in("/finance/vat-codes/set", **code | {"code": "=1"})
    assert refused.status_code == 422
    assert finance.fill_in("/finance/vat-codes/set", **code).location == "/finance/vat-codes"
    assert table(finance.open("/finance/vat-codes").text, "Codes by service and schools")[1][:4] == [
        "Full service",
        "Non-maintained",
        "T1",
        "1 September 2011",
    ]
    totals = table(finance.open("/finance/next/invoice").text, "Control totals, without VAT")
    assert totals[1:] == [["Non-maintained", "T1", "181", "£510,420.00"]]


def test_a_head_gives_the_order_number_and_it_is_no_exception_any_more(own: County, finance: Browser) -> None:
    missing = table(finance.open("/finance/exceptions").text, "No purchase order number")
    assert len(missing) == 182
    head = own.visit(f"head{ACADEMY}")
    assert "Purchase order: no number given yet" in words(head.open(f"/schools/{ACADEMY}/charges").text)
    form = f"/schools/{ACADEMY}/charges/order/2022"
    assert head.fill_in(form, number="=2+2").status_code == 422
    assert head.fill_in(form, number="PO 17").location == f"/schools/{ACADEMY}/charges"
    assert "Purchase order: PO 17." in words(head.open(f"/schools/{ACADEMY}/charges").text)
    assert len(table(finance.open("/finance/exceptions").text, "No purchase order number")) == 181


def test_a_charge_is_settled_from_its_own_page(own: County, finance: Browser) -> None:
    charge = f"/schools/{MAINTAINED}/charges/{MAINTAINED}-2022-1"
    page = finance.open("/finance/next/journal")
    if "charges" in hidden_fields(page):
        finance.send("/finance/next/journal", **hidden_fields(page))
    assert "Record that it was settled" in finance.open(charge).text
    day = {"settled-day": "2", "settled-month": "10", "settled-year": "2022"}
    assert finance.fill_in(f"{charge}/settle", reference="J 1", **day).location == charge
    assert "Settled on 2 October 2022" in words(finance.open(charge).text)
    assert "Everything is settled." in words(finance.open(f"/schools/{MAINTAINED}/charges").text)
    again = finance.fill_in(f"{charge}/settle", reference="J 2", **day)
    assert again.status_code == 422
    assert "settled on 2 October 2022 already (reference J 1)" in again.text


def test_tables_are_offered_as_files(own: County, finance: Browser) -> None:
    for address in ("/charges/2022/table", f"/schools/{ACADEMY}/charges/table", "/finance/exceptions/table"):
        text = finance.open(f"{address}.csv")
        assert text.status_code == 200
        assert len(list(csv.reader(io.StringIO(text.get_data(as_text=True), newline="")))) >= 2
        assert finance.open(f"{address}.xlsx").data[:2] == b"PK"
        assert finance.open(f"{address}.pdf").status_code == 404
    rows = csv.DictReader(io.StringIO(finance.open("/charges/2022/table.csv").get_data(as_text=True), newline=""))
    assert sum(float(row["Net in pounds"]) for row in rows) == 952_970


def test_a_statement_is_a_paper_too(own: County) -> None:
    pdf = own.visit(f"head{ACADEMY}").open(f"/schools/{ACADEMY}/charges.pdf")
    if pdf.status_code == 303:
        pytest.skip("this machine can't make PDF files")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data[:5] == b"%PDF-"


@pytest.mark.parametrize("address", ["/finance/next/barter", "/finance/batches/J-1999-001", "/finance/batches/a b"])
def test_there_is_no_such_page(finance: Browser, address: str) -> None:
    assert finance.open(address).status_code == 404


@pytest.mark.parametrize("username", ["manager", "auditor", "adviser07", "officer", f"head{MAINTAINED}"])
def test_who_may_see_the_money_of_the_county(own: County, username: str) -> None:
    browser = own.visit(username)
    for address in COUNTY_ONLY:
        page = browser.open(address)
        assert page.status_code == (200 if username in ("manager", "auditor") else 403), address
        assert b"Export 1" not in page.data


def test_only_finance_exports(own: County) -> None:
    auditor = own.visit("auditor")
    token = hidden_fields(auditor.open("/finance/next/invoice"))["csrf_token"]
    fields = {"form_id": "6f0d5a3e-3c0b-4f1e-9b53-7a1de5d2c2f4", "charges": f"{ACADEMY}-2022-1", "net": "282000"}
    assert auditor.send("/finance/next/invoice", csrf_token=token, **fields).status_code == 403
