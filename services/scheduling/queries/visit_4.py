"""Whose visit 4 is: the day is for whoever may see the visits of a school, its hours and all else for fewer."""

from datetime import date

from services.core.authorisation import Role, Viewer

OFFICE = (Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER)


def sees_more_than_the_day(viewer: Viewer, urn: int, adviser: str | None, day: date) -> bool:
    """Whether the viewer plans the visits of the county, makes this visit 4, or is the head or the chair of the school
    on its day: a later head or chair took no part in it."""
    return (
        viewer.person == adviser
        or viewer.has(*OFFICE)
        or any(
            tenure.urn == urn and tenure.role.of_a_school and not tenure.reads_only and tenure.holds_on(day)
            for tenure in viewer.tenures
        )
    )
