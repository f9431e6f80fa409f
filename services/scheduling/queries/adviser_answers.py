"""Who may ask what about advisers, their allocation, and what schools take."""

from services.core.authorisation import ANYONE_IN_THE_COUNTY, COUNTY_READERS, EVERYONE
from services.core.service import Answers
from services.scheduling.projections.advisers import advisers
from services.scheduling.projections.agreements import agreements
from services.scheduling.projections.extras import extras as all_extras
from services.scheduling.projections.terms import all_terms
from services.scheduling.queries.advisers import AdviserDetails, CountyAdvisers, adviser_details, county_advisers
from services.scheduling.queries.agreements import SchoolProgramme, school_programme
from services.scheduling.queries.allocations import (
    CountyAllocations,
    SchoolAdviser,
    county_allocations,
    school_adviser,
)
from services.scheduling.queries.extras import SchoolServices, school_services
from services.scheduling.queries.terms import Terms, terms_of_year

adviser_queries = [
    Answers(CountyAdvisers, county_advisers, advisers, COUNTY_READERS),
    Answers(AdviserDetails, adviser_details, advisers, COUNTY_READERS),
    Answers(CountyAllocations, county_allocations, advisers, COUNTY_READERS),
    Answers(SchoolAdviser, school_adviser, advisers, EVERYONE),
    Answers(SchoolProgramme, school_programme, agreements, EVERYONE),
    Answers(SchoolServices, school_services, all_extras, EVERYONE),
    Answers(Terms, terms_of_year, all_terms, ANYONE_IN_THE_COUNTY),
]
adviser_projections = [advisers, agreements, all_extras, all_terms]
