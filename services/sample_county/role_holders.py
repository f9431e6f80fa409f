"""The made-up people of the sample county. Nobody in it is real: each is called by the role that they hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.core.authorisation import Role

ADVISERS = 25
MAINTAINED = 120777, "Aldborough Primary School"
ACADEMY = 141226, "Antingham and Southrepps Primary School"
"""A school that became an academy, so its history has two URNs."""


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """Someone who holds one role, at the school `urn` or for the county; with a user name, they can sign in."""

    person: str
    name: str
    role: Role
    urn: int | None = None
    username: str = ""


def adviser(number: int) -> RoleHolder:
    username = "adviser07" if number == 7 else ""
    return RoleHolder(f"demo-adviser-{number:02d}", f"Adviser {number:02d}", Role.ADVISER, username=username)


def head(urn: int, school: str, username: str = "") -> RoleHolder:
    return RoleHolder(f"demo-head-{urn}", f"Headteacher of {school}", Role.HEADTEACHER, urn, username)


def chair(urn: int, school: str, username: str = "") -> RoleHolder:
    return RoleHolder(f"demo-chair-{urn}", f"Chair of governors of {school}", Role.CHAIR, urn, username)


OFFICE = (
    RoleHolder("demo-manager", "Programme manager", Role.PROGRAMME_MANAGER, username="manager"),
    RoleHolder("demo-officer", "Programme officer", Role.PROGRAMME_OFFICER, username="officer"),
    RoleHolder("demo-finance", "Finance officer", Role.FINANCE, username="finance"),
    RoleHolder("demo-auditor", "Auditor", Role.AUDITOR, username="auditor"),
    RoleHolder("demo-duty-officer", "Duty officer", Role.DUTY_OFFICER, username="duty"),
    RoleHolder("demo-duty-manager", "Duty manager", Role.DUTY_MANAGER, username="dutymanager"),
    RoleHolder("demo-intervention", "Achievement and Intervention team", Role.INTERVENTION, username="intervention"),
    RoleHolder("demo-dpo", "Data protection officer", Role.DATA_PROTECTION, username="dpo"),
)

SIGN_INS = (
    adviser(7),
    *OFFICE,
    head(*MAINTAINED, "head120777"),
    chair(*MAINTAINED, "chair120777"),
    head(*ACADEMY, "head141226"),
)
"""Those whom the demonstration lets anyone sign in as."""


def role_holders(schools: Iterable[tuple[int, str]]) -> list[RoleHolder]:
    """Everyone: the office, the advisers, and the head and chair of each school, given as URN and name."""
    advisers = [adviser(number) for number in range(1, ADVISERS + 1)]
    at_schools = [holder for urn, name in schools for holder in (head(urn, name), chair(urn, name))]
    return [*OFFICE, *advisers, *at_schools]
