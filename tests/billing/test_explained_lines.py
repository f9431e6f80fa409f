"""Every line of a real account is explained, and what is explained adds up to the total."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.billing.conversion import ACADEMY, YEAR
from tests.billing.month_end import BEGAN, BUYER, convert, kinds, opened_month_end
from tests.platform import SCHOOL, Platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_month_end(tmp_path) as platform:
        yield platform


def test_every_line_of_a_conversion_is_explained_and_the_explained_lines_sum_to_the_total(platform: Platform) -> None:
    convert(platform)
    total = 0
    for urn in (SCHOOL, ACADEMY, BUYER):
        statement = platform.ask("billing.SchoolStatement", urn=urn)
        explained = [platform.ask("billing.ExplainCharge", urn=urn, charge=line.charge) for line in statement.lines]
        assert all(why.adds_up for why in explained)
        assert sum(why.line.net for why in explained) == statement.net
        total += statement.net
    assert total == platform.ask("billing.CountyCharges", year=YEAR).net == 154_583 + 117_500 + 282_000
    reversal = platform.ask("billing.ExplainCharge", urn=SCHOOL, charge=f"{SCHOOL}-2022-2")
    assert reversal.cause.type == "scheduling.SchoolsLinked"
    assert reversal.reverses.price.pence == 265_000
    successor = platform.ask("billing.ExplainCharge", urn=ACADEMY, charge=f"{ACADEMY}-2022-1")
    assert (successor.delivery.what, successor.delivery.urn) == ("full programme", SCHOOL)
    assert (successor.price.pence, successor.line.months) == (282_000, 5)
    assert successor.contract == (date(2022, 9, 1), date(2023, 8, 31))
    assert reversal.reverses.contract == (date(2022, 4, 1), date(2023, 3, 31))
    assert set(successor.cause.concerns) == {SCHOOL, ACADEMY}


def test_tailored_and_delivered_charges_are_explained(platform: Platform) -> None:
    for item, pence in (("visit-1", 90_000), ("visit-2", 80_000), ("intensive-monitoring", 12_345)):
        price: dict[str, Any] = {"item": item, "school_status": "maintained", "pence": pence, "begins": BEGAN}
        platform.do("billing.SetPrice", by="finance", **price)
    tailor(platform)
    order: dict[str, Any] = {
        "urn": SCHOOL,
        "year": YEAR,
        "service": "intensive-monitoring",
        "purpose": "A project board",
    }
    platform.do("scheduling.OrderService", by="head", quantity=3, **order)
    delivery: dict[str, Any] = {"urn": SCHOOL, "year": YEAR, "order": f"{SCHOOL}-2022-1", "delivered": "2022-09-01"}
    platform.do("scheduling.DeliverService", quantity=3, **delivery)
    statement = platform.ask("billing.SchoolStatement", urn=SCHOOL)
    assert [(line.item, line.net) for line in statement.lines] == [
        ("full-service", 265_000),
        ("full-service", -265_000),
        ("visit-1", 90_000),
        ("visit-2", 80_000),
        ("intensive-monitoring", 37_035),
    ]
    explained = [platform.ask("billing.ExplainCharge", urn=SCHOOL, charge=line.charge) for line in statement.lines]
    assert all(why.adds_up for why in explained)
    assert explained[1].cause.type == "scheduling.ProgrammeSettled"
    assert [why.delivery.what for why in explained[2:]] == [
        "tailored programme",
        "tailored programme",
        "intensive monitoring",
    ]
    assert ("tailored", SCHOOL, 0) in kinds(platform)


def tailor(platform: Platform, *visits: str) -> None:
    """Adviser, head and chair agree on these visits."""
    platform.do("scheduling.TrainAdviser", by="manager", person="adviser", training="data_analysis", completed=BEGAN)
    proposal: dict[str, Any] = {
        "urn": SCHOOL,
        "year": YEAR,
        "programme": "tailored",
        "visits": list(visits) or ["1", "2"],
    }
    platform.do("scheduling.ProposeProgramme", by="head", **proposal)
    platform.do("scheduling.AgreeProgramme", by="chair", urn=SCHOOL, year=YEAR, version=1)
    platform.do("scheduling.ProposeAdviser", by="manager", urn=SCHOOL, adviser="adviser", begins="2022-09-01")
    platform.do("scheduling.AcceptProposal", by="head", urn=SCHOOL, proposal=1)
    platform.do("scheduling.AgreeProgramme", by="adviser", urn=SCHOOL, year=YEAR, version=1)
