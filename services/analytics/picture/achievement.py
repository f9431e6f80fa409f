"""Results and targets, self-evaluation and grades, inspections."""

from datetime import date

from msgspec.structs import replace

from services.analytics.events import InspectionGraded, Ks2ResultsPublished, Ks2ResultsRevised
from services.analytics.picture.shape import Grades, SchoolPicture, SefSeen, TargetsSeen
from services.core.events import Event
from services.visits.events import (
    GradeAgreed,
    GradeDisputed,
    GradeModerated,
    LaGradeSet,
    SchoolGraded,
    SefDue,
    SefOverdue,
    SefReceived,
    TargetsAgreed,
    TargetsProposed,
    TargetsSanctioned,
)

PARTIES = 3
"""Head, chair and adviser."""


def after(picture: SchoolPicture, event: Event, day: date) -> SchoolPicture:
    match event:
        case Ks2ResultsPublished() | Ks2ResultsRevised():
            figures = picture.results.get(event.year, {}) | event.figures
            return replace(picture, results=picture.results | {event.year: figures})
        case InspectionGraded():
            return replace(picture, inspected=event.inspected, grade=event.grade)
        case TargetsProposed():
            proposed = TargetsSeen(event.version, "provisional" if event.provisional else "proposed")
            return replace(picture, targets=picture.targets | {event.cohort: proposed})
        case TargetsAgreed() | TargetsSanctioned():
            return _signed(picture, event)
        case SefDue() | SefOverdue() | SefReceived():
            before = picture.sefs.get(event.year, SefSeen())
            return replace(picture, sefs=picture.sefs | {event.year: _sef(before, event)})
        case SchoolGraded() | GradeAgreed() | GradeDisputed() | GradeModerated() | LaGradeSet():
            headings = picture.grades.get(event.framework, {})
            graded = headings | {event.heading: _graded(headings.get(event.heading, Grades()), event)}
            return replace(picture, grades=picture.grades | {event.framework: graded})
    return picture


def _signed(picture: SchoolPicture, event: TargetsAgreed | TargetsSanctioned) -> SchoolPicture:
    targets = picture.targets.get(event.cohort)
    if targets is None or targets.version != event.version:
        return picture
    if isinstance(event, TargetsSanctioned):
        signed = replace(targets, state="sanctioned", statute=event.statute)
    else:
        agreed_by = tuple(sorted({*targets.agreed_by, event.by}))
        signed = replace(targets, agreed_by=agreed_by, state="agreed" if len(agreed_by) == PARTIES else targets.state)
    return replace(picture, targets=picture.targets | {event.cohort: signed})


def _sef(sef: SefSeen, event: SefDue | SefOverdue | SefReceived) -> SefSeen:
    match event:
        case SefDue():
            return replace(sef, due=event.due)
        case SefOverdue():
            return replace(sef, overdue=True, due=sef.due or event.due)
        case SefReceived():
            return replace(sef, received=event.received, days_late=event.days_late)


def _graded(grades: Grades, event: SchoolGraded | GradeAgreed | GradeDisputed | GradeModerated | LaGradeSet) -> Grades:
    match event:
        case SchoolGraded():
            return replace(grades, school=event.grade)
        case GradeAgreed():
            return replace(grades, agreed=event.grade, disputed=False)
        case GradeDisputed():
            return replace(grades, school=event.school_grade, agreed=None, disputed=True)
        case GradeModerated():
            return replace(grades, agreed=event.grade, disputed=event.grade is None)
        case LaGradeSet():
            return replace(grades, authority=event.grade)
