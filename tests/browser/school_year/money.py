"""The year's charge goes to finance once; late news of a conversion takes it back and charges both schools' parts."""

from datetime import date

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.school_year.forms import act, fact, follow, put, send, table
from tests.browser.school_year.year import Year
from tests.platform import SCHOOL

ACADEMY = 137999
CONVERTED, HEARD = date(2012, 4, 1), date(2012, 7, 9)
SCHOOLS = (
    "URN,EstablishmentName,LA (code),EstablishmentNumber,TypeOfEstablishment (name),EstablishmentStatus (name),"
    "PhaseOfEducation (name),OpenDate,CloseDate,LastChangedDate\n"
    f"{ACADEMY},Aldborough Primary Academy,926,2040,Academy converter,Open,Primary,01-04-2012,,01-04-2012\n"
    f"{SCHOOL},Aldborough Primary School,926,3000,Foundation school,Closed,Primary,,31-03-2012,01-04-2012\n"
)
LINKS = (
    "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
    f"{SCHOOL},{ACADEMY},Aldborough Primary Academy,Successor,01-04-2012\n"
)
PEOPLE, ORDER = "Who holds a role at the school", "PO 2012/07"
CHARGES = "Charges for 2011-12, without VAT"


def first_batch(year: Year) -> None:
    year.on(date(2011, 10, 31))
    _export(year, "Journal", lines=1, net="£2,650.00")
    [line] = table(year.at("head", "Charges"), CHARGES)
    assert line[-1] == "Exported in batch J-2011-001"


def conversion(year: Year) -> None:
    _late_news(year)
    _people_go_on(year)
    _charges(year)
    _sent_to_finance(year)


def _late_news(year: Year) -> None:
    """The register's three facts, three months after the day."""
    year.on(HEARD)
    page = year.before("officer", "Find a school", "Imports")
    _import(page, "Schools", SCHOOLS, HEARD)
    outcome = {row[0]: row[1] for row in table(page, "What the import did")}
    assert (outcome["Registered"], outcome["Changed"], outcome["Refused"]) == ("1", "1", "0")
    follow(page, "Import another file")
    _import(page, "Links between schools", LINKS)
    assert ["Linked", "1"] in table(page, "What the import did")


def _import(page: Page, kind: str, content: str, day: date | None = None) -> None:
    """A file is checked before it is imported."""
    follow(page, kind)
    file = FilePayload(name="register.csv", mimeType="text/csv", buffer=content.encode())
    page.get_by_label("The file").set_input_files(file)
    if day:
        put(page, "Day of the file", day)
    page.get_by_role("button", name="Check the file", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Checked: nothing is recorded yet")
    expect(page.get_by_text("No row would be left out.")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Imported")


def _people_go_on(year: Year) -> None:
    page = year.of("manager")
    page.goto(f"/schools/{ACADEMY}")
    follow(follow(page, "Programme"), PEOPLE)
    for person, role in (("head", "Headteacher"), ("chair", "Chair of governors")):
        said = {"Identifier": person, "Role": role, "First day": CONVERTED, "Kind": "Permanent"}
        act(page, "Give somebody a role", "Give this role", said)
        expect(fact(page, role)).to_contain_text("since 1 April 2012")
    follow(year.at("manager", "Programme"), PEOPLE)
    for role in ("headteacher", "chair of governors"):
        page.get_by_role("link", name=f"End this role ({role})").click()
        put(page, "First day without it", HEARD)
        send(page, "End this role")


def _charges(year: Year) -> None:
    """Seven twelfths stay with the school, by journal; five are the academy's, at its own price and by invoice."""
    page = year.at("head", "Charges")
    whole, taken_back, part = (row[:2] for row in table(page, CHARGES))
    assert whole == ["Full service", "£2,650.00"]
    assert taken_back == ["Full service, taken back", "−£2,650.00"]
    assert part == ["Full service, 7 of 12 months", "£1,545.83"]
    expect(page.get_by_role("row", name="Total by journal")).to_contain_text("£1,545.83")
    expect(page.get_by_text("Still to settle: £1,545.83.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=f"Explain this line : {SCHOOL}-2011-3").click()
    expect(page.locator(".sum")).to_have_text("7/12 of £2,650.00 = £1,545.83")
    expect(page.get_by_text("status is now Closed; closed is now 2012-03-31")).to_be_visible()

    page = year.at("head", "Charges", ACADEMY)
    [line] = table(page, CHARGES)
    assert line[:2] == ["Full service, 5 of 12 months", "£1,175.00"]
    assert line[3:] == ["Invoice", "Non-maintained", "1 April 2012", "Not exported yet"]
    page.get_by_role("link", name="Give a number").click()
    put(page, "Purchase order number", ORDER)
    send(page, "Record this number")
    page.get_by_role("link", name="Explain this line").click()
    expect(page.locator(".sum")).to_have_text("5/12 of £2,820.00 = £1,175.00")
    page = year.at("head", "School", ACADEMY)
    expect(fact(page, "Programme")).to_contain_text(
        "Goes on with the programme of the school before it, from 1 April 2012"
    )
    expect(page.get_by_role("link", name="Aldborough Primary School", exact=True)).to_be_visible()
    page = year.at("head", "Visits", ACADEMY)
    expect(
        page.get_by_text("It had these visits of the year: Visit 1, Visit 2, Visit 3, Visit 4, IP day.")
    ).to_be_visible()
    expect(page.get_by_text("Plan a date")).to_have_count(0)


def _sent_to_finance(year: Year) -> None:
    """What is taken back is 5/12 of £2,650.00, £1,104.17: with the 7/12 it makes the whole, to the penny."""
    year.on(date(2012, 7, 10))
    _export(year, "Journal", lines=2, net="−£1,104.17")
    page = year.before("finance", "Finance")
    page.get_by_role("row", name="Invoice 1").get_by_role("link", name="Dry run").click()
    [line] = table(page, "Lines of the next batch")
    assert (line[0], line[6]) == ("Aldborough Primary Academy", ORDER)
    _export(year, "Invoice", lines=1, net="£1,175.00")
    assert [[row[0], row[3]] for row in table(page, "Files that went to finance, the latest first")] == [
        ["I-2011-001", "£1,175.00"],
        ["J-2011-002", "−£1,104.17"],
        ["J-2011-001", "£2,650.00"],
    ]


def _export(year: Year, route: str, *, lines: int, net: str) -> None:
    """A dry run shows what is waiting; it goes once, and then nothing is left to go."""
    page = year.before("finance", "Finance")
    waiting = page.get_by_role("row", name=f"{route} {lines}")
    waiting.get_by_role("link", name="Dry run").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Next batch by {route.lower()}: dry run")
    send(page, f"Export {lines} {'line' if lines == 1 else 'lines'}, {net}")
    page.get_by_role("row", name=f"{route} 0").get_by_role("link", name="Dry run").click()
    expect(page.get_by_text(f"Every charge by {route.lower()} has gone to finance")).to_be_visible()
    expect(page.get_by_role("button", name="Export")).to_have_count(0)
    year.before("finance", "Finance")
