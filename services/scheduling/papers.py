"""Papers that the adviser asks the school for before a visit, and their coming."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from services.core.commands import Reference, ShortText, command
from services.core.deciders import Context, Refused
from services.core.events import Dated, Event
from services.scheduling.events import Paper, PaperReceived, PapersRequested
from services.scheduling.programme import AboutYear, Programme, RecordedVisit, decider
from services.scheduling.visit_changes import check_theirs, visit_of_theirs


@command("scheduling.RequestPapers")
class RequestPapers(AboutYear, frozen=True):
    """Ask for papers before a planned visit, all by the same day."""

    visit: RecordedVisit
    titles: Annotated[tuple[ShortText, ...], Meta(min_length=1, max_length=20)]
    due: date


@command("scheduling.ReceivePaper")
class ReceivePaper(AboutYear, frozen=True):
    """A paper that was asked for came on a day. `paper` is its code within the visit."""

    visit: RecordedVisit
    paper: Reference
    received: date


def _request(command: RequestPapers, programme: Programme, context: Context) -> Sequence[Event]:
    visit = visit_of_theirs(programme, command.visit, context)
    if command.due > visit.sittings[0].day:
        raise Refused("Papers are due before the visit: choose its day or an earlier one.", "due")
    asked = {paper.title for paper in visit.papers}
    new = [title for title in dict.fromkeys(command.titles) if title not in asked]
    first = len(visit.papers) + 1
    papers = tuple(Paper(str(number), title, command.due) for number, title in enumerate(new, first))
    return [PapersRequested(command.urn, command.year, command.visit, papers)] if papers else []


def _receive(command: ReceivePaper, programme: Programme, context: Context) -> Sequence[Dated]:
    visit = programme.visits.get(command.visit)
    paper = next((paper for paper in visit.papers if paper.paper == command.paper), None) if visit else None
    if visit is None or paper is None:
        raise Refused("No such paper was asked for before this visit.", "paper")
    check_theirs(visit, command.visit, context)
    if command.paper in visit.received:
        return []
    if command.received > context.today:
        raise Refused("Record a paper on the day when it came, or later.", "received")
    late = max((command.received - paper.due).days, 0)
    received = PaperReceived(command.urn, command.year, command.visit, paper.paper, paper.title, command.received, late)
    return [received.true_from(command.received)]


request_decider = decider(_request)
receive_decider = decider(_receive)
