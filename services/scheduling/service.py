"""The scheduling service: what it does, answers, folds and reacts to, and who may."""

from services.core.authorisation import ANYONE_IN_THE_COUNTY, EVERYONE, Role, allow
from services.core.policies import Effect
from services.core.service import Answers, Handles, Service
from services.scheduling import link, person, school
from services.scheduling.adviser_handles import adviser_commands
from services.scheduling.events import PersonErased
from services.scheduling.policies import visit_policies
from services.scheduling.policies_succession import advisers_go_on, note_predecessors
from services.scheduling.projections.people import people
from services.scheduling.projections.schools import schools
from services.scheduling.queries.adviser_answers import adviser_projections, adviser_queries
from services.scheduling.queries.people import NamesOf, SchoolPeople, names_of, school_people
from services.scheduling.queries.schools import (
    CountySchools,
    FindSchools,
    SchoolByUrn,
    county_schools,
    find_schools,
    school_by_urn,
)
from services.scheduling.queries.visit_answers import visit_projections, visit_queries
from services.scheduling.visit_handles import visit_commands

OFFICE = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
APPOINTERS = allow(Role.PROGRAMME_MANAGER)
"""A tenure opens doors, so those who give them out are few."""
DATA_PROTECTION = allow(Role.DATA_PROTECTION)


def _stream_of_person(command: person.AboutPerson) -> str:
    return person.person_stream(command.person)


scheduling = Service(
    "scheduling",
    commands=[
        Handles(school.RecordSchool, school.school_decider, lambda command: school.school_stream(command.urn), OFFICE),
        Handles(link.LinkSchools, link.link_decider, link.link_stream, OFFICE),
        Handles(person.RegisterPerson, person.person_decider, _stream_of_person, OFFICE),
        Handles(person.BeginTenure, person.person_decider, _stream_of_person, APPOINTERS),
        Handles(person.EndTenure, person.person_decider, _stream_of_person, APPOINTERS),
        Handles(person.ErasePerson, person.person_decider, _stream_of_person, DATA_PROTECTION),
        Handles(person.GrantBackView, person.person_decider, _stream_of_person, DATA_PROTECTION),
        *adviser_commands,
        *visit_commands,
    ],
    queries=[
        Answers(FindSchools, find_schools, schools, ANYONE_IN_THE_COUNTY),
        Answers(SchoolByUrn, school_by_urn, schools, EVERYONE),
        Answers(CountySchools, county_schools, schools, ANYONE_IN_THE_COUNTY),
        Answers(SchoolPeople, school_people, people, EVERYONE),
        Answers(NamesOf, names_of, people, EVERYONE),
        *adviser_queries,
        *visit_queries,
    ],
    projections=[schools, people, *visit_projections, *adviser_projections],
    policies=[
        Effect("scheduling.destroy_keys", PersonErased, lambda erased, keys: keys.erase(erased.person)),
        note_predecessors,
        advisers_go_on,
        *visit_policies,
    ],
)
