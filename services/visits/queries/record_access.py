"""Who may read a document before it is issued, and whose hands it is in today."""

from msgspec import Struct
from sqlalchemy import Connection, select

from services.core.audience import Audience
from services.core.authorisation import Role, Viewer
from services.visits.projections.record_tables import allocation, visit
from services.visits.record_author import Allocation, Hands, visit_of
from services.visits.record_state import Phase


class Access(Struct, frozen=True):
    """What somebody may see of a draft: the school's part, the adviser's, and how its quality was judged."""

    school_part: bool
    adviser_part: bool
    reviews: bool


def access(viewer: Viewer, urn: int, phase: Phase, author: str | None) -> Access:
    """An adviser's draft is for its adviser and the managers, and for whoever may review it once it was handed over."""
    in_confidence = viewer.may_open(Audience.COUNTY, urn, viewer.today)
    own = viewer.person == author and viewer.has(Role.ADVISER)
    reviewing = phase in ("submitted", "passed") and viewer.has(Role.ADVISER)
    return Access(
        school_part=in_confidence or viewer.has(Role.HEADTEACHER, Role.CHAIR, urn=urn),
        adviser_part=own or reviewing or viewer.has(Role.PROGRAMME_MANAGER),
        reviews=in_confidence,
    )


def hands_of(urn: int, year: int, document: str, db: Connection) -> Hands:
    """The same as the decider folds them, from the read model."""
    c = visit.c
    row = db.execute(select(visit).where(c.urn == urn, c.year == year, c.visit == visit_of(document))).one_or_none()
    allocations = allocations_of(urn, db)
    return Hands(row.adviser, row.given_at, row.held, allocations) if row else Hands(allocations=allocations)


def allocations_of(urn: int, db: Connection) -> tuple[Allocation, ...]:
    ordered = select(allocation).where(allocation.c.urn == urn).order_by(allocation.c.position)
    return tuple(Allocation(row.begins, row.position, row.adviser) for row in db.execute(ordered))
