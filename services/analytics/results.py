"""Publishing a school's key stage 2 results: one stream for each school and year."""

from collections.abc import Sequence
from datetime import date

from services.analytics.events import Ks2ResultsPublished, Ks2ResultsRevised
from services.analytics.publication import Publication, TestYear, checked
from services.analytics.schools import must_be_known
from services.core.commands import Command, ShortText, Urn, command
from services.core.deciders import Context, Decider
from services.core.events import Dated, Event


@command("analytics.PublishResults")
class PublishResults(Command, frozen=True):
    """Publish a school's key stage 2 figures of one year as a data version gives them.

    `figures` maps a measure's code to its value or marker."""

    urn: Urn
    year: TestYear
    data_version: ShortText
    figures: dict[str, str]


def end_of_school_year(year: int) -> date:
    """The day from which results are true: the last of the school year in whose summer the tests were taken."""
    return date(year, 8, 31)


def _decide(command: PublishResults, state: Publication, context: Context) -> Sequence[Dated]:
    must_be_known(command, context)
    figures = checked(command.figures, command.year, context)
    changed = state.changed_by(command.data_version, figures)
    if not changed:
        return []
    kind = Ks2ResultsRevised if state.current else Ks2ResultsPublished
    event = kind(command.urn, command.year, command.data_version, changed)
    return [event.true_from(end_of_school_year(command.year))]


def _evolve(state: Publication, event: Event) -> Publication:
    match event:
        case Ks2ResultsPublished() | Ks2ResultsRevised():
            return state.after(event.data_version, event.figures)
    return state


def stream(command: PublishResults) -> str:
    return f"analytics.results-{command.urn}-{command.year}"


DECIDER = Decider[Publication, PublishResults](initial=Publication(), decide=_decide, evolve=_evolve)
