"""Charges go to finance once, in files that can be proved."""

import csv
import io
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given as cases
from hypothesis import strategies as st
from msgspec.structs import replace

from services.billing.account import Account
from services.billing.batches import ExportBatch, Facts, batches, charge_order
from services.billing.events import BatchExported, ChargeSettled, ExportedLine
from services.billing.export_file import HEADINGS, FileLine, digest, export_file
from services.billing.orders import RecordPurchaseOrder, purchase_orders
from services.billing.settlements import SettleCharge, settlement
from services.billing.vat import SetVatCode, VatCode, code_on, vat_codes
from services.core.schemas import Invalid, load
from services.core.testing import given
from tests.billing.test_subscriptions import CHARGE
from tests.billing.test_tailoring import REVERSAL, VISIT_1

DAY = date(2022, 9, 1)
TODAY = date(2022, 12, 1)
LINES = {line.charge: line for line in (CHARGE, REVERSAL, VISIT_1)}
FACTS = Facts(LINES, [VatCode("full-service", "maintained", "OS", DAY)], {(120777, 2022): "PO 17"})
EXPORT = ExportBatch("journal", ("120777-2022-2", "120777-2022-1", "120777-2022-3"), 80_000)
FILE = [
    FileLine(
        "120777-2022-1", 120777, 2022, "full-service", 1, None, 265_000, DAY, "maintained", "journal", "OS", "", ""
    ),
    FileLine(
        *("120777-2022-2", 120777, 2022, "full-service", 1, None, -265_000, DAY, "maintained", "journal"),
        *("OS", "", "120777-2022-1"),
    ),
    FileLine(
        *("120777-2022-3", 120777, 2022, "visit-1", 1, None, 80_000, date(2022, 11, 1), "maintained", "journal"),
        *("", "", ""),
    ),
]
EXPORTED = BatchExported(
    batch="J-2022-001",
    route="journal",
    lines=(
        ExportedLine("120777-2022-1", "OS", ""),
        ExportedLine("120777-2022-2", "OS", ""),
        ExportedLine("120777-2022-3", "", ""),
    ),
    net=80_000,
    digest=digest(export_file("J-2022-001", FILE)),
)


def test_a_batch_holds_its_lines_in_order_their_sum_and_the_digest_of_its_file() -> None:
    given().at(TODAY).knowing(FACTS).when(EXPORT, batches).then(EXPORTED)


def test_batches_are_counted_by_route_and_academic_year() -> None:
    four = replace(CHARGE, charge="120777-2022-4")
    facts = replace(FACTS, lines=LINES | {four.charge: four})
    export = ExportBatch("journal", (four.charge,), 265_000)
    for day, batch in ((TODAY, "J-2022-002"), (date(2023, 9, 1), "J-2023-001")):
        (event,) = given(EXPORTED).at(day).knowing(facts).when(export, batches).events
        assert isinstance(event, BatchExported)
        assert event.batch == batch


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (EXPORT, "Charge 120777-2022-2 went to finance in batch J-2022-001. Look at the dry run again."),
        (replace(EXPORT, charges=("120777-2022-9",)), "There is no charge 120777-2022-9."),
        (replace(EXPORT, charges=("120777-2022-4", "120777-2022-4")), "A charge is named twice."),
        (replace(EXPORT, route="invoice", charges=("120777-2022-4",)), "Charge 120777-2022-4 goes by journal."),
        (replace(EXPORT, charges=("120777-2022-4",)), "do not add up to the sum of the dry run"),
    ],
)
def test_what_went_already_or_is_not_there_is_refused(command: ExportBatch, says: str) -> None:
    facts = replace(FACTS, lines=LINES | {"120777-2022-4": replace(CHARGE, charge="120777-2022-4")})
    given(EXPORTED).at(TODAY).knowing(facts).when(command, batches).refused(says)


def test_br6_vat_codes_are_dated_data_that_finance_sets() -> None:
    command = SetVatCode("visit-1", "non-maintained", "T1", DAY)
    (set_,) = given().when(command, vat_codes).events
    given(set_).when(command, vat_codes).then()
    given(set_).when(replace(command, code="T2"), vat_codes).then(
        replace(set_.event, code="T2").true_from(DAY)  # type: ignore[union-attr]
    )


def test_br6_a_code_holds_from_its_day_for_its_item_and_status_and_is_never_derived() -> None:
    codes = [VatCode("visit-1", "non-maintained", code, day) for code, day in (("T1", DAY), ("T2", date(2023, 9, 1)))]
    assert code_on(codes, "visit-1", "non-maintained", date(2022, 8, 31)) == ""
    assert code_on(codes, "visit-1", "non-maintained", date(2023, 8, 31)) == "T1"
    assert code_on(codes, "visit-1", "non-maintained", date(2023, 9, 1)) == "T2"
    assert code_on(codes, "visit-1", "maintained", DAY) == code_on(codes, "visit-2", "non-maintained", DAY) == ""


