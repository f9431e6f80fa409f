"""Whom a fact is for: everyone who may see the school, or fewer. Kept by the type of event, asked by queries."""

from enum import StrEnum


class Audience(StrEnum):
    """Who may open a fact about a school, beside the platform itself."""

    SCHOOL = "school"
    """Whoever may see the school's pages."""
    CONFIDENTIAL = "confidential"
    """Those of the authority who work with schools, and whoever held a role at the school on the fact's own day."""
    COUNTY = "county"
    """Those of the authority who work with schools, and nobody at the school."""
    PARTICIPANTS = "participants"
    """Only the persons whom the event names; others see that it happened, and the day."""
