"""Who may do and see what of billing, and when."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.billing.batches import ExportBatch
from services.billing.extra_services import ChargeService
from services.billing.orders import RecordPurchaseOrder
from services.billing.prices import SetPrice
from services.billing.queries.charges import CountyCharges, ExplainCharge, SchoolStatement
from services.billing.queries.exceptions import AskExceptions
from services.billing.queries.exports import Batch, Batches, DryRun
from services.billing.queries.finance import FinanceWorkspace
from services.billing.queries.prices import PriceList, VatCodes
from services.billing.settlements import SettleCharge
from services.billing.subscriptions import ChargeSubscription
from services.billing.successors import ChargeSuccessor
from services.billing.tailoring import ChargeTailored
from services.billing.vat import SetVatCode
from services.billing.year_split import SplitYear
from services.core.authorisation import Actor, Forbidden, Role, Tenure
from services.core.commands import Command, Query
from tests.billing.histories import ACADEMY, MAINTAINED, YEAR_BEGINS, maintained, subscribed
from tests.billing.office import OPERATOR, Office

PERSON = Actor("person-1")
BEGAN, ENDED = date(2011, 9, 1), date(2020, 1, 1)
COUNTY = {Role.FINANCE, Role.PROGRAMME_MANAGER, Role.AUDITOR}
SCHOOL = {Role.HEADTEACHER, Role.CHAIR}
SET_PRICE = SetPrice("full-service", "maintained", 265000, BEGAN)
OWN, OTHER = MAINTAINED, ACADEMY

WHO_MAY_ASK: list[tuple[Query, set[Role]]] = [
    (SchoolStatement(OWN), COUNTY | SCHOOL),
    (SchoolStatement(OWN, 2022), COUNTY | SCHOOL),
    (ExplainCharge(OWN, "120777-2022-1"), COUNTY | SCHOOL),
    (SchoolStatement(OTHER), COUNTY),
    (ExplainCharge(OTHER, "120777-2022-1"), COUNTY),
    (CountyCharges(2022), COUNTY),
    (PriceList(), COUNTY),
    (VatCodes(), COUNTY),
    (FinanceWorkspace(2022), COUNTY),
    (AskExceptions(2022), COUNTY),
    (DryRun("journal"), COUNTY),
    (Batches(), COUNTY),
    (Batch("J-2022-001"), COUNTY),
]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator["Opened"]:
    opened = Opened(tmp_path)
    yield opened
    opened.close()


class Opened:
    """Opens the office in which PERSON holds a role, at the own school or for the county."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._office: Office | None = None

    def to(self, role: Role, ends: date | None = None) -> Office:
        self.close()
        tenure = Tenure(role, OWN if role.of_a_school else None, BEGAN, ends)
        self._office = Office(self._directory, [tenure])
        return self._office

    def close(self) -> None:
        if self._office is not None:
            self._office.close()


@pytest.mark.parametrize("role", Role)
def test_questions(opened: "Opened", role: Role) -> None:
    office = opened.to(role)
    for query, roles in WHO_MAY_ASK:
        if role in roles:
            office.ask(query, PERSON)
        else:
            with pytest.raises(Forbidden):
                office.ask(query, PERSON)


@pytest.mark.parametrize("role", Role)
def test_commands(opened: "Opened", role: Role) -> None:
    office = opened.to(role)
    subscription = office.record(OWN, maintained(), subscribed(OWN))
    charge = f"{OWN}-2022-1"
    commands: list[tuple[Command, set[Role]]] = [
        (SET_PRICE, {Role.FINANCE}),
        (ChargeSubscription(OWN, 2022, YEAR_BEGINS, subscription), {Role.FINANCE}),
        (SetVatCode("full-service", "maintained", "OS", BEGAN), {Role.FINANCE}),
        (RecordPurchaseOrder(OWN, 2022, "PO 17"), {Role.FINANCE, Role.HEADTEACHER}),
        (ExportBatch("journal", (charge,), 265000), {Role.FINANCE}),
        (SettleCharge(OWN, 2022, charge, YEAR_BEGINS, "J 1"), {Role.FINANCE}),
        (ChargeTailored(OWN, 2022, "full", (), YEAR_BEGINS, subscription), set()),
        (ChargeService(OWN, 2022, "validation", 1, YEAR_BEGINS, subscription), set()),
        (SplitYear(OWN, 2022, YEAR_BEGINS, subscription, "closure"), set()),
        (ChargeSuccessor(OWN, 2022), set()),
    ]
    for command, roles in commands:
        if role in roles:
            office.handle(command, PERSON)
        else:
            with pytest.raises(Forbidden, match="finance" if roles else "nobody but the platform itself"):
                office.handle(command, PERSON)


def test_a_head_gives_order_numbers_for_their_own_school_only(opened: "Opened") -> None:
    office = opened.to(Role.HEADTEACHER)
    with pytest.raises(Forbidden):
        office.handle(RecordPurchaseOrder(OTHER, 2022, "PO 17"), PERSON)


@pytest.mark.parametrize("role", sorted(COUNTY | SCHOOL))
def test_a_role_that_ended_counts_no_more(opened: "Opened", role: Role) -> None:
    office = opened.to(role, ENDED)
    with pytest.raises(Forbidden):
        office.ask(SchoolStatement(OWN), PERSON)


def test_the_platform_may(office: Office) -> None:
    office.handle(SET_PRICE, OPERATOR)
    for query, _ in WHO_MAY_ASK:
        office.ask(query, OPERATOR)
