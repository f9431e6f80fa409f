"""How concerns and ratings are put into words."""

from flask import Flask

from gateway.clients import CONCERN_ASPECTS

STATES = {
    "observed": "Observed: the school is not told yet",
    "told": "The school was told",
    "alerted": "The team was alerted: not acknowledged yet",
    "acknowledged": "Acknowledged: not decided yet",
    "decided": "Decided",
    "reviewed": "Reviewed",
    "closed": "Closed",
}
FACTS = {
    "observed": "Concern observed",
    "told": "School told",
    "alerted": "Achievement and Intervention team alerted",
    "acknowledged": "Alert acknowledged",
    "decided": "Decision",
    "reviewed": "Review",
    "closed": "Closed",
    "redacted": "A text was redacted",
    "rated": "Rated",
    "disputed": "The school disagreed",
}
ASPECTS = tuple((aspect, aspect) for aspect in CONCERN_ASPECTS)
RATINGS = {
    "red-plus": "Red-Plus",
    "red": "Red",
    "red-amber": "Red-Amber",
    "amber-green": "Amber-Green",
    "n/a": "n/a",
}
NOT_A_FORECAST = (
    "A rating says how much attention a school needs from the authority. It is not a forecast of an Ofsted "
    "inspection, and not an overall judgement of the school."
)
"""RR1, in the words of the page."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEPS = ((2 * _DAY, _DAY, "day"), (_HOUR, _HOUR, "hour"), (_MINUTE, _MINUTE, "minute"))


def gap(seconds: int | None) -> str:
    """How long before or after the school was told the team was alerted: alerted 3 hours before the school was told."""
    if seconds is None:
        return ""
    length = abs(seconds)
    for least, unit, name in _STEPS:
        if length >= least:
            number = length // unit
            order = "after" if seconds > 0 else "before"
            return f"alerted {number} {name}{'' if number == 1 else 's'} {order} the school was told"
    return "alerted at the moment when the school was told"


def concern_state(name: str) -> str:
    return STATES[name]


def fact(name: str) -> str:
    """A kind of fact about a concern or a rating."""
    return FACTS[name]


def rating(name: str) -> str:
    """red-plus as Red-Plus, in the vocabulary of the national guidance"""
    return RATINGS[name]


def add_concern_words(app: Flask) -> None:
    """Make each of them a template filter of the same name."""
    for word in (gap, concern_state, fact, rating):
        app.add_template_filter(word)
