"""doors.csv says which role may use each command and query; every role and kind of tenure is held against it.

A row is written by hand: `command` or `query`, the door's name, and an x under each role that may use it, for the
county or (head and chair) at their own school. Ask of each mark why that role needs it. A door with no mark is for the
platform's own policies alone. Rules that hang on more than the role, such as being the school's own adviser, are the
deciders' and tested with them."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.core.authorisation import Actor, Forbidden, Role, Tenure, authorise
from services.core.service import Answers, Handles
from services.wiring import OPERATOR, SERVICES

TODAY = date(2022, 10, 3)
SCHOOL, ELSEWHERE = 120777, 120778
SOMEBODY = Actor("somebody")
LEFT_BY_READING = {"visits.NotePaperOpened"}
"""Commands that are open to whoever reads at another school, such as a predecessor, and may do nothing else there."""
DOORS: dict[str, tuple[str, Handles | Answers]] = {
    name: (kind, door)
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


def opens(door: Handles | Answers, *tenures: Tenure) -> bool:
    """Whether the door opens to somebody with these tenures, who asks about the school."""
    for_doing = isinstance(door, Handles) and not door.by_sight
    try:
        authorise(door.may, SOMEBODY, [each for each in tenures if not (for_doing and each.reads_only)], SCHOOL, TODAY)
    except Forbidden:
        return False
    return True


def test_every_door_is_in_the_table_once() -> None:
    assert sorted((row["kind"], row["door"]) for row in ROWS) == sorted(
        (kind, name) for name, (kind, _) in DOORS.items()
    )


@pytest.mark.parametrize(("kind", "name", "role", "may"), TABLE, ids=str)
def test_a_role_opens_what_the_table_says_while_it_is_held(kind: str, name: str, role: Role, may: bool) -> None:
    door = DOORS[name][1]
    assert opens(door, held(role)) == may
    assert not opens(door, held(role, ends=TODAY))
    assert not opens(door, held(role, begins=TODAY + timedelta(days=1)))
    if role.of_a_school:
        assert not opens(door, held(role, urn=ELSEWHERE))
        assert opens(door, held(role, reads_only=True)) == (may and (kind == "query" or name in LEFT_BY_READING))


def test_a_door_for_a_school_says_which_school() -> None:
    for name, (_, door) in DOORS.items():
        message = door.command if isinstance(door, Handles) else door.query
        assert not door.may.school or "urn" in message.__struct_fields__, name


def test_nobody_without_a_role_opens_anything() -> None:
    assert [name for name, (_, door) in DOORS.items() if opens(door)] == []


def test_the_platform_itself_opens_everything() -> None:
    for _, door in DOORS.values():
        assert authorise(door.may, OPERATOR, (), None, TODAY) == "platform"
