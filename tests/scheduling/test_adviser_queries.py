"""What pages ask about advisers, allocations, programmes and services."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.scheduling.adviser_state import Absence, Training
from services.scheduling.events import ProgrammeSettled
from services.scheduling.queries.extras import State
from tests.platform import SCHOOL, SCHOOL_ROW, Platform

OTHER = 120778
TRAINING: dict[str, Any] = {"training": "data_analysis", "completed": "2011-06-01", "expires": "2012-06-01"}
INTEREST: dict[str, Any] = {
    "person": "adviser",
    "interest_at": SCHOOL,
    "begins": "2011-10-01",
    "nature": "A child of mine goes there",
}


@pytest.fixture
def allocated(whole: Platform) -> Platform:
    """The school has the adviser."""
    for adviser in ("adviser", "adviser-2"):
        whole.do("scheduling.TrainAdviser", by="manager", person=adviser, **TRAINING)
    propose(whole, SCHOOL, "adviser")
    whole.do("scheduling.AcceptProposal", by="chair", urn=SCHOOL, proposal=1)
    return whole


def propose(whole: Platform, urn: int, adviser: str, begins: str = "2011-09-01", because: str | None = None) -> None:
    proposal: dict[str, Any] = {"urn": urn, "adviser": adviser, "begins": begins}
    whole.do("scheduling.ProposeAdviser", by="officer", because=because, **proposal)


def needs(whole: Platform) -> dict[int, str]:
    return {line.urn: line.needs.value for line in whole.ask("scheduling.CountyAllocations", by="officer")}


def test_vr8_load_is_five_days_a_school_of_which_three_in_school_and_refuses_nothing(allocated: Platform) -> None:
    allocated.do("scheduling.RecordSchool", **SCHOOL_ROW | {"urn": OTHER, "name": "Antingham Primary School"})
    allocated.add_person("head-2", "headteacher", date(2011, 9, 1), OTHER)
    propose(allocated, OTHER, "adviser")
    allocated.do("scheduling.AcceptProposal", by="head-2", urn=OTHER, proposal=1)
    lines = {line.person: line for line in allocated.ask("scheduling.CountyAdvisers", by="officer")}
    assert (lines["adviser"].schools, lines["adviser"].days, lines["adviser"].days_in_school) == (2, 10, 6)
    assert (lines["adviser-2"].schools, lines["adviser-2"].days) == (0, 0)
    closed: dict[str, Any] = SCHOOL_ROW | {"urn": OTHER, "name": "Antingham Primary School", "status": "Closed"}
    allocated.do("scheduling.RecordSchool", **closed)
    lines = {line.person: line for line in allocated.ask("scheduling.CountyAdvisers", by="officer")}
    assert lines["adviser"].days == 5, "a school that is closed needs no days"


def test_an_advisers_line_says_what_holds_today(allocated: Platform) -> None:
    def line() -> Any:
        return allocated.ask("scheduling.AdviserDetails", by="officer", person="adviser").line

    assert (line().name, line().valid, line().interests) == ("Adviser", (Training.DATA_ANALYSIS,), 0)
    away: dict[str, Any] = {"begins": "2011-11-07", "ends": "2011-11-18"}
    allocated.do("scheduling.RecordAbsence", by="adviser", person="adviser", **away)
    assert line().away == (Absence(date(2011, 11, 7), date(2011, 11, 19)),)
    allocated.on(date(2012, 6, 1))
    assert (line().valid, line().away) == ((), ())


def test_the_nature_of_an_interest_is_for_the_adviser_and_the_office(allocated: Platform) -> None:
    allocated.do("scheduling.DeclareInterest", by="adviser", **INTEREST)

    def interests(by: str) -> Any:
        return allocated.ask("scheduling.AdviserDetails", by=by, person="adviser").interests

    for by in ("adviser", "officer", "manager", "auditor", "dpo"):
        (interest,) = interests(by)
        assert (interest.nature, interest.school) == ("A child of mine goes there", "Aldborough Primary School")
    for by in ("adviser-2", "duty-manager", "team"):
        assert interests(by) is None
    allocated.do("scheduling.ErasePerson", by="dpo", because="They asked", person="adviser")
    (interest,) = interests("officer")
    assert interest.nature is None
    assert allocated.ask("scheduling.AdviserDetails", by="officer", person="adviser").line.name is None
    assert "adviser" not in {line.person for line in allocated.ask("scheduling.CountyAdvisers", by="officer")}


def test_there_is_nothing_to_say_of_nobody(whole: Platform) -> None:
    assert whole.ask("scheduling.AdviserDetails", by="officer", person="head") is None


def test_a_school_follows_its_proposal_step_by_step(allocated: Platform) -> None:
    allocated.on(date(2011, 11, 1))
    propose(allocated, SCHOOL, "adviser-2", "2012-01-04", because="The adviser is ill")
    allocated.do("scheduling.ObjectToProposal", by="chair", urn=SCHOOL, proposal=2, words="Not in the middle of a year")
    view = allocated.ask("scheduling.SchoolAdviser", by="head", urn=SCHOOL)
    assert (view.current.name, view.current.begins, view.next) == ("Adviser", date(2011, 9, 1), None)
    assert (view.proposal.adviser.name, view.proposal.objected) == ("Adviser-2", True)
    assert view.proposal.answer_by == date(2011, 11, 10)
    assert [(each.kind, each.words, each.role) for each in view.steps][:2] == [
        ("objected", "Not in the middle of a year", "chair_of_governors"),
        ("proposed", "The adviser is ill", "programme_officer"),
    ]
    for outsider in ("finance", "duty"):
        steps = allocated.ask("scheduling.SchoolAdviser", by=outsider, urn=SCHOOL).steps
        assert [(each.kind, each.words) for each in steps][:2] == [("objected", None), ("proposed", None)]
    allocated.do("scheduling.AllocateAdviser", by="manager", because="Nobody else is free", urn=SCHOOL, proposal=2)
    view = allocated.ask("scheduling.SchoolAdviser", by="head", urn=SCHOOL)
    assert (view.current.person, view.next.person, view.proposal) == ("adviser", "adviser-2", None)
    allocated.on(date(2012, 1, 4))
    assert allocated.ask("scheduling.SchoolAdviser", by="head", urn=SCHOOL).current.person == "adviser-2"


def test_the_board_puts_first_what_somebody_must_see_to(allocated: Platform) -> None:
    allocated.do("scheduling.RecordSchool", **SCHOOL_ROW | {"urn": OTHER, "name": "Antingham Primary School"})
    allocated.add_person("head-2", "headteacher", date(2011, 9, 1), OTHER)
    assert needs(allocated) == {OTHER: "nobody", SCHOOL: "nothing"}
    propose(allocated, OTHER, "adviser-2")
    assert needs(allocated) == {OTHER: "proposed", SCHOOL: "nothing"}
    allocated.do("scheduling.ObjectToProposal", by="head-2", urn=OTHER, proposal=1, words="We know each other")
    assert list(needs(allocated).items()) == [(OTHER, "objected"), (SCHOOL, "nothing")]


def test_edge_adviser_absent_leaves_conflict_shows_on_the_board(allocated: Platform) -> None:
    allocated.on(date(2011, 11, 7))
    away: dict[str, Any] = {"begins": "2011-11-07", "ends": "2011-11-18"}
    allocated.do("scheduling.RecordAbsence", by="officer", person="adviser", **away)
    assert needs(allocated) == {SCHOOL: "away"}
    allocated.do("scheduling.DeclareInterest", by="adviser", **INTEREST)
    assert needs(allocated) == {SCHOOL: "unfit"}
    ended: dict[str, Any] = {"person": "adviser", "interest_at": SCHOOL, "ends": "2011-11-07"}
    allocated.do("scheduling.EndInterest", by="adviser", **ended)
    assert needs(allocated) == {SCHOOL: "away"}
    allocated.do("scheduling.EndTenure", by="manager", person="adviser", role="adviser", ends="2011-11-07")
    assert needs(allocated) == {SCHOOL: "unfit"}
    allocated.do("scheduling.EndAllocation", by="manager", because="She left", urn=SCHOOL, ends="2011-11-07")
    assert needs(allocated) == {SCHOOL: "nobody"}


def test_a_programme_shows_who_agreed_and_what_is_in_force(allocated: Platform) -> None:
    tailored: dict[str, Any] = {"urn": SCHOOL, "year": 2011, "programme": "tailored", "visits": ["1", "3"]}
    allocated.do("scheduling.SubscribeSchool", by="head", urn=SCHOOL, year=2011)
    allocated.do("scheduling.ProposeProgramme", by="adviser", **tailored)
    allocated.do("scheduling.AgreeProgramme", by="head", urn=SCHOOL, year=2011, version=1)
    programme = allocated.ask("scheduling.SchoolProgramme", by="chair", urn=SCHOOL, year=2011)
    (proposed,) = programme.proposals
    assert [assent.by.value for assent in proposed.agreed] == ["adviser", "headteacher"]
    assert (proposed.visits, proposed.begins, programme.in_force(date(2011, 9, 1))) == (("1", "3"), None, None)
    allocated.on(date(2011, 10, 3)).do("scheduling.AgreeProgramme", by="chair", urn=SCHOOL, year=2011, version=1)
    programme = allocated.ask("scheduling.SchoolProgramme", by="chair", urn=SCHOOL, year=2011)
    assert programme.in_force(date(2011, 10, 2)) is None
    assert programme.in_force(date(2011, 10, 3)).version == 1
    allocated.do("scheduling.ProposeProgramme", by="head", urn=SCHOOL, year=2011, programme="full")
    programme = allocated.ask("scheduling.SchoolProgramme", by="chair", urn=SCHOOL, year=2011)
    assert programme.in_force(date(2011, 10, 3)).version == 1, "what was agreed holds until the next is"


def test_edge_school_causing_concern_programme_membership_is_dated(allocated: Platform) -> None:
    year: dict[str, Any] = {"urn": SCHOOL, "year": 2012}
    allocated.on(date(2012, 8, 20)).do("scheduling.SubscribeSchool", by="head", **year)
    allocated.do(
        "scheduling.TrainAdviser", by="manager", person="adviser", training="data_analysis", completed="2012-06-01"
    )
    allocated.do("scheduling.ProposeProgramme", by="adviser", programme="full", **year)
    for party in ("head", "chair"):
        allocated.do("scheduling.AgreeProgramme", by=party, version=1, **year)
    (settled,) = allocated.recorded(ProgrammeSettled)
    assert settled.metadata.effective_on == date(2012, 9, 1)
    concern = "In special measures: outside the programme"
    allocated.on(date(2012, 11, 1))
    allocated.do("scheduling.EndSubscription", by="officer", because=concern, ends="2012-11-12", **year)
    programme = allocated.ask("scheduling.SchoolProgramme", by="head", **year)
    days = (date(2012, 8, 31), date(2012, 9, 1), date(2012, 11, 11), date(2012, 11, 12))
    assert [programme.takes_part(day) for day in days] == [False, True, True, False]
    assert [bool(programme.in_force(day)) for day in days] == [False, True, True, False]


def test_br2_services_go_from_recommended_to_delivered(allocated: Platform) -> None:
    here: dict[str, Any] = {"urn": SCHOOL, "year": 2011}
    order = f"{SCHOOL}-2011-1"

    def line() -> Any:
        return allocated.ask("scheduling.SchoolServices", by="chair", urn=SCHOOL)[0]

    monitoring: dict[str, Any] = {"service": "intensive-monitoring", "purpose": "A project board for mathematics"}
    allocated.do("scheduling.RecommendService", by="adviser", **monitoring, **here)
    assert (line().state, line().asked_by) == (State.RECOMMENDED, "la")
    allocated.do("scheduling.OrderService", by="head", order=order, quantity=2, **monitoring, **here)
    assert (line().state, line().recommended, line().quantity) == (State.ORDERED, date(2011, 9, 1), 2)
    allocated.on(date(2011, 11, 8))
    for delivered, state in (("2011-11-01", State.ORDERED), ("2011-11-08", State.DELIVERED)):
        allocated.do("scheduling.DeliverService", by="adviser", order=order, delivered=delivered, **here)
        assert (line().state, line().last_delivered.isoformat()) == (state, delivered)
    allocated.do("scheduling.OrderService", by="head", service="validation", purpose="Observations", **here)
    allocated.do("scheduling.CancelService", by="head", because="No money left", order=f"{SCHOOL}-2011-2", **here)
    last = allocated.ask("scheduling.SchoolServices", by="chair", urn=SCHOOL)[-1]
    assert (last.state, last.asked_by, last.reason) == (State.CANCELLED, "school", "No money left")


def test_names_are_those_of_the_authority_only(whole: Platform) -> None:
    asked: dict[str, Any] = {"people": ["adviser", "manager", "head", "nobody"], "urn": SCHOOL}
    assert whole.ask("scheduling.NamesOf", by="head", **asked) == {"adviser": "Adviser", "manager": "Manager"}
    whole.do("scheduling.ErasePerson", by="dpo", because="They asked", person="manager")
    assert whole.ask("scheduling.NamesOf", by="head", **asked) == {"adviser": "Adviser"}


def test_terms_say_whether_they_are_set(whole: Platform) -> None:
    usual = whole.ask("scheduling.Terms", by="officer", year=2011)
    assert not usual.set
    terms = [{"term": t.term, "begins": t.begins.isoformat(), "ends": t.ends.isoformat()} for t in usual.terms]
    terms[0]["ends"] = (usual.terms[0].ends - timedelta(days=12)).isoformat()
    whole.do("scheduling.SetTerms", by="officer", year=2011, terms=terms)
    known = whole.ask("scheduling.Terms", by="officer", year=2011)
    assert (known.set, known.terms[0].ends) == (True, date(2011, 12, 19))
