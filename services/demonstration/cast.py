"""Who plays whom: advisers for schools near one another, and the chances that a school's year takes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.sample_county.role_holders import adviser
from services.scheduling.gias import SchoolRow

OFFICER, MANAGER, FINANCE = "demo-officer", "demo-manager", "demo-finance"
SHARE = 14
"""Schools to an adviser: 25 advisers have the county's 348 between them."""
OLDEST_INFANT = 8
"""Years: the highest age of a school whose pupils leave before key stage 2 ends."""
DUTY, DUTY_MANAGER, TEAM = "demo-duty-officer", "demo-duty-manager", "demo-intervention"


@dataclass(frozen=True, slots=True)
class Part:
    """A school in the demonstration: its people (of its first URN), its place in its adviser's year, and its own
    chances."""

    urn: int
    name: str
    maintained: bool
    infant: bool
    adviser: str
    place: int
    dice: random.Random = field(compare=False)
    people_of: int

    @property
    def head(self) -> str:
        return f"demo-head-{self.people_of}"

    @property
    def chair(self) -> str:
        return f"demo-chair-{self.people_of}"

    def chance(self, of_hundred: int) -> bool:
        return self.dice.random() * 100 < of_hundred


def parts(schools: Sequence[SchoolRow], seed: int) -> list[Part]:
    """Every school with an adviser: those with postcodes side by side have the same one."""
    near = sorted(schools, key=lambda row: (str(row.postcode), row.urn))
    return [
        Part(
            urn=row.urn,
            name=row.name,
            maintained=row.type_group == "Local authority maintained schools",
            infant=row.high_age is not None and row.high_age <= OLDEST_INFANT,
            adviser=adviser(number // SHARE + 1).person,
            place=number % SHARE,
            dice=random.Random(f"{seed}-{row.urn}"),  # noqa: S311 - chances of a play, repeatable by its seed
            people_of=row.urn,
        )
        for number, row in enumerate(near)
    ]
