"""Each penny to a price, a status on a date and a delivery."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from services.billing.explanation import Evidence, Unexplained, explain
from services.billing.queries.charges import ExplainCharge, SchoolStatement
from services.core.envelope import RecordedEvent
from tests.billing.histories import ACADEMY, MAINTAINED, academy, became_academy, maintained, subscribed
from tests.billing.office import Office


def evidence_is_of_the_log(office: Office, evidence: Evidence) -> bool:
    """True when the log has exactly this event at the position given."""
    (recorded,) = office.log.since(evidence.position - 1, 1)
    where = recorded.id, recorded.type, recorded.stream, recorded.version, recorded.hash.hex(), recorded.recorded
    return where == (
        evidence.event_id,
        evidence.type,
        evidence.stream,
        evidence.version,
        evidence.hash,
        evidence.recorded_at,
    )


def everything(office: Office) -> tuple[UUID, dict[UUID, RecordedEvent]]:
    """Every event of the log by its id, and which of them raised the charge (the last)."""
    events = {recorded.id: recorded for recorded in office.log.since(0, 100)}
    return list(events)[-1], events


def test_a_charge_is_opened_down_to_its_events(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    why = office.ask(ExplainCharge(MAINTAINED, "120777-2022-1"))
    assert why.line == office.ask(SchoolStatement(MAINTAINED)).lines[0]
    assert (why.price.item, why.price.school_status, why.price.pence) == ("full-service", "maintained", 265000)
    assert why.price.begins == date(2011, 9, 1)
    assert why.status.school_status == "maintained"
    assert (why.status.school_type, why.status.type_group) == (
        "Community school",
        "Local authority maintained schools",
    )
    assert why.status.effective_from == date(1900, 1, 1)
    assert (why.delivery.what, why.delivery.year, why.delivery.begins) == ("full programme", 2022, date(2022, 9, 1))
    assert why.delivery.urn == MAINTAINED
    for evidence in (why.raised, why.price.evidence, why.status.evidence, why.delivery.evidence):
        assert evidence_is_of_the_log(office, evidence)


def test_the_explanation_says_who_recorded_each_event_and_why(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    why = office.ask(ExplainCharge(MAINTAINED, "120777-2022-1"))
    assert (why.raised.by, why.raised.role) == ("billing.charge_subscriptions", "policy")
    assert why.price.evidence.by == "price list"
    assert why.price.evidence.reason == "Price list of the programme"
    assert (why.delivery.evidence.by, why.delivery.evidence.role) == ("person-1", "programme_officer")
    assert why.delivery.evidence.says == "Subscribed to the full service for 2022-23"


def test_the_explanation_keeps_the_price_and_status_of_its_day(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.runtime.settle()
    office.set_price("maintained", 1, date(2011, 9, 1))
    office.record(MAINTAINED, became_academy(MAINTAINED, date(2022, 8, 1)))
    why = office.ask(ExplainCharge(MAINTAINED, "120777-2022-1"))
    assert (why.price.pence, why.status.type_group) == (265000, "Local authority maintained schools")
    assert why.adds_up


def test_a_conversion_explains_an_invoice(office: Office) -> None:
    office.record(MAINTAINED, maintained(), became_academy(MAINTAINED, date(2022, 8, 1)), subscribed(MAINTAINED))
    why = office.ask(ExplainCharge(MAINTAINED, "120777-2022-1"))
    assert (why.line.route, why.status.type_group) == ("invoice", "Academies")
    assert why.status.effective_from == date(2022, 8, 1)


def test_another_schools_charge_is_not_explained(office: Office) -> None:
    office.record(ACADEMY, academy(), subscribed(ACADEMY))
    assert office.ask(ExplainCharge(ACADEMY, "141226-2022-1")) is not None
    assert office.ask(ExplainCharge(MAINTAINED, "141226-2022-1")) is None
    assert office.ask(ExplainCharge(ACADEMY, "141226-2022-2")) is None


def test_an_explanation_that_does_not_add_up_says_so(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    why = office.ask(ExplainCharge(MAINTAINED, "120777-2022-1"))
    raised, events = everything(office)
    assert explain(why.line, events[raised], None, events.__getitem__) == why
    assert not explain(replace(why.line, net=264999), events[raised], None, events.__getitem__).adds_up


def test_a_charge_that_points_to_something_else_is_not_explained(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    why = office.ask(ExplainCharge(MAINTAINED, "120777-2022-1"))
    raised, events = everything(office)
    with pytest.raises(Unexplained, match=r"120777-2022-1 points to billing\.ChargeRaised"):
        explain(why.line, events[raised], None, lambda event_id: events[raised])
    with pytest.raises(Unexplained, match=r"stands on billing\.PriceSet"):
        explain(why.line, events[why.price.evidence.event_id], None, events.__getitem__)
