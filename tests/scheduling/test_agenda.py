"""Head and adviser negotiate what a visit is about, and confirm it."""

from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.core.schemas import Invalid
from services.scheduling.agenda import IP_ASPECTS, IP_MINUTES, IP_SLOTS
from services.scheduling.agenda_menu import menu
from services.scheduling.events import AgendaAgreed, AgendaCountered, AgendaItem, AgendaProposed, VisitConfirmed
from tests.platform import SCHOOL, Platform
from tests.scheduling.year import AUTUMN, SPRING, YEAR, act, at, plan, typed

TARGETS: dict[str, Any] = {"title": "Targets for 2013", "source": "programme", "minutes": 60}
READING: dict[str, Any] = {"title": "Reading in year 3", "source": "school", "minutes": 45}


def ip_day(**minutes: int) -> list[dict[str, Any]]:
    """An agenda of the IP day with an item for each part."""
    return [
        {"title": slot, "source": "la" if slot == "la" else "school", "minutes": minutes.get(slot, usual), "slot": slot}
        for slot, usual in IP_SLOTS.items()
    ]


def test_an_agenda_is_proposed_countered_and_agreed(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    act(year, "ProposeAgenda", "1", by="adviser", items=[TARGETS])
    act(year, "CounterAgenda", "1", by="head", items=[TARGETS, READING], words="Reading matters most to us")
    act(year, "AgreeAgenda", "1", by="adviser", version=2)
    items = (AgendaItem(**TARGETS), AgendaItem(**READING))
    assert year.events(AgendaProposed, AgendaCountered, AgendaAgreed) == [
        AgendaProposed(SCHOOL, YEAR, "1", 1, items[:1], "adviser"),
        AgendaCountered(SCHOOL, YEAR, "1", 2, items, "headteacher", "Reading matters most to us"),
        AgendaAgreed(SCHOOL, YEAR, "1", 2, "adviser"),
    ]


def test_nobody_agrees_to_their_own_or_to_one_that_changed(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    act(year, "ProposeAgenda", "1", by="head", items=[READING])
    with pytest.raises(Refused, match="You put this agenda forward yourself"):
        act(year, "AgreeAgenda", "1", by="head", version=1)
    act(year, "ProposeAgenda", "1", by="head", items=[READING, TARGETS])
    with pytest.raises(Refused, match="has changed since you opened it"):
        act(year, "AgreeAgenda", "1", by="adviser", version=1)
    with pytest.raises(Refused, match="The headteacher put an agenda forward"):
        act(year, "ProposeAgenda", "1", by="adviser", items=[TARGETS])
    with pytest.raises(Refused, match="agree to it instead"):
        act(year, "CounterAgenda", "1", by="adviser", items=[READING, TARGETS], words="The same")
    act(year, "AgreeAgenda", "1", by="adviser", version=2)
    act(year, "AgreeAgenda", "1", by="adviser", version=2)
    assert len(year.events(AgendaAgreed)) == 1


def test_only_head_and_the_visits_own_adviser_negotiate(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    for other in ("officer", "chair", "finance"):
        with pytest.raises(Forbidden):
            act(year, "ProposeAgenda", "1", by=other, items=[TARGETS])
    with pytest.raises(Refused, match="another adviser's"):
        act(year, "ProposeAgenda", "1", by="adviser-2", items=[TARGETS])
    with pytest.raises(Refused, match="each for themselves"):
        act(year, "ProposeAgenda", "1", items=[TARGETS])
    act(year, "ReassignVisit", "1", by="officer", because="Ill", adviser="adviser-2")
    act(year, "ProposeAgenda", "1", by="adviser-2", items=[TARGETS])


@pytest.mark.parametrize("aspect", IP_ASPECTS)
def test_vr4_an_agenda_with_one_aspect_is_complete(year: Platform, aspect: str) -> None:
    plan(year, "ip", at(AUTUMN, "09:00", "15:00"))
    one = [{"title": "One thing", "source": "school", "minutes": IP_MINUTES, "slot": "school", "aspect": aspect}]
    act(year, "ProposeAgenda", "ip", by="head", items=one)
    act(year, "AgreeAgenda", "ip", by="adviser", version=1)
    act(year, "ConfirmVisit", "ip", by="adviser")
    assert year.events(VisitConfirmed)


def test_vr4_the_menu_has_the_six_aspects_and_what_the_negotiated_part_may_be() -> None:
    assert [item.aspect for item in menu("ip") if item.aspect] == list(IP_ASPECTS)
    assert "Learning walks" in [item.title for item in menu("ip") if item.slot == "negotiated"]
    assert menu("4") == ()


def test_vr5_the_usual_parts_of_an_ip_day_are_five_hours() -> None:
    assert (sum(IP_SLOTS.values()), IP_SLOTS) == (IP_MINUTES, {"la": 120, "school": 90, "negotiated": 90})


def test_vr5_the_parts_may_shift_but_the_total_stays(year: Platform) -> None:
    plan(year, "ip", at(AUTUMN, "09:00", "15:00"))
    with pytest.raises(Refused, match="stays at 5 hours: these items take 5 h 30 min"):
        act(year, "ProposeAgenda", "ip", by="adviser", items=ip_day(school=120))
    act(year, "ProposeAgenda", "ip", by="adviser", items=ip_day(school=120, la=90))
    walks = {"title": "Learning walks", "source": "school", "minutes": 90, "slot": "negotiated"}
    other = [*ip_day()[:2], walks]
    act(year, "CounterAgenda", "ip", by="head", items=other, words="Governors do the head's review themselves")


def test_vr5_every_item_of_an_ip_day_takes_somebodys_time(year: Platform) -> None:
    plan(year, "ip", at(AUTUMN, "09:00", "15:00"))
    with pytest.raises(Refused, match="whose time it takes"):
        act(year, "ProposeAgenda", "ip", by="adviser", items=[{**TARGETS, "minutes": 300}])
    plan(year, "1", at(AUTUMN, "15:00", "17:00"))
    with pytest.raises(Refused, match="Only an IP day has parts"):
        act(year, "ProposeAgenda", "1", by="adviser", items=[{**TARGETS, "slot": "la"}])


def test_visit_4_has_no_agenda_only_a_date(year: Platform) -> None:
    plan(year, "4", at(AUTUMN))
    with pytest.raises(Invalid):
        act(year, "ProposeAgenda", "4", by="adviser", items=[TARGETS])
    act(year, "ConfirmVisit", "4", by="head")
    assert year.events(VisitConfirmed) == [VisitConfirmed(SCHOOL, YEAR, "4", "headteacher")]


def test_a_visit_is_confirmed_once_its_agenda_is_agreed_and_again_after_it_moved(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    with pytest.raises(Refused, match="Agree the agenda first"):
        act(year, "ConfirmVisit", "1", by="head")
    act(year, "ProposeAgenda", "1", by="adviser", items=[TARGETS])
    act(year, "AgreeAgenda", "1", by="head", version=1)
    for _ in range(2):
        act(year, "ConfirmVisit", "1", by="head")
    assert len(year.events(VisitConfirmed)) == 1
    moved = typed(at(AUTUMN, "13:00", "16:00"))
    act(year, "MoveVisit", "1", by="adviser", because="Assembly", sittings=moved)
    act(year, "ConfirmVisit", "1", by="head")
    assert len(year.events(VisitConfirmed)) == 2


def test_nothing_is_negotiated_of_a_visit_without_a_date(year: Platform) -> None:
    with pytest.raises(Refused, match="Visit 2 is not planned yet"):
        act(year, "ProposeAgenda", "2", by="head", items=[READING])
    plan(year, "2", at(SPRING))
    act(year, "PostponeVisit", "2", by="head", because="Flooded hall")
    with pytest.raises(Refused, match="Visit 2 is postponed"):
        act(year, "ProposeAgenda", "2", by="head", items=[READING])
