"""The visits service: records of visit, targets, self-evaluation, actions, concerns and reports."""

from services.core.service import Service

visits = Service("visits")
