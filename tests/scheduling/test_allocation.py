"""A Link Adviser is proposed to a school, which has its say before anything takes effect."""

from datetime import date

import pytest

from services.core.authorisation import Role, Tenure
from services.core.events import Dated, Event
from services.core.testing import Given, given
from services.scheduling.adviser_state import Adviser, Interest
from services.scheduling.allocation import (
    AcceptProposal,
    AllocateAdviser,
    EndAllocation,
    Facts,
    ObjectToProposal,
    ProposeAdviser,
    TakeOverAllocation,
    allocation_decider,
)
from services.scheduling.allocation_state import Allocation, Spell
from services.scheduling.candidates import Candidate
from services.scheduling.events import (
    AdviserAllocated,
    AdviserProposed,
    AdviserTrained,
    AllocationEnded,
    ProposalAccepted,
    ProposalObjected,
    SchoolRegistered,
)
from services.scheduling.person import Person
from services.scheduling.school import School
from tests.scheduling.platform import ROW

SCHOOL: int = ROW["urn"]
TODAY, LATER = date(2022, 9, 1), date(2022, 9, 19)
TRAINED = Adviser(trainings=(AdviserTrained("a1", "data_analysis", date(2022, 6, 1), date(2023, 6, 1)),))
PROPOSED = AdviserProposed(SCHOOL, 1, "a1", LATER).true_from(TODAY)
OBJECTED = ProposalObjected(SCHOOL, 1, "a1", "We know each other too well")
ACCEPTED = ProposalAccepted(SCHOOL, 1, "a1")
ALLOCATED = AdviserAllocated(SCHOOL, 1, "a1", LATER, "accepted").true_from(LATER)
ACCEPT, OBJECT = AcceptProposal(SCHOOL, 1), ObjectToProposal(SCHOOL, 1, "We know each other too well")


def facts(adviser: Adviser = TRAINED, person: str = "a1", *, left: date | None = None, closed: bool = False) -> Facts:
    row = {name: value for name, value in ROW.items() if name not in ("effective_on", "status")}
    school = School(SchoolRegistered(**row, status="Closed" if closed else "Open"))
    register = Person(registered=True, tenures=(Tenure(Role.ADVISER, None, date(2011, 9, 1), left),))
    return Facts(Candidate(person, SCHOOL, register, adviser), school)


def happened(*events: Event | Dated, role: str = "programme_manager", known: Facts | None = None) -> Given:
    return given(*events).at(TODAY).by(role).knowing(known or facts())


def folded(*events: Dated) -> Allocation:
    allocation = allocation_decider.initial
    for event in events:
        allocation = allocation_decider.evolve(allocation, event)
    return allocation


def test_an_adviser_is_proposed_and_a_repeat_is_the_same_proposal() -> None:
    command = ProposeAdviser(SCHOOL, "a1", LATER)
    happened().when(command, allocation_decider).then(PROPOSED.event)
    happened(PROPOSED).when(command, allocation_decider).then()


def test_a_new_proposal_takes_the_place_of_the_open_one() -> None:
    other = AdviserProposed(SCHOOL, 2, "a2", LATER)
    happened(PROPOSED).when(ProposeAdviser(SCHOOL, "a2", LATER), allocation_decider).then(other)
    happened(PROPOSED, other, role="headteacher").when(ACCEPT, allocation_decider).refused("not open", "proposal")


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (facts(left=LATER), "not an adviser on 19 September 2022"),
        (facts(Adviser()), "training in data analysis is not valid"),
        (facts(Adviser(trainings=(AdviserTrained("a1", "performance_management", TODAY),))), "data analysis"),
        (facts(Adviser((AdviserTrained("a1", "data_analysis", TODAY, LATER),))), "not valid on 19 September 2022"),
    ],
)
def test_whoever_is_no_trained_adviser_on_the_day_is_not_proposed(known: Facts, says: str) -> None:
    proposing = happened(known=known).when(ProposeAdviser(SCHOOL, "a1", LATER), allocation_decider)
    proposing.refused(says, "adviser")


