"""Recording the overall grade of an Ofsted inspection: one stream for each school."""

from collections.abc import Mapping, Sequence
from datetime import date

from services.analytics.events import InspectionGraded
from services.analytics.frameworks import FRAMEWORKS, framework_on
from services.analytics.schools import must_be_known
from services.core.commands import Command, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event

Grades = Mapping[date, str]
"""The grade given at each inspection, by its day."""


@command("analytics.RecordInspection")
class RecordInspection(Command, frozen=True):
    """Record the overall grade of a school's Ofsted inspection, in the words of the framework of that day."""

    urn: Urn
    inspected: date
    grade: ShortText


def _decide(command: RecordInspection, state: Grades, context: Context) -> Sequence[Dated]:
    must_be_known(command, context)
    if command.inspected > context.today:
        raise Refused("The inspection is in the future.", "inspected")
    grade = _grade(command.grade, command.inspected)
    if state.get(command.inspected) == grade:
        return []
    return [InspectionGraded(command.urn, command.inspected, grade).true_from(command.inspected)]


def _grade(text: str, inspected: date) -> str:
    """The grade as the framework of the day spells it. Raises Refused where that framework has no such grade."""
    framework = framework_on(inspected)
    if framework is None:
        first = FRAMEWORKS[0].begins
        raise Refused(f"Grades of inspections before {first:%-d %B %Y} are not read here.", "inspected")
    if not framework.grades:
        raise Refused(f"Ofsted has given no overall grade since {framework.begins:%B %Y}.", "inspected")
    grade = next((word for word in framework.grades if word.casefold() == text.strip().casefold()), None)
    if grade is None:
        words = ", ".join(framework.grades)
        raise Refused(f"{text!r} was not an overall grade on {inspected:%-d %B %Y}: it was one of {words}.", "grade")
    return grade


def _evolve(state: Grades, event: Event) -> Grades:
    match event:
        case InspectionGraded():
            return {**state, event.inspected: event.grade}
    return state


def stream(command: RecordInspection) -> str:
    return f"analytics.inspections-{command.urn}"


DECIDER = Decider[Grades, RecordInspection](initial={}, decide=_decide, evolve=_evolve)
