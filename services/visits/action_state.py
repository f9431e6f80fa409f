"""What a school's stream of actions says: which there are, how each stands, and where those went that moved."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from services.core.events import Event
from services.visits.events import (
    ActionAgreed,
    ActionClosed,
    ActionMoved,
    ActionReviewed,
    ActionTaken,
    RecommendationMade,
)


class Action(Struct, frozen=True):
    """An action as agreed. `outcome` is empty while it is open, else achieved, withdrawn or school_closed; `moved` is
    the event that took it to another school."""

    agreed: ActionAgreed
    outcome: str = ""
    moved: ActionMoved | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it is still to be done: open, or closed for no other reason than that the school did."""
        return self.moved is None and self.outcome in ("", "school_closed")


class Actions(Struct, frozen=True):
    """A school's actions and the texts of its recommendations, by their identifiers."""

    actions: Mapping[str, Action] = {}
    recommendations: Mapping[str, RecommendationMade] = {}


def actions_stream(urn: int) -> str:
    return f"visits.actions-{urn}"


def evolve(school: Actions, event: Event) -> Actions:
    match event:
        case RecommendationMade(recommendation=name):
            return replace(school, recommendations={**school.recommendations, name: event})
        case ActionAgreed():
            return _with(school, event.action, Action(event))
        case ActionTaken():
            return _with(school, event.action, Action(_as_agreed(event)))
        case ActionClosed(action=name, outcome=outcome):
            return _with(school, name, replace(school.actions[name], outcome=outcome))
        case ActionMoved(action=name):
            return _with(school, name, replace(school.actions[name], moved=event))
        case ActionReviewed():
            pass  # no rule hangs on how it stands
    return school


def _with(school: Actions, name: str, action: Action) -> Actions:
    return replace(school, actions={**school.actions, name: action})


def _as_agreed(taken: ActionTaken) -> ActionAgreed:
    return ActionAgreed(
        urn=taken.urn,
        year=taken.year,
        visit=taken.visit,
        action=taken.action,
        text=taken.text,
        owner=taken.owner,
        due=taken.due,
        success=taken.success,
    )
