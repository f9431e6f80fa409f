"""What other streams say that the planning of a visit hangs on, folded at the moment of the decision."""

from datetime import date
from itertools import pairwise

from msgspec import Struct

from services.core.authorisation import Role
from services.core.deciders import Refused
from services.core.service import ReadStream
from services.scheduling.adviser import adviser_decider, adviser_stream
from services.scheduling.adviser_state import Adviser, Training
from services.scheduling.allocation import allocation_decider, allocation_stream
from services.scheduling.events import ProgrammeSettled, Sitting, TermDates, visit_title
from services.scheduling.person import tenures_of
from services.scheduling.programme import TERM_OF_VISIT, VisitState, programme_of, programme_stream
from services.scheduling.school import School, school_decider, school_stream
from services.scheduling.terms import term_on, terms_of, terms_stream, usual_terms

TRAINING_FOR = {"1": Training.DATA_ANALYSIS, "4": Training.PERFORMANCE_MANAGEMENT}
"""What whoever makes a visit must be trained in (QA functions of the first seed)."""


class VisitingAdviser(Struct, frozen=True):
    """Somebody who makes or may make a visit: what adviser they are, and when they hold the role."""

    person: str
    adviser: Adviser
    in_role: bool


class Facts(Struct, frozen=True):
    """The school, its terms, the visits that all three parties settled (None where nothing is settled), and who is to
    make the visit (None where the school has no adviser)."""

    school: School | None
    terms: tuple[TermDates, ...]
    settled: tuple[str, ...] | None
    visiting: VisitingAdviser | None


def gather(urn: int, year: int, adviser: str | None, day: date, read: ReadStream) -> Facts:
    settled = [event.data for event in read(f"scheduling.agreement-{urn}-{year}")]
    visits = [event.visits for event in settled if isinstance(event, ProgrammeSettled)]
    return Facts(
        school=school_decider.fold(read(school_stream(urn))),
        terms=terms_of(year, read(terms_stream(year))),
        settled=visits[-1] if visits else None,
        visiting=visiting(adviser, day, read) if adviser else None,
    )


def visiting(person: str, day: date, read: ReadStream) -> VisitingAdviser:
    held = (tenure for tenure in tenures_of(person, read) if tenure.role is Role.ADVISER)
    in_role = any(tenure.holds_on(day) for tenure in held)
    return VisitingAdviser(person, adviser_decider.fold(read(adviser_stream(person))), in_role)


def link_adviser(urn: int, day: date, read: ReadStream) -> str | None:
    """The school's Link Adviser on a day."""
    return allocation_decider.fold(read(allocation_stream(urn))).adviser_on(day)


def planned_before(urn: int, year: int, visit: str, read: ReadStream) -> VisitState | None:
    """Where a visit stands that was planned."""
    return programme_of(read(programme_stream(urn, year))).visits.get(visit)


def check_sittings(year: int, sittings: tuple[Sitting, ...]) -> None:
    """One or two parts in order of time, within the academic year. Raises Refused."""
    first, last = date(year, 9, 1), date(year + 1, 8, 31)
    for sitting in sittings:
        if sitting.ends <= sitting.starts:
            raise Refused("The visit must end after it begins, on the same day.", "sittings")
        if not first <= sitting.day <= last:
            raise Refused(f"Choose a day from {first:%-d %B %Y} to {last:%-d %B %Y}.", "sittings")
    for one, following in pairwise(sittings):
        if (following.day, following.starts) < (one.day, one.ends):
            raise Refused("Give the two parts of a visit in order of time, one after the other.", "sittings")


def check_open(school: School | None, sittings: tuple[Sitting, ...]) -> None:
    """The school takes no visit before it opens or after its last day. Raises Refused."""
    if school is None:
        raise Refused("There is no such school.", "urn")
    row = school.latest
    first, last = sittings[0].day, sittings[-1].day
    if row.opened is not None and first < row.opened:
        raise Refused(f"{row.name} opens on {row.opened:%-d %B %Y}: choose a later day.", "sittings")
    # "Open, but proposed to close" has a closing date too, which may yet not come true.
    if row.status == "Closed" and (row.closed is None or row.closed < last):
        when = f"closed on {row.closed:%-d %B %Y}" if row.closed else "is closed"
        raise Refused(f"{row.name} {when}: no visit can be planned after that.", "sittings")


def check_free(visiting: VisitingAdviser, sittings: tuple[Sitting, ...]) -> None:
    """The adviser is not away on any day of the visit. Raises Refused."""
    for sitting in sittings:
        if away := visiting.adviser.away(sitting.day):
            raise Refused(
                f"The adviser is away on {sitting.day:%-d %B %Y} and back on {away.returns:%-d %B %Y}.", "sittings"
            )


def check_fit(visiting: VisitingAdviser, urn: int, visit: str, day: date) -> None:
    """Somebody who takes on a visit is an adviser, without a conflict of interest, and trained. Raises Refused."""
    if not visiting.in_role:
        raise Refused(f"They are not an adviser of the programme on {day:%-d %B %Y}.", "adviser")
    if visiting.adviser.interest_in(urn, day):
        raise Refused("They declared an interest in this school: choose another adviser.", "adviser")
    training = TRAINING_FOR.get(visit)
    if training is not None and not visiting.adviser.trained(training, day):
        raise Refused(
            f"{visit_title(visit)} needs training in {training.words} that is valid on {day:%-d %B %Y}: "
            "choose another adviser.",
            "adviser",
        )


def term_of(year: int, visit: str, sittings: tuple[Sitting, ...], terms: tuple[TermDates, ...]) -> tuple[str, bool]:
    """The term of a visit's first day (in the holidays the usual one), and whether the visit lies in its own term."""
    found = [term_on(sitting.day, terms) for sitting in sittings]
    names = [term.term if term else None for term in found]
    own = TERM_OF_VISIT[visit]
    allowed_last = (own, "spring") if visit == "ip" else (own,)
    in_term = names[0] == own and names[-1] in allowed_last
    first = found[0] or term_on(sittings[0].day, usual_terms(year))
    return first.term if first else own, in_term
