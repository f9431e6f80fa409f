"""TR7: what was recorded about small groups of pupils, as those may read it who are neither of the school nor work with
schools in confidence."""

from msgspec.structs import replace

from services.core.events import Event
from services.visits.events import Target, TargetCommented, TargetsProposed, is_small

WITHHELD = "withheld"
"""What stands where an outsider would read a figure or words about a small group."""


def tells_of_groups(event: Event) -> bool:
    """Whether a fact has figures or words about groups of pupils."""
    return isinstance(event, TargetsProposed | TargetCommented)


def for_outsiders(event: Event) -> Event:
    """The same fact without figures of small groups, and without comments: how many pupils these are about stands in
    another fact."""
    match event:
        case TargetsProposed(targets=targets):
            return replace(event, targets=tuple(_without_figures(t) if is_small(t.cohort_size) else t for t in targets))
        case TargetCommented():
            return replace(event, comment=WITHHELD)
    return event


def _without_figures(target: Target) -> Target:
    return Target(target.measure, target.group, WITHHELD)
