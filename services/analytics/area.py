"""Publishing the figures of a local authority or of England: one stream for each area and year."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from services.analytics.events import AreaFiguresPublished
from services.analytics.publication import Publication, TestYear, checked
from services.analytics.results import end_of_school_year
from services.core.commands import Command, ShortText, command
from services.core.deciders import Context, Decider
from services.core.events import Dated, Event

NATIONAL = "national"
Area = Annotated[
    str,
    Meta(pattern=r"^([0-9]{3}|national)$", description="A three-figure local authority code, or: national"),
]


@command("analytics.PublishAreaFigures")
class PublishAreaFigures(Command, frozen=True):
    """Publish an area's key stage 2 figures of one year as a data version gives them."""

    area: Area
    area_name: ShortText
    year: TestYear
    data_version: ShortText
    figures: dict[str, str]


def _decide(command: PublishAreaFigures, state: Publication, context: Context) -> Sequence[Dated]:
    figures = checked(command.figures, command.year, context)
    if not state.changed_by(command.data_version, figures):
        return []
    event = AreaFiguresPublished(command.area, command.area_name, command.year, command.data_version, figures)
    return [event.true_from(end_of_school_year(command.year))]


def _evolve(state: Publication, event: Event) -> Publication:
    match event:
        case AreaFiguresPublished():
            return state.after(event.data_version, event.figures)
    return state


def stream(command: PublishAreaFigures) -> str:
    return f"analytics.area-{command.area}-{command.year}"


DECIDER = Decider[Publication, PublishAreaFigures](initial=Publication(), decide=_decide, evolve=_evolve)
