"""The scheduling service: what it does, answers, folds and reacts to, and who may."""

from services.core.authorisation import ANYONE_IN_THE_COUNTY, EVERYONE, Role, allow
from services.core.policies import Effect
from services.core.service import Answers, Handles, Service
from services.scheduling import link, person, school, subscription
from services.scheduling.events import PersonErased
from services.scheduling.projections.people import people
from services.scheduling.projections.schools import schools
from services.scheduling.queries.people import SchoolPeople, school_people
from services.scheduling.queries.schools import (
    CountySchools,
    FindSchools,
    SchoolByUrn,
    county_schools,
    find_schools,
    school_by_urn,
)

OFFICE = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
BUYERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.HEADTEACHER)
APPOINTERS = allow(Role.PROGRAMME_MANAGER)
"""A tenure opens doors, so those who give them out are few."""
ERASERS = allow(Role.DATA_PROTECTION)


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
        Handles(person.ErasePerson, person.person_decider, _stream_of_person, ERASERS),
        Handles(
            subscription.SubscribeSchool,
            subscription.subscription_decider,
            subscription.subscription_stream,
            BUYERS,
            consult=subscription.the_school,
        ),
    ],
    queries=[
        Answers(FindSchools, find_schools, schools, ANYONE_IN_THE_COUNTY),
        Answers(SchoolByUrn, school_by_urn, schools, EVERYONE),
        Answers(CountySchools, county_schools, schools, ANYONE_IN_THE_COUNTY),
        Answers(SchoolPeople, school_people, people, EVERYONE),
    ],
    projections=[schools, people],
    policies=[Effect("scheduling.destroy_keys", PersonErased, lambda erased, keys: keys.erase(erased.person))],
)
