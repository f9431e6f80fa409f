"""The month end of a finance team: what is to export, what went, what was settled, and what is not as usual."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.billing.finance import CodeTotal
from services.billing.projections.charges import charges
from services.core.deciders import Refused
from tests.billing.conversion import ACADEMY, YEAR
from tests.billing.month_end import BEGAN, BUYER, BUYER_ROW, convert, export, kinds, opened_month_end
from tests.platform import SCHOOL, Platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_month_end(tmp_path) as platform:
        yield platform


def test_br4_maintained_schools_go_by_journal_and_others_by_invoice(platform: Platform) -> None:
    for route, urn, pence in (("journal", SCHOOL, 265_000), ("invoice", BUYER, 282_000)):
        shown = platform.ask("billing.DryRun", route=route)
        assert [(line.urn, line.net, line.route) for line in shown.lines] == [(urn, pence, route)]


def test_br5_no_vat_code_is_made_up_for_the_authoritys_own_schools(platform: Platform) -> None:
    code: dict[str, Any] = {
        "item": "full-service",
        "school_status": "non-maintained",
        "code": "T1",
        "begins": "2011-09-01",
    }
    platform.do("billing.SetVatCode", by="finance", **code)
    export(platform, "journal")
    export(platform, "invoice")
    journal, invoice = (platform.ask("billing.Batch", batch=batch) for batch in ("J-2022-001", "I-2022-001"))
    assert journal.totals == (CodeTotal("maintained", "", 1, 265_000),)
    assert invoice.totals == (CodeTotal("non-maintained", "T1", 1, 282_000),)


def test_br6_a_code_set_later_never_changes_what_was_exported(platform: Platform) -> None:
    code: dict[str, Any] = {"item": "full-service", "school_status": "non-maintained", "begins": "2011-09-01"}
    platform.do("billing.SetVatCode", by="finance", code="T1", **code)
    platform.do("billing.RecordPurchaseOrder", by="finance", urn=BUYER, year=YEAR, number="PO 17")
    export(platform, "invoice")
    before = platform.ask("billing.Batch", batch="I-2022-001")
    platform.do("billing.SetVatCode", by="finance", code="T9", **code)
    platform.do("billing.RecordPurchaseOrder", by="finance", urn=BUYER, year=YEAR, number="PO 18")
    platform.do("scheduling.RecordSchool", **BUYER_ROW | {"name": "Holt Free School"})
    after = platform.ask("billing.Batch", batch="I-2022-001")
    assert after.file == before.file
    assert after.intact
    assert (after.lines[0].vat_code, after.lines[0].purchase_order) == ("T1", "PO 17")


def test_the_file_is_that_of_the_digest_and_a_changed_byte_shows(platform: Platform) -> None:
    export(platform, "invoice")
    details = platform.ask("billing.Batch", batch="I-2022-001")
    (row,) = csv.DictReader(io.StringIO(details.file, newline=""))
    assert (row["batch"], row["urn"], row["net"], row["academic_year"]) == (
        "I-2022-001",
        "148888",
        "2820.00",
        "2022-23",
    )
    assert details.intact
    with platform.runtime.projectors["billing.charges"].model.current().writing() as connection:
        connection.exec_driver_sql("UPDATE charge SET net = net + 1")
    platform.on(date(2022, 9, 2)).do("scheduling.RecordSchool", **BUYER_ROW | {"name": "Holt Free School"})
    assert not platform.ask("billing.Batch", batch="I-2022-001").intact


def test_of_two_clerks_at_once_one_wins_and_the_other_is_told_the_batch(platform: Platform) -> None:
    shown = platform.ask("billing.DryRun", route="journal")
    proposal: dict[str, Any] = {"charges": [line.charge for line in shown.lines], "net": shown.net}
    command = uuid4()
    for _ in range(2):
        platform.do("billing.ExportBatch", by="finance", again=command, route="journal", **proposal)
    with pytest.raises(Refused, match="went to finance in batch J-2022-001"):
        platform.do("billing.ExportBatch", by="finance", route="journal", **proposal)
    assert len(platform.ask("billing.Batches")) == 1


def test_a_reversal_after_the_export_is_a_line_of_a_later_batch(platform: Platform) -> None:
    export(platform, "journal")
    export(platform, "invoice")
    convert(platform)
    shown = platform.ask("billing.DryRun", route="journal")
    assert [line.net for line in shown.lines] == [-265_000, 154_583]
    assert (shown.new, shown.reversed, shown.net) == ((1, 154_583), (1, -265_000), -110_417)
    assert (shown.last.batch, shown.last.net) == ("J-2022-001", 265_000)
    export(platform, "journal")
    export(platform, "invoice")
    first, second = (platform.ask("billing.Batch", batch=batch) for batch in ("J-2022-001", "J-2022-002"))
    assert [line.charge for line in first.lines] == [f"{SCHOOL}-2022-1"]
    assert first.intact
    assert second.intact
    assert [line.reverses for line in second.lines] == [f"{SCHOOL}-2022-1", None]
    assert platform.ask("billing.DryRun", route="journal").lines == ()


def test_the_workspace_reconciles_delivered_billed_and_settled(platform: Platform) -> None:
    platform.do(
        "billing.SetPrice", by="finance", item="brokering", school_status="maintained", pence=9_900, begins=BEGAN
    )
    order: dict[str, Any] = {
        "urn": SCHOOL,
        "year": YEAR,
        "service": "brokering",
        "purpose": "A reading adviser",
        "quantity": 2,
    }
    platform.do("scheduling.OrderService", by="head", **order)
    delivery: dict[str, Any] = {"urn": SCHOOL, "year": YEAR, "order": f"{SCHOOL}-2022-1", "delivered": "2022-09-01"}
    platform.do("scheduling.DeliverService", quantity=2, **delivery)
    export(platform, "journal")
    settle: dict[str, Any] = {
        "urn": SCHOOL,
        "year": YEAR,
        "charge": f"{SCHOOL}-2022-1",
        "settled": "2022-09-01",
        "reference": "J 1",
    }
    platform.do("billing.SettleCharge", by="finance", **settle)
    workspace = platform.ask("billing.FinanceWorkspace", by="finance", year=YEAR)
    programme, brokering = workspace.reconciled
    assert (programme.item, programme.delivered, programme.uncharged, programme.lines) == ("programme", 2, 0, 2)
    assert (programme.net, programme.exported, programme.settled) == (547_000, 265_000, 265_000)
    assert (brokering.delivered, brokering.net, brokering.exported, brokering.settled) == (1, 19_800, 19_800, 0)
    journal, invoice = workspace.routes
    assert (journal.to_export, journal.last.batch, journal.last.lines) == (0, "J-2022-001", 2)
    assert (invoice.to_export, invoice.net, invoice.without_order, invoice.last) == (1, 282_000, 1, None)
    statement = platform.ask("billing.SchoolStatement", by="head", urn=SCHOOL)
    assert (statement.net, statement.settled, statement.owed) == (284_800, 265_000, 19_800)


def test_the_exceptions_are_what_is_not_as_usual(platform: Platform) -> None:
    assert kinds(platform) == [("no purchase order", BUYER, 0)]
    platform.do("billing.RecordPurchaseOrder", by="finance", urn=BUYER, year=YEAR, number="PO 17")
    assert kinds(platform) == []
    platform.do("scheduling.OrderService", by="head", urn=SCHOOL, year=YEAR, service="validation", purpose="Lessons")
    delivery: dict[str, Any] = {"urn": SCHOOL, "year": YEAR, "order": f"{SCHOOL}-2022-1", "delivered": "2022-09-01"}
    platform.do("scheduling.DeliverService", **delivery)
    assert kinds(platform) == [("not charged", SCHOOL, 0)]
    assert not_charged(platform) == (
        "The validation delivered is not charged. There is no price of validation for maintained schools on 1 "
        "September 2022. Set one first. Then the operator takes it in again with “partnership parked "
        "retry”."
    )
    assert platform.ask("billing.CountyCharges", year=YEAR).uncharged == 1
    convert(platform)
    found = platform.ask("billing.Exceptions", year=YEAR).found
    changed = {each.urn: each for each in found if each.kind == "converted"}
    assert {urn: each.days_late for urn, each in changed.items()} == {SCHOOL: 110, ACADEMY: 110}
    assert changed[SCHOOL].says == "2 lines, together -£1,104.17"
    assert changed[ACADEMY].says == "1 line, together £1,175.00"
    assert ("no purchase order", ACADEMY, 0) in kinds(platform)


def not_charged(platform: Platform) -> str:
    found = platform.ask("billing.Exceptions", by="finance", year=YEAR).found
    (says,) = [each.says for each in found if each.kind == "not charged"]
    return str(says)


def test_what_was_refused_says_why_by_the_rule_that_refused_it_until_nothing_stands_in_its_way(
    platform: Platform,
) -> None:
    platform.do("scheduling.OrderService", by="head", urn=SCHOOL, year=YEAR, service="validation", purpose="Reading")
    delivery: dict[str, Any] = {"urn": SCHOOL, "year": YEAR, "order": f"{SCHOOL}-2022-1", "delivered": "2022-09-01"}
    platform.do("scheduling.DeliverService", **delivery)
    (refused,) = platform.parked()
    assert refused["error"] in not_charged(platform)
    price: dict[str, Any] = {"item": "validation", "school_status": "maintained", "pence": 9_900, "begins": BEGAN}
    platform.do("billing.SetPrice", by="finance", **price)
    assert "Nothing stands in its way any more: the operator takes it in again" in not_charged(platform)
    for policy in platform.runtime.policies:
        policy.retry()
    platform.runtime.settle()
    assert kinds(platform) == [("no purchase order", BUYER, 0)]


def test_a_rebuild_gives_equal_tables(platform: Platform) -> None:
    code: dict[str, Any] = {"item": "full-service", "school_status": "non-maintained", "code": "T1", "begins": BEGAN}
    platform.do("billing.SetVatCode", by="finance", **code)
    platform.do("billing.RecordPurchaseOrder", by="finance", urn=BUYER, year=YEAR, number="PO 17")
    export(platform, "invoice")
    end: dict[str, Any] = {"urn": BUYER, "year": YEAR, "ends": "2023-02-01"}
    platform.do("scheduling.EndSubscription", because="The trust buys elsewhere", **end)
    convert(platform)
    before = tables(platform)
    platform.runtime.projectors["billing.charges"].rebuild()
    assert tables(platform) == before
    assert all(before.values())


def tables(platform: Platform) -> dict[str, list[tuple[object, ...]]]:
    with platform.runtime.projectors["billing.charges"].model.current().reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in charges.tables
        }
