"""The analytics service: results, averages and inspections, and the timeline over every service's events."""

from services.analytics import area, inspections, results
from services.analytics.projections.results import RESULTS
from services.analytics.projections.timeline import TIMELINE
from services.analytics.queries import county
from services.analytics.queries import results as of_school
from services.analytics.queries import timeline as of_time
from services.analytics.schools import is_known
from services.core.authorisation import ANYONE_IN_THE_COUNTY, EVERYONE, Role, allow
from services.core.service import Answers, Handles, Service

PUBLISHERS = allow(Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)
"""Results, averages and grades come from published files, which the programme's office imports."""

analytics = Service(
    "analytics",
    commands=[
        Handles(results.PublishResults, results.DECIDER, results.stream, PUBLISHERS, consult=is_known),
        Handles(area.PublishAreaFigures, area.DECIDER, area.stream, PUBLISHERS),
        Handles(inspections.RecordInspection, inspections.DECIDER, inspections.stream, PUBLISHERS, consult=is_known),
    ],
    queries=[
        Answers(of_time.SchoolTimeline, of_time.school_timeline, TIMELINE, EVERYONE),
        Answers(of_time.TimelineEntry, of_time.timeline_entry, TIMELINE, EVERYONE),
        Answers(of_time.SchoolAsOf, of_time.school_as_of, TIMELINE, EVERYONE),
        Answers(of_time.EventCounts, of_time.event_counts, TIMELINE, ANYONE_IN_THE_COUNTY),
        Answers(of_school.SchoolResults, of_school.school_results, RESULTS, EVERYONE),
        Answers(of_school.Inspections, of_school.inspections, RESULTS, EVERYONE),
        Answers(county.CountyResults, county.county_results, RESULTS, ANYONE_IN_THE_COUNTY),
    ],
    projections=[TIMELINE, RESULTS],
)
