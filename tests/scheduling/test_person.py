"""People, the roles they hold from one day until another, and their erasure."""

from datetime import date

import pytest

from services.core.authorisation import Role, Tenure
from services.core.events import Dated
from services.core.testing import given
from services.scheduling.events import BackViewGranted, PersonErased, PersonRegistered, TenureBegan, TenureEnded
from services.scheduling.person import (
    BeginTenure,
    EndTenure,
    ErasePerson,
    GrantBackView,
    Person,
    RegisterPerson,
    person_decider,
)

HEAD, ADVISER = Role.HEADTEACHER, Role.ADVISER
SEPT_20, SEPT_21, SEPT_22 = date(2020, 9, 1), date(2021, 9, 1), date(2022, 9, 1)
KNOWN = PersonRegistered("p1", "sealed")
HEAD_FROM_20 = TenureBegan("p1", "headteacher", SEPT_20, 120777).true_from(SEPT_20)
UNTIL_21 = TenureEnded("p1", "headteacher", SEPT_21, 120777).true_from(SEPT_21)
ADVISER_FROM_20 = TenureBegan("p1", "adviser", SEPT_20).true_from(SEPT_20)


def test_a_person_is_registered_once() -> None:
    given().when(RegisterPerson("p1", "A name"), person_decider).then(PersonRegistered("p1", "A name"))
    given(KNOWN).when(RegisterPerson("p1", "A name"), person_decider).refused("already registered", "person")


@pytest.mark.parametrize("person", ["call-17", "record-120777-2011-1-summary-0", "concern-120777-C1", "Call-17"])
def test_nobody_is_registered_under_the_name_of_a_texts_key(person: str) -> None:
    refused = given().when(RegisterPerson(person, "A name"), person_decider)
    refused.refused("does not begin with “call-” or “record-” or “concern-”", "person")
    assert given().when(RegisterPerson("caller", "A name"), person_decider).refusal is None


@pytest.mark.parametrize("command", [BeginTenure("p1", ADVISER, SEPT_20), EndTenure("p1", ADVISER, SEPT_20)])
def test_only_a_registered_person_holds_a_role(command: BeginTenure | EndTenure) -> None:
    given().when(command, person_decider).refused("register them first", "person")


def test_nobody_unknown_is_erased() -> None:
    given().because("They asked").when(ErasePerson("p1"), person_decider).refused("no such person", "person")


def test_a_tenure_is_true_from_the_day_it_begins() -> None:
    given(KNOWN).when(BeginTenure("p1", HEAD, SEPT_20, 120777, interim=True), person_decider).then(
        TenureBegan("p1", "headteacher", SEPT_20, 120777, interim=True).true_from(SEPT_20)
    )


@pytest.mark.parametrize("role", [role for role in Role if role.of_a_school])
def test_a_school_role_needs_a_school(role: Role) -> None:
    given(KNOWN).when(BeginTenure("p1", role, SEPT_20), person_decider).refused("at which school", "urn")


@pytest.mark.parametrize("role", [role for role in Role if not role.of_a_school])
def test_a_county_role_has_no_school(role: Role) -> None:
    given(KNOWN).when(BeginTenure("p1", role, SEPT_20, 120777), person_decider).refused("for the county", "urn")


def test_the_same_role_at_the_same_school_is_not_held_twice_at_once() -> None:
    again = BeginTenure("p1", HEAD, SEPT_22, 120777)
    given(KNOWN, HEAD_FROM_20).when(again, person_decider).refused("from 1 September 2020 on already", "begins")


def test_a_tenure_that_would_run_into_a_later_one_is_refused() -> None:
    earlier = BeginTenure("p1", HEAD, date(2019, 9, 1), 120777)
    given(KNOWN, HEAD_FROM_20, UNTIL_21).when(earlier, person_decider).refused("until 1 September 2021", "begins")


def test_a_role_can_be_taken_up_again_on_the_very_day_it_ended() -> None:
    again = BeginTenure("p1", HEAD, SEPT_21, 120777)
    began = TenureBegan("p1", "headteacher", SEPT_21, 120777).true_from(SEPT_21)
    given(KNOWN, HEAD_FROM_20, UNTIL_21).when(again, person_decider).then(began)


def test_a_head_of_two_schools_and_another_role_besides_are_no_overlap() -> None:
    other_school, other_role = BeginTenure("p1", HEAD, SEPT_20, 120780), BeginTenure("p1", Role.CHAIR, SEPT_20, 120777)
    for command in (other_school, other_role):
        began = TenureBegan("p1", command.role.value, SEPT_20, command.urn).true_from(SEPT_20)
        given(KNOWN, HEAD_FROM_20).when(command, person_decider).then(began)


def test_a_tenure_ends_from_its_day_on() -> None:
    given(KNOWN, HEAD_FROM_20).when(EndTenure("p1", HEAD, SEPT_21, 120777), person_decider).then(UNTIL_21)


