"""Everybody in the sample county is made up, and the demonstration's sign-ins are among them."""

from services.core.authorisation import Role
from services.sample_county.role_holders import SIGN_INS, role_holders

SCHOOLS = [(120777, "Aldborough Primary School"), (141226, "Antingham and Southrepps Primary School")]


def test_who_signs_in_is_one_of_the_role_holders() -> None:
    without_username = {(h.person, h.name, h.role, h.urn) for h in role_holders(SCHOOLS)}
    assert {(h.person, h.name, h.role, h.urn) for h in SIGN_INS} <= without_username
    assert all(holder.username for holder in SIGN_INS)
    assert len({holder.username for holder in SIGN_INS}) == len(SIGN_INS)


def test_every_role_can_be_tried() -> None:
    assert {holder.role for holder in SIGN_INS} == set(Role)


def test_each_identifier_is_one_person_and_says_no_name() -> None:
    people = [holder.person for holder in role_holders(SCHOOLS)]
    assert len(set(people)) == len(people) == 8 + 25 + 4
    assert all(person.startswith("demo-") for person in people)


def test_people_are_called_by_their_role() -> None:
    names = {holder.name for holder in role_holders(SCHOOLS)}
    assert {"Adviser 01", "Adviser 25", "Headteacher of Aldborough Primary School"} <= names
