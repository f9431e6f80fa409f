"""A school's statement and the county's: lines, totals by route, pages."""

from datetime import date

from services.billing.queries.charges import PAGE, CountyCharges, SchoolStatement
from services.billing.statements import CountyStatement, Line, RouteTotal, Statement
from services.scheduling.events import SchoolChanged
from tests.billing.histories import ACADEMY, MAINTAINED, academy, became_academy, maintained, school, subscribed
from tests.billing.office import Office

CONVERTED = date(2023, 1, 1)


def two_years(office: Office) -> None:
    """A school charged as maintained in 2022 and as an academy in 2023, and an academy charged in 2022."""
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED, 2022), became_academy(MAINTAINED, CONVERTED))
    office.record(MAINTAINED, subscribed(MAINTAINED, 2023))
    office.record(ACADEMY, academy(), subscribed(ACADEMY, 2022))


def test_a_statement_of_one_year(office: Office) -> None:
    two_years(office)
    line = Line(
        charge="120777-2022-1",
        urn=MAINTAINED,
        school="Holt Primary",
        year=2022,
        item="full-service",
        quantity=1,
        net=265000,
        tax_date=date(2022, 9, 1),
        school_status="maintained",
        route="journal",
    )
    expected = Statement(MAINTAINED, 2022, (line,), (RouteTotal("journal", 1, 265000),), 265000)
    assert office.ask(SchoolStatement(MAINTAINED, 2022)) == expected


def test_a_statement_of_all_years_totals_each_route(office: Office) -> None:
    two_years(office)
    statement = office.ask(SchoolStatement(MAINTAINED))
    assert [line.charge for line in statement.lines] == ["120777-2023-1", "120777-2022-1"]
    assert statement.totals == (RouteTotal("invoice", 1, 282000), RouteTotal("journal", 1, 265000))
    assert statement.net == 547000


def test_a_school_without_charges_has_an_empty_statement(office: Office) -> None:
    assert office.ask(SchoolStatement(MAINTAINED)) == Statement(MAINTAINED, None, (), (), 0)


def test_the_county_totals_one_year(office: Office) -> None:
    two_years(office)
    county = office.ask(CountyCharges(2022))
    assert county.totals == (RouteTotal("invoice", 1, 282000), RouteTotal("journal", 1, 265000))
    assert (county.charges, county.net) == (2, 547000)
    assert [line.urn for line in county.lines] == [MAINTAINED, ACADEMY]
    assert office.ask(CountyCharges(2021)) == CountyStatement(2021, (), 0, 0, (), 1, 0)


def test_the_county_is_paged_by_school_name(office: Office) -> None:
    for number in range(PAGE + 1):
        urn = 130000 + number
        office.record(urn, school(urn, "Free schools", "Free Schools", name=f"School {PAGE - number:02d}"))
        office.record(urn, subscribed(urn))
    first, second = office.ask(CountyCharges(2022)), office.ask(CountyCharges(2022, 2))
    assert (first.pages, len(first.lines), len(second.lines)) == (2, PAGE, 1)
    names = [line.school for line in first.lines + second.lines]
    assert names == [f"School {number:02d}" for number in range(PAGE + 1)]
    assert second.net == first.net == (PAGE + 1) * 282000
    assert office.ask(CountyCharges(2022, 3)).lines == ()


def test_a_line_has_the_schools_name_as_last_recorded(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.record(MAINTAINED, SchoolChanged(MAINTAINED, name="Holt CofE Primary").true_from(date(2022, 1, 1)))
    assert office.ask(SchoolStatement(MAINTAINED)).lines[0].school == "Holt CofE Primary"
