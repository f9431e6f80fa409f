"""The analytics service: results, averages and inspections, the questions drawn from them, how the programme runs, and
the timeline over every service's events."""

from services.analytics import area, inspections, questions, results
from services.analytics.projections.performance import PERFORMANCE
from services.analytics.projections.questions import QUESTIONS
from services.analytics.projections.results import RESULTS
from services.analytics.projections.timeline import TIMELINE
from services.analytics.queries import calibration, county, difference, performance, proof, suggestions, targets
from services.analytics.queries import questions as of_visit
from services.analytics.queries import results as of_school
from services.analytics.queries import timeline as of_time
from services.analytics.schools import is_known
from services.core.authorisation import ANYONE_IN_THE_COUNTY, COUNTY_READERS, EVERYONE, READERS, Role, allow
from services.core.service import Answers, Handles, Service

PUBLISHERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
"""Results, averages and grades come from published files, which the programme's office imports."""
QUESTIONERS = allow(Role.ADVISER)
"""Of the advisers, the school's own and the visit's: the decider sees to that."""
PACKERS = allow(Role.PROGRAMME_MANAGER, Role.AUDITOR)
"""A pack leaves the house with everything in it, so those who may make one are few."""
CALIBRATORS = allow(Role.PROGRAMME_MANAGER, Role.INTERVENTION, Role.AUDITOR)

analytics = Service(
    "analytics",
    commands=[
        Handles(results.PublishResults, results.DECIDER, results.stream, PUBLISHERS, consult=is_known),
        Handles(area.PublishAreaFigures, area.DECIDER, area.stream, PUBLISHERS),
        Handles(inspections.RecordInspection, inspections.DECIDER, inspections.stream, PUBLISHERS, consult=is_known),
        *(
            Handles(command, questions.DECIDER, questions.stream, QUESTIONERS, consult=questions.consult)
            for command in (
                questions.PrepareQuestion,
                questions.WithdrawQuestion,
                questions.SendQuestions,
                questions.AnswerQuestion,
            )
        ),
    ],
    queries=[
        Answers(of_time.SchoolTimeline, of_time.school_timeline, TIMELINE, READERS),
        Answers(of_time.TimelineEntry, of_time.timeline_entry, TIMELINE, READERS),
        Answers(of_time.SchoolAsOf, of_time.school_as_of, TIMELINE, READERS),
        Answers(difference.HistoryDifference, difference.history_difference, TIMELINE, READERS),
        Answers(proof.HistoryCheck, proof.history_check, TIMELINE, READERS),
        Answers(proof.EvidencePack, proof.evidence_pack, TIMELINE, PACKERS),
        Answers(of_time.EventCounts, of_time.event_counts, TIMELINE, COUNTY_READERS),
        Answers(of_school.SchoolResults, of_school.school_results, RESULTS, EVERYONE),
        Answers(of_school.Inspections, of_school.inspections, RESULTS, EVERYONE),
        Answers(targets.TargetsAgainstResults, targets.targets_against_results, RESULTS, READERS),
        Answers(targets.TargetsMet, targets.targets_met, RESULTS, COUNTY_READERS),
        Answers(suggestions.SuggestedQuestions, suggestions.suggested_questions, RESULTS, COUNTY_READERS),
        Answers(county.CountyResults, county.county_results, RESULTS, ANYONE_IN_THE_COUNTY),
        Answers(calibration.GradeCalibration, calibration.grade_calibration, RESULTS, CALIBRATORS),
        Answers(of_visit.VisitQuestions, of_visit.visit_questions, QUESTIONS, READERS),
        Answers(performance.SchoolPerformance, performance.school_performance, PERFORMANCE, READERS),
        Answers(performance.CountyPerformance, performance.county_performance, PERFORMANCE, COUNTY_READERS),
    ],
    projections=[TIMELINE, RESULTS, QUESTIONS, PERFORMANCE],
)
