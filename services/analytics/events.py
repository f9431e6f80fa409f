"""What analytics publishes: results as the department published them, inspection grades, and the questions that an
adviser draws from them."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from services.core.audience import Audience
from services.core.events import AcademicYear, Event, Urn, event

Figures = Annotated[
    dict[str, str],
    Meta(description="Measure code to its value exactly as published, less any percent sign: a number or a marker"),
]
ResultsYear = Annotated[int, Meta(description="The summer of the tests: 2018 for the academic year 2017-18")]


@event("analytics.Ks2ResultsPublished")
class Ks2ResultsPublished(Event, frozen=True, gc=False):
    """A school's key stage 2 figures of one year, as one data version gave them. True from the end of that school
    year."""

    urn: Urn
    year: ResultsYear
    data_version: str
    figures: Figures

    def says(self) -> str:
        expected = self.figures.get("PTRWM_EXP", "")
        share = f": {expected}% at the expected standard" if expected.replace(".", "").isdecimal() else ""
        return f"Key stage 2 results for {self.year} ({self.data_version}){share}"


@event("analytics.Ks2ResultsRevised")
class Ks2ResultsRevised(Event, frozen=True, gc=False):
    """Figures of a year that a later data version gave otherwise; only those that changed."""

    urn: Urn
    year: ResultsYear
    data_version: str
    figures: Figures

    def says(self) -> str:
        return f"Key stage 2 results for {self.year} revised ({self.data_version}): {len(self.figures)} figures changed"


@event("analytics.AreaFiguresPublished")
class AreaFiguresPublished(Event, frozen=True, gc=False):
    """Key stage 2 figures of an area for one year. `area` is a local authority code, or `national`."""

    area: str
    area_name: str
    year: ResultsYear
    data_version: str
    figures: Figures

    def says(self) -> str:
        return f"Key stage 2 figures for {self.area_name} in {self.year} ({self.data_version})"


@event("analytics.InspectionGraded")
class InspectionGraded(Event, frozen=True, gc=False):
    """The overall grade of an Ofsted inspection, in the words of its framework. True from `inspected`."""

    public = True

    urn: Urn
    inspected: date
    grade: str

    def says(self) -> str:
        return f"Ofsted inspection on {self.inspected:%-d %B %Y}: {self.grade.lower()}"


@event("analytics.QuestionPrepared")
class QuestionPrepared(Event, frozen=True, gc=False):
    """A hypothesis to test at a visit, drawn from a figure: `measure`, `group` and `data_version` say which, where it
    is one. The authority's own until it is sent."""

    audience = Audience.COUNTY

    urn: Urn
    year: AcademicYear
    visit: str
    question: str
    text: str
    measure: str | None = None
    group: str | None = None
    data_version: str | None = None

    def says(self) -> str:
        return f"Question prepared: {self.text}"


@event("analytics.QuestionWithdrawn")
class QuestionWithdrawn(Event, frozen=True, gc=False):
    """A question will not be asked after all."""

    audience = Audience.COUNTY

    urn: Urn
    year: AcademicYear
    visit: str
    question: str

    def says(self) -> str:
        return "A prepared question was withdrawn"


@event("analytics.QuestionsSent")
class QuestionsSent(Event, frozen=True, gc=False):
    """The school was sent the questions prepared so far, to think about before the visit."""

    urn: Urn
    year: AcademicYear
    visit: str
    questions: tuple[str, ...]

    def says(self) -> str:
        return f"The adviser sent {len(self.questions)} questions to the school"


@event("analytics.QuestionAnswered")
class QuestionAnswered(Event, frozen=True, gc=False):
    """What the visit found: the hypothesis is supported, not_supported or open, and why."""

    urn: Urn
    year: AcademicYear
    visit: str
    question: str
    finding: str
    words: str

    def says(self) -> str:
        return f"Question answered ({self.finding.replace('_', ' ')}): {self.words}"
