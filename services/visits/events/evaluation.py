"""The self-evaluation form and the grades: the school's, the agreed one, the authority's."""

from datetime import date

from services.core.events import AcademicYear, Event, Urn, event


@event("visits.SefDue")
class SefDue(Event, frozen=True, gc=False):
    """The self-evaluation form is due 14 days before visit 2 (VR1), or at once when the visit was booked at shorter
    notice (`notice_short`)."""

    urn: Urn
    year: AcademicYear
    visit_day: date
    due: date
    notice_short: bool

    def says(self) -> str:
        short = " (the visit was booked at short notice)" if self.notice_short else ""
        return f"The SEF is due by {self.due:%-d %B %Y}{short}"


@event("visits.SefOverdue")
class SefOverdue(Event, frozen=True, gc=False):
    """The SEF had not come by the end of `due`. True from the day after. Moving the visit does not undo this (VR1)."""

    urn: Urn
    year: AcademicYear
    due: date

    def says(self) -> str:
        return f"The SEF had not come by {self.due:%-d %B %Y}"


@event("visits.SefReceived")
class SefReceived(Event, frozen=True, gc=False):
    """The SEF came. True from `received`. `due` is the earliest day that it was late against, or the day it was due;
    `days_late` is 0 when it came in time."""

    urn: Urn
    year: AcademicYear
    received: date
    due: date
    days_late: int

    def says(self) -> str:
        late = f"{self.days_late} days late" if self.days_late != 1 else "1 day late"
        return f"The SEF was received {late if self.days_late else 'on time'}"


@event("visits.SchoolGraded")
class SchoolGraded(Event, frozen=True, gc=False):
    """The school's own grade under a heading, in the words of an inspection framework, with its evidence. `occasion`
    is the visit (2 or ip)."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str
    evidence: str

    def says(self) -> str:
        return f"The school graded itself {self.grade} for {self.heading}"


@event("visits.GradeAgreed")
class GradeAgreed(Event, frozen=True, gc=False):
    """School and adviser agreed a grade under a heading."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str

    def says(self) -> str:
        return f"Grade agreed for {self.heading}: {self.grade}"


@event("visits.GradeDisputed")
class GradeDisputed(Event, frozen=True, gc=False):
    """School and adviser do not agree under a heading: both grades, each in its party's own words (GR1)."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    school_grade: str
    adviser_grade: str
    school_words: str
    adviser_words: str

    def says(self) -> str:
        return f"No agreement on {self.heading}: the school says {self.school_grade}, the adviser {self.adviser_grade}"


@event("visits.GradeModerated")
class GradeModerated(Event, frozen=True, gc=False):
    """A disagreement was moderated. Both texts stay; `grade` is null when moderation found none that both can hold."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str | None
    words: str

    def says(self) -> str:
        return f"Moderated for {self.heading}: {self.grade or 'no agreed grade'}"


@event("visits.LaGradeSet")
class LaGradeSet(Event, frozen=True, gc=False):
    """The authority's own grade for the school under a heading; the other grades stay as they are."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str
    rationale: str

    def says(self) -> str:
        return f"The authority's grade for {self.heading}: {self.grade}"
