"""All 348 sample primaries, subscribed to the full service for one year."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import as_file, files

import pytest

from services.billing.queries.charges import CountyCharges, ExplainCharge, SchoolStatement
from services.billing.service import billing
from services.billing.statements import Line, RouteTotal
from services.core.money import pounds
from services.scheduling.gias import read_schools
from services.scheduling.service import scheduling
from services.scheduling.subscription import SubscribeSchool
from tests.billing.histories import school
from tests.billing.office import Office

YEAR = 2022


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("county"), services=[scheduling, billing])
    with as_file(files("services.sample_county") / "data" / "schools.csv") as path:
        for row in read_schools(path).rows:
            office.record(row.urn, school(row.urn, row.type_name, row.type_group, row.open_date, row.name))
            office.handle(SubscribeSchool(row.urn, YEAR))
    yield office
    office.close()


def lines(county: Office) -> list[Line]:
    pages = county.ask(CountyCharges(YEAR)).pages
    return [line for page in range(1, pages + 1) for line in county.ask(CountyCharges(YEAR, page)).lines]


def test_the_county_is_charged_to_the_penny(county: Office) -> None:
    charges = county.ask(CountyCharges(YEAR))
    assert charges.totals == (RouteTotal("invoice", 181, 181 * 282000), RouteTotal("journal", 167, 167 * 265000))
    assert (charges.charges, pounds(charges.net)) == (348, "£952,970.00")


def test_each_charge_is_one_of_the_two_prices(county: Office) -> None:
    every = lines(county)
    assert len({line.urn for line in every}) == 348
    assert {(line.route, pounds(line.net)) for line in every} == {("journal", "£2,650.00"), ("invoice", "£2,820.00")}
    assert {line.tax_date for line in every} == {date(YEAR, 9, 1)}


def test_every_charge_is_explained_and_the_explanations_sum_to_the_whole(county: Office) -> None:
    explained = [county.ask(ExplainCharge(line.urn, line.charge)) for line in lines(county)]
    assert all(why.adds_up for why in explained)
    assert sum(why.line.quantity * why.price.pence for why in explained) == 95_297_000
    assert all(why.price.school_status == why.line.school_status for why in explained)
    assert all(why.status.effective_from <= why.line.tax_date for why in explained)


def test_the_statements_sum_to_the_county(county: Office) -> None:
    statements = [county.ask(SchoolStatement(line.urn, YEAR)) for line in lines(county)]
    assert sum(statement.net for statement in statements) == county.ask(CountyCharges(YEAR)).net
