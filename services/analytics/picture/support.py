"""Open actions and concerns, the rating of risk, and calls to the help-line."""

from datetime import date

from msgspec.structs import replace

from services.analytics.picture.shape import ActionSeen, ConcernSeen, RiskSeen, SchoolPicture
from services.core.events import Event
from services.helpdesk.events import CallReceived, OfstedCallReceived
from services.visits.events import (
    ActionAgreed,
    ActionClosed,
    ActionMoved,
    ActionReviewed,
    ActionTaken,
    AlertAcknowledged,
    AlertDecided,
    AlertReviewed,
    ConcernClosed,
    ConcernObserved,
    RiskRated,
    SchoolTold,
    TeamAlerted,
)


def after(picture: SchoolPicture, event: Event, day: date) -> SchoolPicture:
    match event:
        case ActionAgreed() | ActionTaken():
            action = ActionSeen(event.text, event.owner, event.due)
            return replace(picture, actions=picture.actions | {event.action: action})
        case ActionReviewed() if event.action in picture.actions:
            reviewed = replace(picture.actions[event.action], status=event.status)
            return replace(picture, actions=picture.actions | {event.action: reviewed})
        case ActionClosed() | ActionMoved():
            return replace(picture, actions={k: v for k, v in picture.actions.items() if k != event.action})
        case ConcernObserved():
            return _concern(picture, event.concern, event.aspect, "observed")
        case SchoolTold():
            return _concern(picture, event.concern, event.aspect, "told")
        case TeamAlerted():
            return _concern(picture, event.concern, event.aspect, "alerted")
        case AlertAcknowledged():
            return _moved(picture, event.concern, "acknowledged")
        case AlertDecided():
            return _moved(picture, event.concern, "decided")
        case AlertReviewed():
            return _moved(picture, event.concern, "reviewed")
        case ConcernClosed():
            return replace(picture, concerns={k: v for k, v in picture.concerns.items() if k != event.concern})
        case RiskRated():
            return replace(picture, risk=RiskSeen(event.rating, event.direction))
        case CallReceived() | OfstedCallReceived():
            return replace(picture, calls=picture.calls + 1)
    return picture


def _concern(picture: SchoolPicture, concern: str, aspect: str, state: str) -> SchoolPicture:
    return replace(picture, concerns=picture.concerns | {concern: ConcernSeen(aspect, state)})


def _moved(picture: SchoolPicture, concern: str, state: str) -> SchoolPicture:
    """Who may not see how a concern began may still see how it went on, and then nothing is said of it."""
    known = picture.concerns.get(concern)
    return picture if known is None else _concern(picture, concern, known.aspect, state)
