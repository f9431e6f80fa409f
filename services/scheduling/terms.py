"""The terms of an academic year: those that Norfolk set, or the usual ones until then."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from services.core.commands import AcademicYear, Command, command
from services.core.deciders import Context, Decider, Refused
from services.core.envelope import RecordedEvent
from services.core.events import Dated, Event
from services.scheduling.events import TermDates, TermsSet

NAMES = ("autumn", "spring", "summer")


@command("scheduling.SetTerms")
class SetTerms(Command, frozen=True):
    """The autumn, spring and summer term of an academic year, first and last day included."""

    year: AcademicYear
    terms: Annotated[tuple[TermDates, ...], Meta(min_length=1, max_length=3)]


def terms_stream(year: int) -> str:
    return f"scheduling.terms-{year}"


def usual_terms(year: int) -> tuple[TermDates, ...]:
    """Terms for a year whose own are not set. They leave no day out, so that any visit falls into one."""
    return (
        TermDates("autumn", date(year, 9, 1), date(year, 12, 31)),
        TermDates("spring", date(year + 1, 1, 1), date(year + 1, 4, 15)),
        TermDates("summer", date(year + 1, 4, 16), date(year + 1, 8, 31)),
    )


def term_on(day: date, terms: Iterable[TermDates]) -> TermDates | None:
    """The term in which a day falls; None in the holidays between."""
    return next((term for term in terms if term.begins <= day <= term.ends), None)


def decide(command: SetTerms, known: tuple[TermDates, ...], context: Context) -> Sequence[Dated]:
    if command.terms == known:
        return []
    if tuple(term.term for term in command.terms) != NAMES:
        raise Refused("Give the autumn, the spring and the summer term, in this order.", "terms")
    first, last = date(command.year, 9, 1), date(command.year + 1, 8, 31)
    for before, term in zip((None, *command.terms), command.terms, strict=False):
        if term.ends < term.begins:
            raise Refused(f"The {term.term} term must end after it begins.", "terms")
        if term.begins < first or last < term.ends:
            raise Refused(f"The {term.term} term must lie between {first:%-d %B %Y} and {last:%-d %B %Y}.", "terms")
        if before is not None and term.begins <= before.ends:
            raise Refused(f"The {term.term} term must begin after the {before.term} term has ended.", "terms")
    return [TermsSet(command.year, command.terms).true_from(first)]


def evolve(known: tuple[TermDates, ...], event: Event) -> tuple[TermDates, ...]:
    return event.terms if isinstance(event, TermsSet) else known


terms_decider = Decider[tuple[TermDates, ...], SetTerms](initial=(), decide=decide, evolve=evolve)


def terms_of(year: int, recorded: Sequence[RecordedEvent]) -> tuple[TermDates, ...]:
    """The terms of a year by what its stream (`terms_stream`) says. Raises Damaged when that can't be read."""
    return terms_decider.fold(recorded) or usual_terms(year)
