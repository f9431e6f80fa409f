"""The words that a call is described with (domain 2.4)."""

from typing import Literal

from services.core.authorisation import Role

OfstedKind = Literal["inspection", "monitoring_visit", "theme_inspection"]
"""What Ofsted comes for (HR2)."""
Matter = Literal["day_to_day", "pre_inspection_briefing", "during_inspection", "other_ofsted"]
"""What any other call is about; two of them are issues of an inspection (HR4)."""
Category = Literal[OfstedKind, Matter]

Channel = Literal["phone", "email", "in_person"]
Urgency = Literal["routine", "today", "at_once"]
CallerRole = Literal["headteacher", "deputy_headteacher", "chair_of_governors", "governor", "school_office", "other"]

TEAM_LEADERS = (Role.PROGRAMME_MANAGER, Role.DUTY_MANAGER, Role.INTERVENTION)
"""Whose role lets them stand in for a Link Adviser at the inspectors' feedback."""
