"""The visits service: records of visit, targets, self-evaluation, actions, concerns and reports."""

from services.core.authorisation import COUNTY_READERS, IN_CONFIDENCE, READERS, Role, Rule, allow
from services.core.service import Answers, Handles, Service
from services.visits import (
    absence_limits,
    action_succession,
    actions,
    concern,
    grades,
    pm_visit,
    policies_sef,
    record_commands,
    risk,
    sef,
    targets,
)
from services.visits.action_state import actions_stream
from services.visits.policies_actions import ACTION_POLICIES
from services.visits.projections import sef as sef_tables
from services.visits.projections import targets as targets_tables
from services.visits.projections.actions import agreed_actions
from services.visits.projections.concerns import concerns
from services.visits.projections.pm_visits import pm_visits
from services.visits.projections.readings import readings
from services.visits.projections.record_visits import records
from services.visits.queries import sef as of_sef
from services.visits.queries import targets as of_targets
from services.visits.queries.actions import CountyActions, SchoolActions, county_actions, school_actions
from services.visits.queries.concerns import ConcernsBoard, SchoolConcerns, concerns_board, school_concerns
from services.visits.queries.pm_visits import PmVisit, pm_visit_of_year
from services.visits.queries.readings import SchoolReadings, school_readings
from services.visits.queries.record import CheckDraft, RecordOf, check_draft, record_of
from services.visits.queries.records import DraftsOf, QaQueue, SchoolRecords, drafts_of, qa_queue, school_records
from services.visits.queries.risk import SchoolRisk, school_risk
from services.visits.readings import NotePaperOpened, readings_decider, readings_stream
from services.visits.record import record_decider
from services.visits.record_commands import AboutRecord, record_stream
from services.visits.record_facts import consult
from services.visits.redaction import destroy_texts, destroy_texts_of_concerns

WRITERS = allow(Role.ADVISER, Role.HEADTEACHER, Role.CHAIR)
AUTHORS = allow(Role.ADVISER)
REVIEWERS = allow(Role.ADVISER, Role.PROGRAMME_MANAGER)
HEAD = allow(Role.HEADTEACHER)
REDACTORS = allow(Role.DATA_PROTECTION)
READERS_OF_LOG = allow(Role.HEADTEACHER, Role.DATA_PROTECTION, Role.AUDITOR)
CHAIR = allow(Role.CHAIR)
PARTIES = allow(*targets.PARTIES)
"""Those whose agreement the targets need: head, chair and adviser."""
LIMITERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.ADVISER)
OFFICE = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
SEF_RECEIVERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.ADVISER, Role.HEADTEACHER)
MANAGER = allow(Role.PROGRAMME_MANAGER)
EVIDENCE = allow(Role.ADVISER, Role.HEADTEACHER)
TELLERS = allow(Role.ADVISER, Role.PROGRAMME_MANAGER, Role.INTERVENTION)
INTERVENERS = allow(Role.INTERVENTION, Role.PROGRAMME_MANAGER)
DISPUTERS = allow(Role.HEADTEACHER, Role.CHAIR)
CHASERS = allow(
    Role.ADVISER, Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.INTERVENTION, Role.AUDITOR, Role.DUTY_MANAGER
)
CONFIDANTS = allow(*IN_CONFIDENCE, Role.HEADTEACHER, Role.CHAIR)
"""Those who may open something confidential; each answer holds what the one who asks may open."""
POLICIES = allow()
"""For what only follows from something else."""
BOARD = allow(Role.PROGRAMME_MANAGER, Role.INTERVENTION, Role.AUDITOR)


def _record(command: type[AboutRecord], may: Rule) -> Handles:
    return Handles(command, record_decider, record_stream, may, consult)


def _targets(command: type[targets.AboutTargets], may: Rule) -> Handles:
    return Handles(command, targets.targets, targets.stream, may, targets.consult)


def _sef(command: type[sef.AboutSef], may: Rule) -> Handles:
    return Handles(command, sef.sef, sef.stream, may, sef.consult)


def _grade(command: type[grades.AboutGrade], may: Rule) -> Handles:
    return Handles(command, grades.grades, grades.stream, may, grades.consult)


def _action(command: type[actions.AtVisit], may: Rule) -> Handles:
    return Handles(command, actions.visit_actions, _stream_of_actions, may, actions.consult)


def _succession(command: type[action_succession.Succession], may: Rule) -> Handles:
    return Handles(command, action_succession.succession, _stream_of_actions, may, consult=action_succession.consult)


def _stream_of_actions(command: actions.AtVisit | action_succession.Succession) -> str:
    return actions_stream(command.urn)


def _concern(command: type[concern.AboutConcern], may: Rule) -> Handles:
    return Handles(command, concern.concern_decider, concern.concern_stream, may, concern.consult)


