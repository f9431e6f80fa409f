"""The helpdesk service: calls, the help-line's hours, and the inspection board."""

from services.core.service import Service

helpdesk = Service("helpdesk")
