"""Questions about people: who holds the roles of a school, and what those of the authority are called."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy import bindparam, or_, select

from services.core.authorisation import Role
from services.core.commands import Query, Reference, Urn, query
from services.core.keys import Sealed
from services.core.service import Reading
from services.scheduling.projections.people import COUNTY, person, tenure

_HELD = (
    select(person.c.name, tenure)
    .join(person, person.c.person == tenure.c.person)
    .where(
        tenure.c.urn == bindparam("urn"),
        tenure.c.begins <= bindparam("on"),
        *(or_(end.is_(None), end > bindparam("on")) for end in (tenure.c.ends, person.c.erased_on)),
    )
    .order_by(tenure.c.role.desc(), tenure.c.begins, tenure.c.person)
)


@query("scheduling.SchoolPeople")
class SchoolPeople(Query, frozen=True):
    """Who holds a role at a school on a day."""

    urn: Urn
    on: date


@query("scheduling.NamesOf")
class NamesOf(Query, frozen=True):
    """The names of people of the authority, advisers among them, for a page about a school or (urn null) the county."""

    people: Annotated[tuple[Reference, ...], Meta(max_length=200)]
    urn: Urn | None = None


class RoleHolder(Struct, frozen=True):
    """Somebody who holds a role from `begins` until the day before `ends`. `name` is None once they were erased."""

    person: str
    name: str | None
    role: Role
    begins: date
    ends: date | None
    interim: bool


def school_people(asked: SchoolPeople, reading: Reading) -> list[RoleHolder]:
    """The holders on that day: heads, then chairs, each by when they began. Erasure ends what was still held."""
    rows = reading.db.execute(_HELD, {"urn": asked.urn, "on": asked.on})
    return [
        RoleHolder(row.person, reading.open(Sealed.unpack(row.name)), Role(row.role), row.begins, row.ends, row.interim)
        for row in rows
    ]


def names_of(asked: NamesOf, reading: Reading) -> dict[str, str]:
    """Only those who hold or held a role for the county and were not erased: role holders of schools stand on the pages
    of their schools."""
    rows = select(person.c.person, person.c.name).join(tenure, tenure.c.person == person.c.person).distinct()
    rows = rows.where(person.c.person.in_(asked.people), tenure.c.urn == COUNTY)
    names = ((row.person, reading.open(Sealed.unpack(row.name))) for row in reading.db.execute(rows))
    return {who: name for who, name in names if name is not None}