visits = Service(
    "visits",
    commands=[
        _record(record_commands.StartRecord, WRITERS),
        _record(record_commands.WriteSection, WRITERS),
        _record(record_commands.SubmitRecord, AUTHORS),
        _record(record_commands.PassRecord, REVIEWERS),
        _record(record_commands.ReturnRecord, REVIEWERS),
        _record(record_commands.IssueRecord, REVIEWERS),
        _record(record_commands.AnswerRecord, HEAD),
        _record(record_commands.BeginCorrection, REVIEWERS),
        _record(record_commands.RefuseCorrection, REVIEWERS),
        _record(record_commands.RedactSection, REDACTORS),
        Handles(NotePaperOpened, readings_decider, readings_stream, READERS, by_sight=True),
        _action(actions.MakeRecommendation, AUTHORS),
        _action(actions.AgreeAction, AUTHORS),
        _action(actions.ReviewAction, EVIDENCE),
        _action(actions.CloseAction, AUTHORS),
        _succession(action_succession.CloseSchoolActions, POLICIES),
        _succession(action_succession.MoveActions, MANAGER),
        _succession(action_succession.TakeActions, POLICIES),
        _concern(concern.ObserveConcern, AUTHORS),
        _concern(concern.TellSchool, TELLERS),
        _concern(concern.AlertTeam, TELLERS),
        _concern(concern.AcknowledgeAlert, INTERVENERS),
        _concern(concern.DecideAlert, INTERVENERS),
        _concern(concern.ReviewAlert, INTERVENERS),
        _concern(concern.CloseConcern, INTERVENERS),
        _concern(concern.RedactConcern, REDACTORS),
        Handles(risk.RateRisk, risk.risk_decider, risk.risk_stream, INTERVENERS),
        Handles(risk.DisputeRating, risk.risk_decider, risk.risk_stream, DISPUTERS),
        Handles(pm_visit.RecordPmVisit, pm_visit.pm_decider, pm_visit.pm_stream, AUTHORS, pm_visit.consult),
        Handles(pm_visit.LeaveFeedbackForm, pm_visit.pm_decider, pm_visit.pm_stream, AUTHORS),
        Handles(pm_visit.ReturnFeedbackForm, pm_visit.pm_decider, pm_visit.pm_stream, CHAIR),
        Handles(pm_visit.WithdrawPmVisit, pm_visit.pm_decider, pm_visit.pm_stream, LIMITERS),
        _targets(targets.ProposeTargets, HEAD),
        _targets(targets.CommentTarget, AUTHORS),
        _targets(targets.AgreeTargets, PARTIES),
        _targets(targets.SanctionTargets, CHAIR),
        Handles(
            absence_limits.RecordAbsenceLimits,
            absence_limits.absence_limits,
            absence_limits.stream,
            LIMITERS,
            absence_limits.consult,
        ),
        _sef(sef.SetSefDue, POLICIES),
        _sef(sef.ReceiveSef, SEF_RECEIVERS),
        _sef(sef.NoteSefOverdue, OFFICE),
        _grade(grades.GradeOwn, HEAD),
        _grade(grades.AgreeGrade, AUTHORS),
        _grade(grades.DisputeGrade, AUTHORS),
        _grade(grades.ModerateGrade, MANAGER),
        _grade(grades.SetLaGrade, REVIEWERS),
    ],
    queries=[
        Answers(of_targets.SchoolTargets, of_targets.school_targets, targets_tables.targets, READERS),
        Answers(of_targets.TargetMeasures, of_targets.target_measures, targets_tables.targets, READERS),
        Answers(of_sef.SefState, of_sef.sef_state, sef_tables.sef, READERS),
        Answers(of_sef.CountySefs, of_sef.county_sefs, sef_tables.sef, COUNTY_READERS),
        Answers(SchoolRecords, school_records, records, READERS),
        Answers(RecordOf, record_of, records, READERS),
        Answers(CheckDraft, check_draft, records, REVIEWERS),
        Answers(DraftsOf, drafts_of, records, REVIEWERS),
        Answers(QaQueue, qa_queue, records, REVIEWERS),
        Answers(SchoolReadings, school_readings, readings, READERS_OF_LOG),
        Answers(SchoolActions, school_actions, agreed_actions, READERS),
        Answers(CountyActions, county_actions, agreed_actions, CHASERS),
        Answers(SchoolConcerns, school_concerns, concerns, CONFIDANTS),
        Answers(SchoolRisk, school_risk, concerns, CONFIDANTS),
        Answers(ConcernsBoard, concerns_board, concerns, BOARD),
        Answers(PmVisit, pm_visit_of_year, pm_visits, READERS),
    ],
    projections=[targets_tables.targets, sef_tables.sef, records, readings, agreed_actions, concerns, pm_visits],
    policies=[
        destroy_texts,
        destroy_texts_of_concerns,
        policies_sef.sef_due_when_planned,
        policies_sef.sef_due_when_moved,
        *ACTION_POLICIES,
    ],
)