def test_edge_adviser_absent_leaves_conflict_a_declared_interest_blocks_the_proposal_and_the_allocation() -> None:
    declared = facts(Adviser(TRAINED.trainings, (Interest(SCHOOL, LATER),)))
    proposing = happened(known=declared).when(ProposeAdviser(SCHOOL, "a1", LATER), allocation_decider)
    proposing.refused("declared an interest in this school", "adviser")
    accepting = happened(PROPOSED, role="headteacher", known=declared).when(ACCEPT, allocation_decider)
    accepting.refused("can't be allocated any more")
    assert accepting.refusal
    assert "interest" not in accepting.refusal.message, "it is not for the school to know"
    overruling = happened(PROPOSED, OBJECTED, known=declared).because("Nobody else is free")
    overruling.when(AllocateAdviser(SCHOOL, 1), allocation_decider).refused("declared an interest", "proposal")
    over = facts(Adviser(TRAINED.trainings, (Interest(SCHOOL, TODAY, LATER),)))
    happened(known=over).when(ProposeAdviser(SCHOOL, "a1", LATER), allocation_decider).then(PROPOSED.event)


def test_no_adviser_is_proposed_for_a_day_gone_by_or_to_a_school_that_is_closed() -> None:
    yesterday = ProposeAdviser(SCHOOL, "a1", date(2022, 8, 31))
    happened().when(yesterday, allocation_decider).refused("has its say before it takes effect", "begins")
    command = ProposeAdviser(SCHOOL, "a1", LATER)
    for known in (facts(closed=True), Facts(facts().candidate, None)):
        happened(known=known).when(command, allocation_decider).refused("no open school", "urn")


@pytest.mark.parametrize("role", ["headteacher", "chair_of_governors"])
def test_what_the_school_accepts_takes_effect(role: str) -> None:
    happened(PROPOSED, role=role).when(ACCEPT, allocation_decider).then(ACCEPTED, ALLOCATED)


def test_an_acceptance_after_the_day_takes_effect_when_it_is_given() -> None:
    late = date(2022, 10, 3)
    accepting = happened(PROPOSED, role="headteacher").at(late).when(ACCEPT, allocation_decider)
    accepting.then(ACCEPTED, AdviserAllocated(SCHOOL, 1, "a1", late, "accepted").true_from(late))


@pytest.mark.parametrize("role", ["platform", "policy", "programme_manager"])
def test_nobody_speaks_for_the_school(role: str) -> None:
    for command in (ACCEPT, OBJECT):
        happened(PROPOSED, role=role).when(command, allocation_decider).refused("each for themselves")


def test_the_school_objects_in_its_own_words_and_may_yet_accept() -> None:
    happened(PROPOSED, role="chair_of_governors").when(OBJECT, allocation_decider).then(OBJECTED)
    happened(PROPOSED, OBJECTED, role="headteacher").when(ACCEPT, allocation_decider).then(ACCEPTED, ALLOCATED)


def test_after_an_objection_only_a_reason_allocates() -> None:
    overrule = AllocateAdviser(SCHOOL, 1)
    happened(PROPOSED, OBJECTED).when(overrule, allocation_decider).refused("Give the reason", "reason")
    happened(PROPOSED, OBJECTED).because("Nobody else is free").when(overrule, allocation_decider).then(
        AdviserAllocated(SCHOOL, 1, "a1", LATER, "objected").true_from(LATER)
    )


def test_silence_allocates_after_ten_days_and_with_a_reason() -> None:
    overrule = AllocateAdviser(SCHOOL, 1)
    silent = happened(PROPOSED).because("Nobody answered")
    silent.at(date(2022, 9, 10)).when(overrule, allocation_decider).refused("until 10 September 2022", "proposal")
    happened(PROPOSED).at(date(2022, 9, 11)).when(overrule, allocation_decider).refused("Give the reason", "reason")
    silent.at(date(2022, 9, 11)).when(overrule, allocation_decider).then(
        AdviserAllocated(SCHOOL, 1, "a1", LATER, "nothing").true_from(LATER)
    )


