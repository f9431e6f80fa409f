"""Exceptions that cross from a service to the gateway and come out as the same class with the same contents."""

from services.cluster.messages import Fault
from services.core.authorisation import Forbidden
from services.core.deciders import Damaged, Refused
from services.core.log import (
    Conflict,
    Duplicate,
    LogDamaged,
    LogInUse,
    LogTooNew,
    LogUnavailable,
    OutcomeUnknown,
)
from services.core.read_db import BeingRebuilt
from services.core.runtime import Unknown
from services.core.schemas import Invalid


class ServiceUnavailable(LogUnavailable):
    """The service or the way to it is down, and nothing was asked of it: nothing was recorded."""


class TooLate(LogUnavailable):
    """The request came after its deadline, so nothing was done."""


class ServiceFailed(Exception):
    """The service met a fault of its own; its log says which."""


WORDS = (
    *(Forbidden, Conflict, Unknown, Damaged, Duplicate, BeingRebuilt),
    *(LogUnavailable, LogInUse, LogDamaged, LogTooNew, ServiceUnavailable, TooLate, OutcomeUnknown),
)
"""Those that hold words and nothing else."""
BY_NAME = {kind.__name__: kind for kind in WORDS}


def fault_of(error: Exception) -> Fault:
    """What is sent of an exception; of one that nobody foresaw only that there was one."""
    if isinstance(error, Invalid):
        return Fault("Invalid", "", errors=dict(error.errors))
    if isinstance(error, Refused):
        return Fault("Refused", error.message, field=error.field)
    if isinstance(error, WORDS):
        known = next(kind.__name__ for kind in type(error).__mro__ if kind in WORDS)
        return Fault(known, str(error))
    return Fault("ServiceFailed", f"The service failed: {type(error).__name__}.")


def error_of(fault: Fault) -> Exception:
    """The exception that a fault was made of."""
    if fault.kind == "Invalid":
        return Invalid(fault.errors)
    if fault.kind == "Refused":
        return Refused(fault.message, fault.field)
    return BY_NAME.get(fault.kind, ServiceFailed)(fault.message)
