"""A school as its events describe it: the fold of one school's timeline, as far as the two dials show it."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from services.analytics.entries import readable
from services.analytics.events import InspectionGraded, Ks2ResultsPublished, Ks2ResultsRevised
from services.billing.events import ChargeRaised
from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.scheduling.events import SchoolChanged, SchoolRegistered, SchoolsLinked, SchoolSubscribed


class Link(Struct, frozen=True):
    """Another school that this one followed (`predecessor`) or was followed by (`successor`)."""

    urn: int
    relation: str
    link_type: str


class SchoolPicture(Struct, frozen=True):
    """What was known of a school. `charged` is the sum of its charges in pence; `subscriptions` gives the programme by
    academic year, `results` the key stage 2 figures by year of the tests; `inspected` and `grade` are of the latest
    inspection."""

    urn: int
    name: str | None = None
    status: str | None = None
    school_type: str | None = None
    type_group: str | None = None
    links: tuple[Link, ...] = ()
    subscriptions: dict[int, str] = field(default_factory=dict)
    charged: int = 0
    results: dict[int, dict[str, str]] = field(default_factory=dict)
    inspected: date | None = None
    grade: str | None = None

    def after(self, event: Event) -> "SchoolPicture":
        """The picture once this event is added."""
        match event:
            case SchoolRegistered():
                return replace(self, **{name: getattr(event, name) for name in _DETAILS})
            case SchoolChanged():
                return replace(self, **{name: v for name, v in event.changes().items() if name in _DETAILS})
            case SchoolsLinked():
                return replace(self, links=(*self.links, _link(self.urn, event)))
            case SchoolSubscribed():
                return replace(self, subscriptions=self.subscriptions | {event.year: event.programme})
            case ChargeRaised():
                return replace(self, charged=self.charged + event.net)
            case Ks2ResultsPublished() | Ks2ResultsRevised():
                figures = self.results.get(event.year, {}) | event.figures
                return replace(self, results=self.results | {event.year: figures})
            case InspectionGraded():
                return replace(self, inspected=event.inspected, grade=event.grade)
        return self


_DETAILS = ("name", "status", "school_type", "type_group")


def _link(urn: int, event: SchoolsLinked) -> Link:
    if event.successor == urn:
        return Link(event.predecessor, "predecessor", event.link_type)
    return Link(event.successor, "successor", event.link_type)


def picture_of(urn: int, events: Iterable[RecordedEvent]) -> SchoolPicture:
    """The picture of a school from its events, which must come in order of `effective_on`, then position."""
    picture = SchoolPicture(urn)
    for recorded in events:
        picture = picture.after(readable(recorded))
    return picture
