"""The questions about visits and their planning: from which projection, and who may ask."""

from services.core.authorisation import COUNTY_READERS, EVERYONE, Role, allow
from services.core.service import Answers
from services.scheduling.projections.visits import visits
from services.scheduling.queries.cover import AdviserCover, adviser_cover
from services.scheduling.queries.planning import PlanningBoard, planning_board
from services.scheduling.queries.visits import (
    AdviserVisits,
    GovernorsPart,
    SchoolVisits,
    VisitDetails,
    adviser_visits,
    governors_part,
    school_visits,
    visit_details,
)

OFFICE = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
PLANNERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.ADVISER, Role.AUDITOR)

visit_projections = (visits,)
visit_queries = (
    Answers(SchoolVisits, school_visits, visits, EVERYONE),
    Answers(VisitDetails, visit_details, visits, EVERYONE),
    Answers(AdviserVisits, adviser_visits, visits, COUNTY_READERS),
    Answers(GovernorsPart, governors_part, visits, COUNTY_READERS),
    Answers(PlanningBoard, planning_board, visits, PLANNERS),
    Answers(AdviserCover, adviser_cover, visits, OFFICE),
)
