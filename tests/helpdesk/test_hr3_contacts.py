"""HR3 through the doors: who took the call contacts the duty manager, who confirms; until then it stands out."""

from datetime import date, time
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.helpdesk.events import ContactAcknowledged, ManagerContacted
from tests.helpdesk.calls import DAY, fields
from tests.platform import Platform

CONTACT: dict[str, Any] = {"call": "c1", "manager": "duty-manager", "contacted_at": "2012-03-08T09:10:00Z"}


def queue(platform: Platform, at: str) -> tuple[Any, ...]:
    waiting: tuple[Any, ...] = platform.ask("helpdesk.Desk", by="duty", at=at).queue
    return waiting


def test_hr3_an_unacknowledged_contact_stands_out_with_its_minutes(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields("c0"))
    platform.do("helpdesk.ReceiveCall", by="duty", **fields("c1", received_at="2012-03-08T09:05:00Z"))
    assert [waiting.call for waiting in queue(platform, "2012-03-08T09:06:00Z")] == ["c0", "c1"]
    platform.do("helpdesk.ContactManager", by="duty", **CONTACT)
    first = queue(platform, "2012-03-08T09:25:30Z")[0]
    assert (first.call, first.unacknowledged_minutes, first.manager_name) == ("c1", 15, "Duty-Manager")
    platform.do("helpdesk.AcknowledgeContact", by="duty-manager", call="c1")
    calm = queue(platform, "2012-03-08T09:40:00Z")
    assert [(waiting.call, waiting.unacknowledged_minutes) for waiting in calm] == [("c0", None), ("c1", None)]
    assert calm[1].acknowledged_at is not None


def test_hr3_the_two_facts_are_by_two_people(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    platform.do("helpdesk.ContactManager", by="duty", **CONTACT)
    with pytest.raises(Forbidden):
        platform.do("helpdesk.AcknowledgeContact", by="duty", call="c1")
    platform.do("helpdesk.AcknowledgeContact", by="duty-manager", call="c1")
    contacted, acknowledged = platform.recorded(ManagerContacted, ContactAcknowledged)
    assert (contacted.metadata.actor, acknowledged.metadata.actor) == ("duty", "duty-manager")


@pytest.mark.parametrize("person", ["officer", "nobody"])
def test_hr3_only_a_duty_manager_of_the_day_can_be_contacted(platform: Platform, person: str) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    with pytest.raises(Refused, match="who is a duty manager on that day"):
        platform.do("helpdesk.ContactManager", by="duty", **CONTACT | {"manager": person})


def test_hr3_a_duty_manager_who_left_cannot_be_contacted(platform: Platform) -> None:
    left: dict[str, Any] = {"person": "duty-manager", "role": "duty_manager", "ends": DAY.isoformat()}
    platform.do("scheduling.EndTenure", by="manager", **left)
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    with pytest.raises(Refused, match="who is a duty manager on that day"):
        platform.do("helpdesk.ContactManager", by="duty", **CONTACT)


def test_whom_the_desk_may_name_is_who_holds_a_role_on_the_day(platform: Platform) -> None:
    def managers(on: date) -> list[str | None]:
        people = platform.ask("helpdesk.DeskPeople", by="duty", on=on.isoformat())
        return [named.name for named in people if named.role == "duty_manager"]

    assert managers(DAY) == ["Duty-Manager"]
    left: dict[str, Any] = {"person": "duty-manager", "role": "duty_manager"}
    platform.do("scheduling.EndTenure", **left, ends="2012-04-01")
    platform.do("scheduling.BeginTenure", **left, begins="2012-09-01")
    days = (date(2012, 3, 31), date(2012, 4, 1), date(2012, 9, 1))
    assert [managers(day) for day in days] == [["Duty-Manager"], [], ["Duty-Manager"]]
    platform.on(date(2012, 9, 3), time(9)).do(
        "scheduling.ErasePerson", by="dpo", because="Asked to be.", person="duty-manager"
    )
    assert managers(date(2012, 9, 3)) == []