def test_a_tenure_can_end_on_its_first_day_but_not_before() -> None:
    same_day = TenureEnded("p1", "headteacher", SEPT_20, 120777).true_from(SEPT_20)
    given(KNOWN, HEAD_FROM_20).when(EndTenure("p1", HEAD, SEPT_20, 120777), person_decider).then(same_day)
    before = EndTenure("p1", HEAD, date(2020, 8, 31), 120777)
    given(KNOWN, HEAD_FROM_20).when(before, person_decider).refused("1 September 2020: it can't end before", "ends")


@pytest.mark.parametrize(
    "command", [EndTenure("p1", HEAD, SEPT_22, 120780), EndTenure("p1", Role.CHAIR, SEPT_22, 120777)]
)
def test_a_role_that_is_not_held_cannot_end(command: EndTenure) -> None:
    given(KNOWN, HEAD_FROM_20).when(command, person_decider).refused("hold no role", "role")


def test_a_tenure_ends_once() -> None:
    again = EndTenure("p1", HEAD, SEPT_22, 120777)
    given(KNOWN, HEAD_FROM_20, UNTIL_21).when(again, person_decider).refused("that could end", "role")


@pytest.mark.parametrize("reason", ["", "  "])
def test_erasing_needs_a_reason(reason: str) -> None:
    given(KNOWN).when(ErasePerson("p1"), person_decider).refused("Give the reason", "reason")
    given(KNOWN).because(reason).when(ErasePerson("p1"), person_decider).refused("Give the reason", "reason")
    given(KNOWN).because("They asked").when(ErasePerson("p1"), person_decider).then(PersonErased("p1"))


@pytest.mark.parametrize(
    "command",
    [
        RegisterPerson("p1", "A name"),
        BeginTenure("p1", ADVISER, SEPT_22),
        EndTenure("p1", ADVISER, SEPT_22),
        ErasePerson("p1"),
    ],
)
def test_nothing_is_recorded_about_an_erased_person(
    command: RegisterPerson | BeginTenure | EndTenure | ErasePerson,
) -> None:
    erased = given(KNOWN, ADVISER_FROM_20, PersonErased("p1")).because("They asked")
    erased.when(command, person_decider).refused("was erased", "person")


def test_erasure_ends_what_is_still_held_and_keeps_what_was() -> None:
    to_come = TenureBegan("p1", "finance", SEPT_22).true_from(SEPT_22)
    erased_on = date(2022, 1, 5)
    state = folded(HEAD_FROM_20, UNTIL_21, ADVISER_FROM_20, to_come, PersonErased("p1").true_from(erased_on))
    assert state.tenures == (
        Tenure(HEAD, 120777, SEPT_20, SEPT_21),
        Tenure(ADVISER, None, SEPT_20, erased_on),
        Tenure(Role.FINANCE, None, SEPT_22, SEPT_22),
    )
    assert not any(tenure.holds_on(erased_on) or tenure.holds_on(SEPT_22) for tenure in state.tenures)


GRANT = GrantBackView("p1", HEAD, 120777, date(2018, 9, 1))
GRANTED = BackViewGranted("p1", "headteacher", 120777, date(2018, 9, 1))


def test_a_back_view_needs_a_reason_and_a_role_that_is_held_today() -> None:
    holds = given(KNOWN, HEAD_FROM_20)
    holds.when(GRANT, person_decider).refused("Give the reason", "reason")
    holds.because("A complaint of 2018").when(GRANT, person_decider).then(GRANTED)
    left = given(KNOWN, HEAD_FROM_20, UNTIL_21).because("A complaint of 2018")
    left.when(GRANT, person_decider).refused("hold no role of headteacher at school 120777 today", "role")


def test_a_back_view_goes_back_and_is_granted_once() -> None:
    holds = given(KNOWN, HEAD_FROM_20, GRANTED).because("A complaint of 2018")
    holds.when(GRANT, person_decider).then()
    forward = GrantBackView("p1", HEAD, 120777, SEPT_20)
    holds.when(forward, person_decider).refused("choose a day before", "since")


def test_edge_role_given_to_a_new_person_opens_earlier_confidential_papers_only_by_a_reasoned_grant() -> None:
    (before,) = folded(HEAD_FROM_20).tenures
    assert not before.covers(date(2020, 8, 31))
    (granted,) = folded(HEAD_FROM_20, GRANTED.true_from(SEPT_22)).tenures
    assert granted.covers(date(2018, 9, 1))
    assert not granted.covers(date(2018, 8, 31))


def test_a_grant_is_for_the_tenure_of_its_day_and_ends_with_it() -> None:
    again = TenureBegan("p1", "headteacher", SEPT_22, 120777).true_from(SEPT_22)
    in_21 = GRANTED.true_from(date(2021, 3, 1))
    first, second = folded(HEAD_FROM_20, in_21, UNTIL_21, again).tenures
    assert (first.sees_since, first.ends, second.sees_since) == (date(2018, 9, 1), SEPT_21, None)


def folded(*events: Dated) -> Person:
    person = person_decider.initial
    for event in events:
        person = person_decider.evolve(person, event)
    return person
