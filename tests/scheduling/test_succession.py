"""One school follows another: who reads on in the papers of the earlier one, and who may act there."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.core.audience import Audience
from services.core.authorisation import Actor, Forbidden, Role, Tenure, Viewer
from services.scheduling.events import AdviserAllocated, PredecessorNoted
from services.scheduling.person import tenures_of
from services.scheduling.predecessors import is_succession
from tests.platform import SCHOOL, SCHOOL_ROW, Platform

ACADEMY = 138000
CONVERTED = date(2011, 11, 1)
ACADEMY_ROW: dict[str, Any] = SCHOOL_ROW | {
    "urn": ACADEMY,
    "name": "Aldborough Academy",
    "school_type": "Academy converter",
    "type_group": "Academies",
}
LINK: dict[str, Any] = {
    "predecessor": SCHOOL,
    "successor": ACADEMY,
    "link_type": "Successor",
    "established": CONVERTED.isoformat(),
}


def convert(whole: Platform, day: date = CONVERTED) -> None:
    """The school becomes an academy with a head of its own, which the office hears of on a day."""
    whole.on(day)
    whole.do("scheduling.RecordSchool", **ACADEMY_ROW)
    whole.do("scheduling.LinkSchools", by="officer", **LINK)
    whole.do("scheduling.RecordSchool", **SCHOOL_ROW | {"status": "Closed", "closed": "2011-10-31"})
    whole.add_person("academy-head", "headteacher", CONVERTED, ACADEMY)


def allocate(whole: Platform, adviser: str = "adviser") -> None:
    training: dict[str, Any] = {"training": "data_analysis", "completed": "2011-06-01"}
    whole.do("scheduling.TrainAdviser", by="officer", person=adviser, **training)
    whole.do("scheduling.ProposeAdviser", by="officer", urn=SCHOOL, adviser=adviser, begins="2011-09-01")
    whole.do("scheduling.AcceptProposal", by="head", urn=SCHOOL, proposal=1)


def test_edge_academy_conversion_mid_year_the_history_is_readable_through_the_link(whole: Platform) -> None:
    convert(whole)
    assert whole.ask("scheduling.SchoolByUrn", by="academy-head", urn=SCHOOL).row.name == "Aldborough Primary School"
    with pytest.raises(Forbidden):
        whole.ask("scheduling.SchoolByUrn", by="head", urn=ACADEMY)
    whole.add_person("stranger", "headteacher", CONVERTED, 999999)
    with pytest.raises(Forbidden):
        whole.ask("scheduling.SchoolByUrn", by="stranger", urn=SCHOOL)


def test_who_reads_in_a_predecessor_can_do_nothing_there(whole: Platform) -> None:
    whole.do("scheduling.SubscribeSchool", by="head", urn=SCHOOL, year=2011)
    convert(whole)
    order: dict[str, Any] = {"urn": SCHOOL, "year": 2011, "service": "validation", "purpose": "Observations together"}
    academy_head = Actor("academy-head")
    with pytest.raises(Forbidden):
        whole.do("scheduling.OrderService", by="academy-head", **order)
    with pytest.raises(Forbidden):
        whole.runtime.rehearse("scheduling.OrderService", order, actor=academy_head)
    assert not whole.runtime.may("scheduling.OrderService", order, actor=academy_head)
    assert whole.runtime.may("scheduling.SchoolServices", {"urn": SCHOOL}, actor=academy_head)
    assert [tenure.urn for tenure in whole.runtime.tenures(academy_head)] == [ACADEMY]
    whole.do("scheduling.OrderService", by="academy-head", **order | {"urn": ACADEMY})


def test_the_sight_of_a_predecessor_begins_with_the_succession_and_ends_with_the_role(whole: Platform) -> None:
    convert(whole)
    whole.add_person("early", "headteacher", date(2011, 9, 1), ACADEMY)
    whole.do("scheduling.EndTenure", person="early", role="headteacher", urn=ACADEMY, ends="2012-09-01")
    assert tenures_of("early", whole.runtime.log.read) == [
        Tenure(Role.HEADTEACHER, ACADEMY, date(2011, 9, 1), date(2012, 9, 1)),
        Tenure(Role.HEADTEACHER, SCHOOL, CONVERTED, date(2012, 9, 1), reads_only=True),
    ]


def test_confidential_papers_of_a_predecessor_stay_closed_to_who_came_after(whole: Platform) -> None:
    convert(whole)
    viewer = Viewer("academy-head", CONVERTED, tuple(tenures_of("academy-head", whole.runtime.log.read)))
    assert viewer.may_open(Audience.SCHOOL, SCHOOL, date(2011, 9, 20))
    assert not viewer.may_open(Audience.CONFIDENTIAL, SCHOOL, date(2011, 9, 20))
    assert viewer.may_open(Audience.CONFIDENTIAL, SCHOOL, CONVERTED)
    grant: dict[str, Any] = {"person": "academy-head", "role": "headteacher", "urn": ACADEMY, "since": "2011-09-01"}
    whole.do("scheduling.GrantBackView", by="dpo", because="A complaint about September", **grant)
    viewer = Viewer("academy-head", CONVERTED, tuple(tenures_of("academy-head", whole.runtime.log.read)))
    assert viewer.may_open(Audience.CONFIDENTIAL, SCHOOL, date(2011, 9, 20))


def test_a_chain_and_a_circle_of_successions_are_followed_once(whole: Platform) -> None:
    convert(whole)
    trust = 139000
    whole.do("scheduling.RecordSchool", **ACADEMY_ROW | {"urn": trust, "name": "Aldborough Trust Academy"})
    whole.do("scheduling.LinkSchools", **LINK | {"predecessor": ACADEMY, "successor": trust})
    whole.do("scheduling.LinkSchools", **LINK | {"predecessor": trust, "successor": SCHOOL})
    whole.add_person("trust-head", "headteacher", CONVERTED, trust)
    seen = [tenure.urn for tenure in tenures_of("trust-head", whole.runtime.log.read)]
    assert seen == [trust, ACADEMY, SCHOOL]


@pytest.mark.parametrize(
    ("link_type", "follows"),
    [
        ("Successor", True),
        ("Successor - merged", True),
        ("Successor - amalgamated", True),
        ("Successor - Split School", True),
        ("Closure", False),
        ("Expansion", False),
    ],
)
def test_only_a_succession_makes_a_predecessor(whole: Platform, link_type: str, follows: bool) -> None:
    assert is_succession(link_type) is follows
    whole.do("scheduling.LinkSchools", **LINK | {"link_type": link_type})
    assert bool(whole.events(PredecessorNoted)) is follows


def test_a_predecessor_that_has_no_pages_here_is_not_noted(whole: Platform) -> None:
    whole.do("scheduling.LinkSchools", **LINK | {"predecessor": 100000, "successor": SCHOOL})
    assert whole.events(PredecessorNoted) == []
    assert whole.parked() == []


@pytest.mark.parametrize("heard", [CONVERTED, CONVERTED + timedelta(days=90)])
def test_edge_late_news_of_conversion_the_adviser_goes_on_from_the_day_of_it(whole: Platform, heard: date) -> None:
    allocate(whole)
    convert(whole, heard)
    assert whole.recorded(AdviserAllocated)[-1].metadata.effective_on == CONVERTED
    assert whole.events(AdviserAllocated)[-1] == AdviserAllocated(ACADEMY, 0, "adviser", CONVERTED, "nothing")
    assert whole.ask("scheduling.SchoolAdviser", by="academy-head", urn=ACADEMY).current.person == "adviser"
    assert whole.parked() == []


def test_an_adviser_with_an_interest_in_the_successor_does_not_go_on(whole: Platform) -> None:
    allocate(whole)
    whole.do("scheduling.RecordSchool", **ACADEMY_ROW)
    interest: dict[str, Any] = {"interest_at": ACADEMY, "begins": "2011-10-01", "nature": "My partner works there"}
    whole.do("scheduling.DeclareInterest", by="adviser", person="adviser", **interest)
    convert(whole)
    assert whole.ask("scheduling.SchoolAdviser", by="academy-head", urn=ACADEMY).current is None
    assert whole.parked() == []


def test_edge_change_of_head_the_new_head_sees_the_records_and_the_old_head_loses_them(whole: Platform) -> None:
    whole.add_person("new-head", "headteacher", date(2012, 1, 4), SCHOOL)
    whole.do("scheduling.EndTenure", person="head", role="headteacher", urn=SCHOOL, ends="2012-01-04")
    for day, sees, does_not in ((date(2012, 1, 3), "head", "new-head"), (date(2012, 1, 4), "new-head", "head")):
        whole.on(day)
        assert whole.ask("scheduling.SchoolProgramme", by=sees, urn=SCHOOL, year=2011)
        with pytest.raises(Forbidden):
            whole.ask("scheduling.SchoolProgramme", by=does_not, urn=SCHOOL, year=2011)


def test_edge_interim_or_shared_head_holds_both_schools_and_is_called_interim(whole: Platform) -> None:
    whole.do("scheduling.RecordSchool", **SCHOOL_ROW | {"urn": 120778, "name": "Antingham Primary School"})
    tenure: dict[str, Any] = {
        "person": "head",
        "role": "headteacher",
        "urn": 120778,
        "begins": "2011-09-01",
        "interim": True,
    }
    whole.do("scheduling.BeginTenure", by="manager", **tenure)
    for urn in (SCHOOL, 120778):
        assert whole.ask("scheduling.SchoolByUrn", by="head", urn=urn)
    (holder,) = whole.ask("scheduling.SchoolPeople", by="head", urn=120778, on="2011-09-01")
    assert (holder.person, holder.interim) == ("head", True)
