"""The helpdesk service: calls, the help-line's hours, and the inspection board."""

from services.core.authorisation import ANYONE_IN_THE_COUNTY, EVERYONE, Role, allow
from services.core.service import Answers, Handles, Service
from services.helpdesk import handling, inspection, receiving
from services.helpdesk.call import call_stream
from services.helpdesk.hours import HOURS, SetHoliday, SetHours, SetResponseTarget, WithdrawHoliday, hours
from services.helpdesk.policies import destroy_keys, tell_adviser
from services.helpdesk.projections.calls import calls
from services.helpdesk.queries.calls import OneCall, SchoolCalls, one_call, school_calls
from services.helpdesk.queries.desk import Desk, desk
from services.helpdesk.queries.helpline import HelplineNow, HoursInForce, helpline_now, hours_in_force
from services.helpdesk.queries.inspections import InspectionBoard, inspection_board
from services.helpdesk.queries.levels import ServiceLevels, service_levels
from services.helpdesk.queries.people import DeskPeople, desk_people
from services.helpdesk.queries.shown import COUNTY

DESK = allow(Role.DUTY_OFFICER, Role.DUTY_MANAGER)
"""Those who take calls and see them through."""
MANAGER = allow(Role.DUTY_MANAGER)
ANSWERERS = allow(Role.DUTY_OFFICER, Role.DUTY_MANAGER, Role.ADVISER, Role.PROGRAMME_MANAGER, Role.INTERVENTION)
"""Whoever a call may be given to; the decider lets others than the desk do so only with what was given to them."""
SETTERS = allow(Role.DUTY_MANAGER, Role.PROGRAMME_MANAGER)
ERASERS = allow(Role.DATA_PROTECTION)
NOBODY = allow()
"""A command that only the platform's own rules give."""
READERS = allow(Role.DUTY_OFFICER, Role.DUTY_MANAGER, Role.PROGRAMME_MANAGER)
COUNTY_AND_SCHOOL = allow(*COUNTY, Role.HEADTEACHER, Role.CHAIR)
"""At a school, each opens only the calls of their own tenure."""

helpdesk = Service(
    "helpdesk",
    commands=[
        *(
            Handles(command, hours, lambda command: HOURS, SETTERS)
            for command in (SetHours, SetHoliday, WithdrawHoliday, SetResponseTarget)
        ),
        Handles(receiving.ReceiveCall, receiving.receiving, call_stream, DESK, receiving.consult),
        Handles(receiving.ReceiveOfstedCall, receiving.receiving, call_stream, DESK, receiving.consult),
        Handles(handling.ContactManager, handling.handling, call_stream, DESK, handling.is_duty_manager),
        Handles(handling.AcknowledgeContact, handling.handling, call_stream, MANAGER),
        Handles(handling.AssignCall, handling.handling, call_stream, DESK, handling.is_somebody),
        Handles(handling.AnswerCall, handling.handling, call_stream, ANSWERERS, handling.calendar_of_call),
        Handles(handling.ResolveCall, handling.handling, call_stream, ANSWERERS),
        Handles(handling.CloseCall, handling.handling, call_stream, DESK),
        Handles(handling.ReopenCall, handling.handling, call_stream, DESK),
        Handles(handling.EraseCaller, handling.handling, call_stream, ERASERS),
        Handles(inspection.TellAdviser, inspection.inspection, call_stream, NOBODY, inspection.allocation_of_school),
        Handles(inspection.ChangeInspectionDates, inspection.inspection, call_stream, DESK),
        Handles(inspection.ArrangeFeedback, inspection.inspection, call_stream, DESK, inspection.at_feedback),
        Handles(inspection.RecordInspectionOutcome, inspection.inspection, call_stream, DESK),
    ],
    queries=[
        Answers(HelplineNow, helpline_now, calls, EVERYONE),
        Answers(HoursInForce, hours_in_force, calls, EVERYONE),
        Answers(Desk, desk, calls, READERS),
        Answers(DeskPeople, desk_people, calls, READERS),
        Answers(InspectionBoard, inspection_board, calls, ANYONE_IN_THE_COUNTY),
        Answers(SchoolCalls, school_calls, calls, COUNTY_AND_SCHOOL),
        Answers(OneCall, one_call, calls, COUNTY_AND_SCHOOL),
        Answers(ServiceLevels, service_levels, calls, allow(*READERS.county, Role.AUDITOR)),
    ],
    projections=[calls],
    policies=[tell_adviser, destroy_keys],
)
