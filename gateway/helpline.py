"""The help-line at this moment, for the box that stands on other pages too."""

from datetime import date
from typing import Any

from flask import g

from gateway.visitor import Question, ask, clients, visitor
from gateway.words import LONDON


def helpline() -> Any:
    """Whether it is open, and which number works now (helpdesk.HelplineNow)."""
    query, fields = question()
    return ask(query, **fields).value


def question() -> Question:
    """What `helpline` asks: of one moment, however often the page asks."""
    now = g.setdefault("now", clients().now())
    return "helpdesk.HelplineNow", {"at": now.isoformat(), **own_school()}


def own_school() -> dict[str, int]:
    """A school of the person of this page, where their role is at one: what anybody may ask is asked from there."""
    schools = clients().schools(visitor().person)
    return {"urn": schools[0]} if schools else {}


def today() -> date:
    """The day in London by the clock of the services."""
    return clients().now().astimezone(LONDON).date()
