"""The commands about a school's visits: on which stream, by whom, with which facts, and what time they claim first."""

from services.core.authorisation import Role, Rule, allow
from services.core.service import Handles
from services.scheduling import agenda, diary, holding, papers, succession, visit_changes, visit_planning
from services.scheduling.programme import stream_of

OFFICE = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
PLANNERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.ADVISER)
ANY_SIDE = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.ADVISER, Role.HEADTEACHER)
HEAD_AND_ADVISER = allow(Role.ADVISER, Role.HEADTEACHER)
ADVISERS = allow(Role.ADVISER)
POLICIES_ONLY = Rule()

visit_commands = (
    Handles(
        visit_planning.PlanVisit,
        visit_planning.plan_decider,
        stream_of,
        PLANNERS,
        consult=visit_planning.consult_plan,
        claims=visit_planning.claim_plan,
    ),
    Handles(
        visit_planning.MoveVisit,
        visit_planning.move_decider,
        stream_of,
        PLANNERS,
        consult=visit_planning.consult_move,
        claims=visit_planning.claim_move,
    ),
    Handles(
        visit_planning.ReassignVisit,
        visit_planning.reassign_decider,
        stream_of,
        OFFICE,
        consult=visit_planning.consult_reassign,
        claims=visit_planning.claim_reassign,
    ),
    Handles(visit_changes.ConfirmVisit, visit_changes.confirm_decider, stream_of, HEAD_AND_ADVISER),
    Handles(visit_changes.PostponeVisit, visit_changes.postpone_decider, stream_of, ANY_SIDE),
    Handles(visit_changes.CancelVisit, visit_changes.cancel_decider, stream_of, PLANNERS),
    Handles(
        visit_changes.HoldVisitsForInspection,
        visit_changes.hold_decider,
        stream_of,
        POLICIES_ONLY,
        consult=visit_changes.held_before,
    ),
    Handles(
        visit_changes.CancelVisitsAfterClosing,
        visit_changes.close_decider,
        stream_of,
        POLICIES_ONLY,
        consult=visit_changes.closing,
    ),
    Handles(agenda.ProposeAgenda, agenda.propose_decider, stream_of, HEAD_AND_ADVISER),
    Handles(agenda.CounterAgenda, agenda.counter_decider, stream_of, HEAD_AND_ADVISER),
    Handles(agenda.AgreeAgenda, agenda.agree_decider, stream_of, HEAD_AND_ADVISER),
    Handles(papers.RequestPapers, papers.request_decider, stream_of, ADVISERS),
    Handles(papers.ReceivePaper, papers.receive_decider, stream_of, PLANNERS),
    Handles(holding.HoldVisit, holding.held_decider, stream_of, ADVISERS),
    Handles(holding.RecordNotHeld, holding.not_held_decider, stream_of, PLANNERS),
    Handles(
        succession.HandOverProgramme,
        succession.hand_over_decider,
        stream_of,
        POLICIES_ONLY,
        consult=succession.handing_over,
    ),
    Handles(
        succession.TakeOverProgramme,
        succession.take_over_decider,
        stream_of,
        POLICIES_ONLY,
        consult=succession.taking_over,
    ),
    Handles(diary.ReserveTime, diary.diary_decider, diary.diary_stream, POLICIES_ONLY, consult=diary.as_planned),
    Handles(diary.ReleaseTime, diary.diary_decider, diary.diary_stream, OFFICE, consult=diary.as_planned),
)