def test_what_is_answered_is_not_open() -> None:
    for command in (ACCEPT, OBJECT):
        answered = happened(PROPOSED, ACCEPTED, ALLOCATED, role="headteacher")
        answered.when(command, allocation_decider).refused("not open any more", "proposal")
    overruling = happened(PROPOSED, ACCEPTED, ALLOCATED).because("Too late")
    overruling.when(AllocateAdviser(SCHOOL, 1), allocation_decider).refused("not open any more", "proposal")


def test_edge_adviser_absent_leaves_conflict_reassignment_needs_a_reason_and_the_schools_say() -> None:
    command = ProposeAdviser(SCHOOL, "a2", date(2023, 1, 4))
    has_one = happened(PROPOSED, ACCEPTED, ALLOCATED).at(date(2022, 12, 1))
    has_one.when(command, allocation_decider).refused("Give the reason", "reason")
    proposed = AdviserProposed(SCHOOL, 2, "a2", date(2023, 1, 4))
    has_one.because("The adviser is ill").when(command, allocation_decider).then(proposed)
    again = ProposeAdviser(SCHOOL, "a1", date(2023, 1, 4))
    has_one.because("Again").when(again, allocation_decider).refused("Link Adviser already", "adviser")


def test_the_adviser_before_stays_until_the_next_begins() -> None:
    next_one = AdviserAllocated(SCHOOL, 2, "a2", date(2023, 1, 4), "accepted").true_from(date(2023, 1, 4))
    allocation = folded(ALLOCATED, next_one)
    days = (date(2022, 9, 18), LATER, date(2023, 1, 3), date(2023, 1, 4))
    assert [allocation.adviser_on(day) for day in days] == [None, "a1", "a1", "a2"]


def test_an_allocation_ends_with_a_reason_and_ends_whoever_is_there_only() -> None:
    ended = AllocationEnded(SCHOOL, "a1", date(2023, 1, 4)).true_from(date(2023, 1, 4))
    end = EndAllocation(SCHOOL, date(2023, 1, 4))
    happened(PROPOSED, ACCEPTED, ALLOCATED).when(end, allocation_decider).refused("Give the reason", "reason")
    leaving = happened(PROPOSED, ACCEPTED, ALLOCATED).because("The adviser retires")
    leaving.when(end, allocation_decider).then(ended)
    leaving.when(EndAllocation(SCHOOL, TODAY), allocation_decider).refused("can't end before", "ends")
    happened(ALLOCATED, ended).because("Again").when(end, allocation_decider).refused("no Link Adviser", "ends")
    assert folded(ALLOCATED, ended).spells == (Spell("a1", LATER, date(2023, 1, 4)),)


GO_ON = TakeOverAllocation(SCHOOL, SCHOOL + 1, TODAY)
GOES_ON = AdviserAllocated(SCHOOL, 0, "a1", TODAY, "nothing").true_from(TODAY)


def test_edge_academy_conversion_mid_year_the_adviser_goes_on_at_the_successor() -> None:
    happened(role="policy").when(GO_ON, allocation_decider).then(GOES_ON)
    happened(GOES_ON, role="policy").when(GO_ON, allocation_decider).then()


def test_a_successor_keeps_the_adviser_or_the_proposal_that_it_has() -> None:
    happened(ALLOCATED, role="policy").when(GO_ON, allocation_decider).then()
    happened(PROPOSED, GOES_ON, role="headteacher").when(ACCEPT, allocation_decider).then(ACCEPTED, ALLOCATED)


def test_nobody_goes_on_where_there_was_nobody_or_who_may_not() -> None:
    happened(role="policy", known=Facts(None, None)).when(GO_ON, allocation_decider).then()
    declared = facts(Adviser(TRAINED.trainings, (Interest(SCHOOL, TODAY),)))
    happened(role="policy", known=declared).when(GO_ON, allocation_decider).then()
