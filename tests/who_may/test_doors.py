"""doors.csv says which role may use each command and query; every role and kind of tenure is held against it.

A door with no mark is for the platform's own policies alone."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.core.authorisation import Actor, Forbidden, Role, Rule, Tenure, authorise
from services.wiring import OPERATOR, SERVICES

TODAY = date(2022, 10, 3)
SCHOOL, ELSEWHERE = 120777, 120778
SOMEBODY = Actor("somebody")
RULES = {
    name: (kind, door.may)
    for service in SERVICES
    for kind, doors in (("command", service.commands), ("query", service.queries))
    for name, door in doors.items()
}
with (Path(__file__).parent / "doors.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
TABLE = [(row["kind"], row["door"], role, row[role.value] == "x") for row in ROWS for role in Role]


def held(role: Role, **other: object) -> Tenure:
    """The role, held since last year: at the school, if it is a role of one."""
    tenure: dict[str, object] = {"urn": SCHOOL if role.of_a_school else None, "begins": TODAY - timedelta(days=365)}
    return Tenure(role, **(tenure | other))  # type: ignore[arg-type]


def opens(rule: Rule, *tenures: Tenure, command: bool) -> bool:
    """Whether the door opens to somebody with these tenures, who asks about the school."""
    counting = [tenure for tenure in tenures if not (command and tenure.reads_only)]
    try:
        authorise(rule, SOMEBODY, counting, SCHOOL, TODAY)
    except Forbidden:
        return False
    return True


def test_every_door_is_in_the_table_once() -> None:
    assert sorted(row["door"] for row in ROWS) == sorted(RULES)
    assert {row["door"]: row["kind"] for row in ROWS} == {name: kind for name, (kind, _) in RULES.items()}


@pytest.mark.parametrize(("kind", "door", "role", "may"), TABLE, ids=lambda value: str(value))
def test_a_role_opens_what_the_table_says_while_it_is_held(kind: str, door: str, role: Role, may: bool) -> None:
    rule, command = RULES[door][1], kind == "command"
    assert opens(rule, held(role), command=command) == may
    assert not opens(rule, held(role, ends=TODAY), command=command)
    assert not opens(rule, held(role, begins=TODAY + timedelta(days=1)), command=command)
    if role.of_a_school:
        assert not opens(rule, held(role, urn=ELSEWHERE), command=command)
        sight = held(role, reads_only=True)
        assert opens(rule, sight, command=command) == (may and not command)


def test_nobody_without_a_role_opens_anything() -> None:
    assert [name for name, (kind, rule) in RULES.items() if opens(rule, command=kind == "command")] == []


def test_the_platform_itself_opens_everything() -> None:
    for _, rule in RULES.values():
        assert authorise(rule, OPERATOR, (), None, TODAY) == "platform"