def test_br7_a_purchase_order_is_recorded_and_a_later_one_replaces_it() -> None:
    command = RecordPurchaseOrder(120777, 2022, "PO 17")
    (recorded,) = given().when(command, purchase_orders).events
    given(recorded).when(command, purchase_orders).then()
    assert given(recorded).when(replace(command, number="PO 18"), purchase_orders).events


@pytest.mark.parametrize("number", ["=1+1", "+44", "-5", "@x", "\t1", "", " 1", "x" * 41])
def test_br7_a_number_that_a_spreadsheet_would_work_out_is_no_order_number(number: str) -> None:
    with pytest.raises(Invalid):
        load(RecordPurchaseOrder, {"urn": 120777, "year": 2022, "number": number})


SETTLE = SettleCharge(120777, 2022, "120777-2022-1", date(2022, 11, 30), "BACS 12")
SETTLED = ChargeSettled(120777, 2022, "120777-2022-1", date(2022, 11, 30), "BACS 12")


def test_a_charge_is_settled_once_and_a_repetition_is_harmless() -> None:
    known = frozenset({"120777-2022-1"})
    given(CHARGE).at(TODAY).knowing(known).when(SETTLE, settlement).then(SETTLED.true_from(SETTLE.settled))
    given(CHARGE, SETTLED).at(TODAY).knowing(known).when(SETTLE, settlement).then()
    other = replace(SETTLE, reference="BACS 13")
    said = "settled on 30 November 2022 already (reference BACS 12)"
    given(CHARGE, SETTLED).at(TODAY).knowing(known).when(other, settlement).refused(said)


@pytest.mark.parametrize(
    ("command", "exported", "says", "field"),
    [
        (replace(SETTLE, charge="120777-2022-2"), True, "There is no charge 120777-2022-2", "charge"),
        (SETTLE, False, "has not gone to finance yet. Export it first.", "charge"),
        (replace(SETTLE, settled=date(2022, 12, 2)), True, "not in the future", "settled"),
    ],
)
def test_what_cannot_have_been_settled_is_refused(command: SettleCharge, exported: bool, says: str, field: str) -> None:
    known = frozenset({command.charge} if exported else set())
    given(CHARGE).at(TODAY).knowing(known).when(command, settlement).refused(says, field)


@cases(
    st.lists(
        st.builds(
            FileLine,
            charge=st.from_regex(r"[1-9]{6}-20[0-9]{2}-[1-9]", fullmatch=True),
            urn=st.integers(100_000, 999_999),
            year=st.integers(2000, 2100),
            item=st.sampled_from(["full-service", "visit-1"]),
            quantity=st.integers(1, 100),
            months=st.none() | st.integers(1, 12),
            net=st.integers(-(10**10), 10**10),
            tax_date=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
            school_status=st.sampled_from(["maintained", "non-maintained"]),
            route=st.sampled_from(["journal", "invoice"]),
            vat_code=st.from_regex(r"[A-Za-z0-9]{0,10}", fullmatch=True),
            purchase_order=st.from_regex(r"([A-Za-z0-9][A-Za-z0-9 /.-]{0,39})?", fullmatch=True),
            reverses=st.just(""),
        )
    )
)
def test_a_file_adds_up_to_the_penny_and_no_cell_is_a_formula(lines: list[FileLine]) -> None:
    file = export_file("I-2022-001", lines)
    assert export_file("I-2022-001", lines) == file
    heads, *rows = csv.reader(io.StringIO(file.decode(), newline=""))
    assert tuple(heads) == HEADINGS
    nets = [row[HEADINGS.index("net")] for row in rows]
    assert sum(round(float(net) * 100) for net in nets) == sum(line.net for line in lines)
    for row in rows:
        for name, cell in zip(HEADINGS, row, strict=True):
            dangerous = ("=", "+", "@", "\t", "\r") if name == "net" else ("=", "+", "-", "@", "\t", "\r")
            assert not cell.startswith(dangerous)


def test_lines_are_in_the_order_of_school_year_and_number() -> None:
    charges = ["120777-2022-10", "120777-2022-9", "120776-2023-1", "120777-2021-1"]
    ordered = sorted(charges, key=charge_order)
    assert ordered == ["120776-2023-1", "120777-2021-1", "120777-2022-9", "120777-2022-10"]


def test_an_empty_account_has_no_programme() -> None:
    empty = Account()
    assert (empty.programme, empty.standing, empty.first_month) == ((), (), 0)
    assert UUID(int=1) not in empty.deliveries
