"""Whom the desk may name: duty managers to contact, and those to whom a call may be given."""

from datetime import date

from msgspec import Struct
from sqlalchemy import or_, select

from services.core.commands import Query, query
from services.core.service import Reading
from services.helpdesk.projections.tables import holder, person
from services.helpdesk.queries.shown import opened


@query("helpdesk.DeskPeople")
class DeskPeople(Query, frozen=True):
    """Everybody who holds a role for the county on a day."""

    on: date


class Named(Struct, frozen=True):
    """A person in a role; somebody who was erased is not among them."""

    person: str
    name: str | None
    role: str


def desk_people(asked: DeskPeople, reading: Reading) -> tuple[Named, ...]:
    """By role and name."""
    held = select(holder.c.person, person.c.name, holder.c.role).join(person, person.c.person == holder.c.person)
    held = held.where(holder.c.begins <= asked.on, or_(holder.c.ends.is_(None), holder.c.ends > asked.on))
    people = [Named(row.person, opened(row.name, reading), row.role) for row in reading.db.execute(held)]
    return tuple(sorted(people, key=lambda named: (named.role, named.name or "", named.person)))
