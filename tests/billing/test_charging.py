"""A subscription becomes a charge: once, whatever happens between, and never changed afterwards."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.billing.queries.charges import SchoolStatement
from services.billing.subscriptions import ChargeSubscription
from services.core.deciders import Damaged, Refused
from services.core.envelope import NewEvent, prepare
from tests.billing.histories import (
    ACADEMY,
    MAINTAINED,
    YEAR_BEGINS,
    academy,
    became_academy,
    maintained,
    metadata,
    subscribed,
)
from tests.billing.office import Office


def charged(office: Office, urn: int = MAINTAINED) -> list[tuple[int, int, str]]:
    """(year, pence, route) of each charge of a school, oldest year first."""
    lines: Any = office.ask(SchoolStatement(urn)).lines
    return [(line.year, line.net, line.route) for line in reversed(lines)]


def test_a_subscription_is_charged_by_itself(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.record(ACADEMY, academy(), subscribed(ACADEMY))
    assert charged(office) == [(2022, 265000, "journal")]
    assert charged(office, ACADEMY) == [(2022, 282000, "invoice")]


def test_the_charge_knows_its_cause(office: Office) -> None:
    subscription = office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.runtime.settle()
    (raised,) = office.log.read(f"billing.account-{MAINTAINED}-2022")
    assert raised.metadata.causation_id == subscription
    assert raised.metadata.effective_on == YEAR_BEGINS
    assert (raised.metadata.actor, raised.metadata.role) == ("billing.charge_subscriptions", "policy")


def test_the_policy_run_again_charges_nothing_more(tmp_path: Path) -> None:
    """As after a crash between the charge and the policy's checkpoint."""
    before = Office(tmp_path)
    before.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    before.runtime.settle()
    for policy in before.runtime.policies:
        policy.model.swap(policy.model.begin())
    before.close()
    after = Office(tmp_path)
    assert {policy.position() for policy in after.runtime.policies} == {0}
    assert charged(after) == [(2022, 265000, "journal")]
    after.close()


def test_a_subscription_recorded_before_a_crash_is_charged_after_it(tmp_path: Path) -> None:
    before = Office(tmp_path)
    before.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    before.close()
    after = Office(tmp_path)
    assert charged(after) == [(2022, 265000, "journal")]
    after.close()


def test_charging_by_hand_what_the_policy_has_charged_records_nothing(office: Office) -> None:
    subscription = office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.runtime.settle()
    assert office.handle(ChargeSubscription(MAINTAINED, 2022, YEAR_BEGINS, subscription)).events == ()
    assert charged(office) == [(2022, 265000, "journal")]


def test_late_news_leaves_a_charge_and_counts_for_the_next(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    office.runtime.settle()
    office.record(MAINTAINED, became_academy(MAINTAINED, date(2022, 8, 1)), subscribed(MAINTAINED, 2023))
    assert charged(office) == [(2022, 265000, "journal"), (2023, 282000, "invoice")]


def test_a_conversion_counts_from_its_day_however_it_was_recorded(office: Office) -> None:
    office.record(MAINTAINED, maintained(), became_academy(MAINTAINED, date(2022, 9, 2)), subscribed(MAINTAINED))
    assert charged(office) == [(2022, 265000, "journal")]


def test_a_year_is_charged_at_its_own_price(office: Office) -> None:
    office.set_price("maintained", 270001, date(2023, 9, 1))
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED, 2022), subscribed(MAINTAINED, 2023))
    assert charged(office) == [(2022, 265000, "journal"), (2023, 270001, "journal")]


def test_a_price_replaced_after_a_charge_leaves_it(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED, 2022))
    office.runtime.settle()
    office.set_price("maintained", 1, date(2011, 9, 1))
    office.record(MAINTAINED, subscribed(MAINTAINED, 2023))
    assert charged(office) == [(2022, 265000, "journal"), (2023, 1, "journal")]


def test_a_charge_without_a_price_waits_in_sight_until_there_is_one(tmp_path: Path) -> None:
    office = Office(tmp_path, price_list=False)
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    assert charged(office) == []
    policy = office.runtime.policies[0]
    assert "no price of full-service for maintained schools" in policy.parked()[0]["error"]
    office.set_price("maintained", 265000, date(2011, 9, 1))
    assert policy.retry() == 0
    assert charged(office) == [(2022, 265000, "journal")]
    office.close()


def test_a_programme_without_a_price_is_not_charged_as_another(office: Office) -> None:
    office.record(MAINTAINED, maintained(), subscribed(MAINTAINED, programme="tailored"))
    assert charged(office) == []
    policy = office.runtime.policies[0]
    assert "no price of tailored-service" in policy.parked()[0]["error"]


def test_another_schools_subscription_is_refused(office: Office) -> None:
    other = office.record(ACADEMY, academy(), subscribed(ACADEMY))
    office.record(MAINTAINED, maintained())
    with pytest.raises(Refused, match="no such subscription"):
        office.handle(ChargeSubscription(MAINTAINED, 2022, YEAR_BEGINS, other))


def test_a_subscription_is_of_its_year_alone(office: Office) -> None:
    subscription = office.record(MAINTAINED, maintained(), subscribed(MAINTAINED, 2022))
    with pytest.raises(Refused, match="no such subscription"):
        office.handle(ChargeSubscription(MAINTAINED, 2023, YEAR_BEGINS, subscription))


def test_nothing_is_charged_on_a_history_that_cannot_be_read(office: Office) -> None:
    """An unreadable event might be the conversion that changes the price."""
    subscription = office.record(MAINTAINED, maintained(), subscribed(MAINTAINED))
    (sound,) = prepare([became_academy(MAINTAINED, YEAR_BEGINS)], metadata(99))
    newer = NewEvent(sound.event_id, sound.type, 99, sound.metadata, sound.data)
    office.log.append(f"scheduling.school-{MAINTAINED}", 1, [newer])
    with pytest.raises(Damaged, match="version 2"):
        office.handle(ChargeSubscription(MAINTAINED, 2022, YEAR_BEGINS, subscription))
