"""Grades under the headings of the inspection framework: the school's, the agreed one, the authority's (GR1).

They stand side by side, and none ever takes the place of another."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from services.core.commands import AcademicYear, Command, LongText, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from services.core.service import ReadStream
from services.visits.advisers import Advisers, advisers_of
from services.visits.events import GradeAgreed, GradeDisputed, GradeModerated, LaGradeSet, SchoolGraded
from services.visits.frameworks import Framework, framework_on
from services.visits.visit_days import steps_of

Occasion = Literal["2", "ip"]
"""The visit at which self-evaluation is looked at: visit 2 or the IP day."""


class AboutGrade(Command, frozen=True):
    """Base of the commands about one heading of a school's self-evaluation."""

    urn: Urn
    year: AcademicYear
    occasion: Occasion
    heading: ShortText


@command("visits.GradeOwn")
class GradeOwn(AboutGrade, frozen=True):
    """The school grades itself, with its evidence."""

    grade: ShortText
    evidence: LongText


@command("visits.AgreeGrade")
class AgreeGrade(AboutGrade, frozen=True):
    """Record the grade that school and adviser agreed. To change one needs a reason."""

    grade: ShortText


@command("visits.DisputeGrade")
class DisputeGrade(AboutGrade, frozen=True):
    """Record that school and adviser do not agree, each in their own words."""

    adviser_grade: ShortText
    school_words: LongText
    adviser_words: LongText


@command("visits.ModerateGrade")
class ModerateGrade(AboutGrade, frozen=True):
    """Record what moderation of a disagreement found; no grade where there is none that both can hold."""

    words: LongText
    grade: ShortText | None = None


@command("visits.SetLaGrade")
class SetLaGrade(AboutGrade, frozen=True):
    """Set the authority's own grade, with its rationale."""

    grade: ShortText
    rationale: LongText


class Facts(Struct, frozen=True):
    """What other streams say: the school's advisers, and the day of each visit that has one."""

    advisers: Advisers = Advisers()
    days: dict[str, date] = {}


class Grades(Struct, frozen=True):
    """What was said last under one heading of one framework at one visit."""

    own: SchoolGraded | None = None
    agreed: GradeAgreed | None = None
    disputed: GradeDisputed | None = None
    moderated: GradeModerated | None = None
    la: LaGradeSet | None = None


Sheet = dict[tuple[str, str, str], Grades]
"""By visit, framework and heading."""


def stream(command: AboutGrade) -> str:
    return f"visits.sef-{command.urn}-{command.year}"


def consult(command: AboutGrade, read: ReadStream) -> Facts:
    """Gather the facts. Raises Damaged when an event that they hang on can't be read."""
    programme = read(f"scheduling.programme-{command.urn}-{command.year}")
    last = {visit: steps[-1].day for visit in ("2", "ip") if (steps := steps_of(visit, programme))}
    return Facts(
        advisers_of(command.urn, command.year, read), {visit: day for visit, day in last.items() if day is not None}
    )


def _decide(command: AboutGrade, sheet: Sheet, context: Context) -> Sequence[Event]:
    facts: Facts = context.facts
    if not isinstance(command, GradeOwn | ModerateGrade):
        facts.advisers.check(command.occasion, context)
    framework = _framework(command, facts.days.get(command.occasion, context.today))
    grades = sheet.get((command.occasion, framework.id, command.heading), Grades())
    new = _said(command, grades, framework, context)
    return [] if new in (grades.own, grades.agreed, grades.disputed, grades.moderated, grades.la) else [new]


def _framework(command: AboutGrade, day: date) -> Framework:
    framework = framework_on(day)
    if framework is None:
        raise Refused(f"No inspection framework of {day:%-d %B %Y} is on record.")
    if command.heading not in framework.headings:
        known = ", ".join(framework.headings)
        raise Refused(f"{command.heading} is not a heading of {framework.words}. Choose one of: {known}.", "heading")
    return framework


def _said(command: AboutGrade, grades: Grades, framework: Framework, context: Context) -> Event:
    place = (command.urn, command.year, command.occasion, framework.id, command.heading)
    match command:
        case GradeOwn(grade=grade, evidence=evidence):
            _check_scale(grade, "grade", command, framework)
            if grades.own and (grades.own.grade != grade) and (grades.agreed or grades.disputed):
                raise Refused(f"The school's grade ({grades.own.grade}) has been discussed, and stands.", "grade")
            return SchoolGraded(*place, grade, evidence)
        case AgreeGrade(grade=grade):
            _check_scale(grade, "grade", command, framework)
            _own(grades)
            changed = grades.agreed is not None and grades.agreed.grade != grade
            if changed and not (context.reason or "").strip():
                raise Refused("Another grade was agreed before. Give the reason for the change.", "reason")
            return GradeAgreed(*place, grade)
        case DisputeGrade(adviser_grade=grade, school_words=school_words, adviser_words=adviser_words):
            _check_scale(grade, "adviser_grade", command, framework)
            own = _own(grades)
            if grades.agreed:
                raise Refused(f"School and adviser agreed on {grades.agreed.grade}.", "adviser_grade")
            if own.grade == grade:
                raise Refused(f"The school says {grade} too: there is no disagreement.", "adviser_grade")
            return GradeDisputed(*place, own.grade, grade, school_words, adviser_words)
        case ModerateGrade(words=words, grade=moderated):
            if moderated is not None:
                _check_scale(moderated, "grade", command, framework)
            if grades.disputed is None:
                raise Refused("There is no disagreement under this heading to moderate.", "heading")
            return GradeModerated(*place, moderated, words)
        case SetLaGrade(grade=grade, rationale=rationale):
            _check_scale(grade, "grade", command, framework)
            return LaGradeSet(*place, grade, rationale)
    raise TypeError(f"{type(command).__name__} is not about a grade")


def _check_scale(grade: str, field: str, command: AboutGrade, framework: Framework) -> None:
    scale = framework.headings[command.heading]
    if grade not in scale:
        raise Refused(f"{grade} is not a grade of {framework.words}. Choose one of: {', '.join(scale)}.", field)


def _own(grades: Grades) -> SchoolGraded:
    if grades.own is None:
        raise Refused("The school has not graded itself under this heading yet.", "heading")
    return grades.own


def _evolve(sheet: Sheet, event: Event) -> Sheet:
    match event:
        case SchoolGraded() | GradeAgreed() | GradeDisputed() | GradeModerated() | LaGradeSet():
            key = event.occasion, event.framework, event.heading
            return {**sheet, key: replace(sheet.get(key, Grades()), **{_SAYS[type(event)]: event})}
    return sheet


_SAYS: dict[type[Event], str] = {
    SchoolGraded: "own",
    GradeAgreed: "agreed",
    GradeDisputed: "disputed",
    GradeModerated: "moderated",
    LaGradeSet: "la",
}

grades = Decider[Sheet, AboutGrade](initial={}, decide=_decide, evolve=_evolve)
