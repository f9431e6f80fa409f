"""What goes before a visit: its agenda and its papers."""

from datetime import date

from services.core.events import AcademicYear, Event, Urn, event
from services.scheduling.events.words import AgendaItem, Paper, Visit, visit_words


@event("scheduling.AgendaProposed")
class AgendaProposed(Event, frozen=True, gc=False):
    """The first agenda put forward for a visit. `by` is the proposer's role."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    version: int
    items: tuple[AgendaItem, ...]
    by: str

    def says(self) -> str:
        return f"Agenda proposed for {visit_words(self.visit)}: {len(self.items)} items"


@event("scheduling.AgendaCountered")
class AgendaCountered(Event, frozen=True, gc=False):
    """The other side put forward a different agenda, and why (`words`)."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    version: int
    items: tuple[AgendaItem, ...]
    by: str
    words: str

    def says(self) -> str:
        return f"Another agenda put forward for {visit_words(self.visit)}: {self.words}"


@event("scheduling.AgendaAgreed")
class AgendaAgreed(Event, frozen=True, gc=False):
    """Head and adviser agree this version of the agenda; `by` is the one who agreed to the other's."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    version: int
    by: str

    def says(self) -> str:
        return f"Agenda agreed for {visit_words(self.visit)}"


@event("scheduling.PapersRequested")
class PapersRequested(Event, frozen=True, gc=False):
    """The adviser asked the school for papers before a visit."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    papers: tuple[Paper, ...]

    def says(self) -> str:
        return f"Papers asked for before {visit_words(self.visit)}: {', '.join(paper.title for paper in self.papers)}"


@event("scheduling.PaperReceived")
class PaperReceived(Event, frozen=True, gc=False):
    """A paper that was asked for came. True from `received`; `days_late` is 0 when it came in time."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    paper: str
    title: str
    received: date
    days_late: int

    def says(self) -> str:
        late = f", {self.days_late} days late" if self.days_late else ""
        return f"{self.title} received for {visit_words(self.visit)}{late}"
