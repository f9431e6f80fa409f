"""Who may do and see what of analytics, and when."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.analytics.area import PublishAreaFigures
from services.analytics.inspections import RecordInspection
from services.analytics.queries.calibration import GradeCalibration
from services.analytics.queries.county import CountyResults
from services.analytics.queries.difference import HistoryDifference
from services.analytics.queries.performance import CountyPerformance, SchoolPerformance
from services.analytics.queries.proof import EvidencePack, HistoryCheck
from services.analytics.queries.questions import VisitQuestions
from services.analytics.queries.results import Inspections, SchoolResults
from services.analytics.queries.suggestions import SuggestedQuestions
from services.analytics.queries.targets import TargetsAgainstResults, TargetsMet
from services.analytics.queries.timeline import EventCounts, SchoolAsOf, SchoolTimeline, TimelineEntry
from services.analytics.questions import AnswerQuestion, PrepareQuestion, SendQuestions, WithdrawQuestion
from services.analytics.results import PublishResults
from services.core.authorisation import Actor, Forbidden, Role, Tenure
from services.core.commands import Command, Query
from services.core.deciders import Refused
from tests.analytics.desk import OPERATOR, Desk

PERSON = Actor("person-1")
OWN, OTHER = 120777, 140680
SCHOOL = {Role.HEADTEACHER, Role.CHAIR}
COUNTY = set(Role) - SCHOOL
READING = COUNTY - {Role.FINANCE, Role.DUTY_OFFICER}
"""Of the authority, those who read what is written of a school."""
PUBLISHERS = {Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER}
BEGAN, ENDED = date(2011, 9, 1), date(2020, 1, 1)

WHO_MAY_ASK: list[tuple[Query, set[Role]]] = [
    (SchoolTimeline(OWN), READING | SCHOOL),
    (TimelineEntry(OWN, 1), READING | SCHOOL),
    (SchoolAsOf(OWN), READING | SCHOOL),
    (SchoolResults(OWN), COUNTY | SCHOOL),
    (Inspections(OWN), COUNTY | SCHOOL),
    (SchoolTimeline(OTHER), READING),
    (TimelineEntry(OTHER, 2), READING),
    (SchoolAsOf(OTHER), READING),
    (SchoolResults(OTHER), COUNTY),
    (Inspections(OTHER), COUNTY),
    (CountyResults(2018), COUNTY),
    (EventCounts(), READING),
    (HistoryDifference(OWN), READING | SCHOOL),
    (HistoryDifference(OTHER), READING),
    (HistoryCheck(OWN), READING | SCHOOL),
    (HistoryCheck(OTHER), READING),
    (EvidencePack(OWN), {Role.PROGRAMME_MANAGER, Role.AUDITOR}),
    (TargetsAgainstResults(OWN), READING | SCHOOL),
    (TargetsAgainstResults(OTHER), READING),
    (TargetsMet(2018), READING),
    (SuggestedQuestions(OWN), READING),
    (VisitQuestions(OWN, 2022, "1"), READING | SCHOOL),
    (VisitQuestions(OTHER, 2022, "1"), READING),
    (SchoolPerformance(OWN), READING | SCHOOL),
    (SchoolPerformance(OTHER), READING),
    (CountyPerformance(2022), READING),
    (GradeCalibration(), {Role.PROGRAMME_MANAGER, Role.INTERVENTION, Role.AUDITOR}),
]
QUESTIONS: list[Command] = [
    PrepareQuestion(OWN, 2022, "1", "Why?"),
    WithdrawQuestion(OWN, 2022, "1", "1"),
    SendQuestions(OWN, 2022, "1"),
    AnswerQuestion(OWN, 2022, "1", "1", "open", "Not seen yet"),
]
COMMANDS: list[Command] = [
    PublishResults(OWN, 2018, "revised", {"PTRWM_EXP": "57"}),
    PublishAreaFigures("926", "Norfolk", 2018, "revised", {"PTRWM_EXP": "59"}),
    RecordInspection(OWN, date(2015, 6, 17), "Good"),
]


@pytest.fixture(params=Role)
def role(request: pytest.FixtureRequest) -> Role:
    return Role(request.param)


@pytest.fixture
def desk_of(tmp_path: Path, role: Role) -> Iterator[Desk]:
    """The desk at which PERSON holds the role, at the own school or for the county."""
    desk = Desk(tmp_path, [Tenure(role, OWN if role.of_a_school else None, BEGAN)])
    desk.register(OWN, OTHER)
    yield desk
    desk.close()


def test_questions(desk_of: Desk, role: Role) -> None:
    for query, roles in WHO_MAY_ASK:
        if role in roles:
            desk_of.ask(query, PERSON)
        else:
            with pytest.raises(Forbidden):
                desk_of.ask(query, PERSON)


def test_commands(desk_of: Desk, role: Role) -> None:
    for command in COMMANDS:
        if role in PUBLISHERS:
            desk_of.handle(command, PERSON)
        else:
            with pytest.raises(Forbidden, match="programme manager, programme officer"):
                desk_of.handle(command, PERSON)


def test_of_all_roles_only_advisers_ask_and_of_them_only_the_school_s_own(desk_of: Desk, role: Role) -> None:
    for command in QUESTIONS:
        with pytest.raises(Refused if role is Role.ADVISER else Forbidden, match=r"(?i)only"):
            desk_of.handle(command, PERSON)


def test_a_role_that_ended_counts_no_more(tmp_path: Path, role: Role) -> None:
    desk = Desk(tmp_path, [Tenure(role, OWN if role.of_a_school else None, BEGAN, ENDED)])
    with pytest.raises(Forbidden):
        desk.ask(SchoolTimeline(OWN), PERSON)
    desk.close()


def test_the_platform_may(desk: Desk) -> None:
    desk.register(OWN, OTHER)
    for command in COMMANDS:
        desk.handle(command, OPERATOR)
    for query, _ in WHO_MAY_ASK:
        desk.ask(query, OPERATOR)
