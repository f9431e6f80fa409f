"""The two dials over a school's history, as they stand in the address of the page."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from flask import request

from gateway.dates import NotADay, parse_day
from gateway.forms import Field, Form
from gateway.words import day

TRUE_ON = Field(
    "true-on",
    "True on",
    hint="What had become true in the world by this day. For example, 1 March 2012 or 1/3/2012",
    width="govuk-input--width-10",
    autocomplete="off",
)
KNOWN_ON = Field(
    "known-on",
    "Known on",
    hint="What had been recorded here by the end of this day, right or wrong. Leave a dial empty to see everything",
    width="govuk-input--width-10",
    autocomplete="off",
)
SERVICES = {
    "scheduling": "School and programme",
    "visits": "Visits, targets, grades, actions and concerns",
    "analytics": "Results, questions and inspections",
    "helpdesk": "Calls to the help-line",
    "billing": "Charges",
}
"""What the facts that each service records are about."""
OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Dials:
    """`form` holds what was typed and what is wrong with it; a dial that is None shows everything."""

    form: Form
    true_on: date | None
    known_on: date | None
    services: tuple[str, ...]
    oldest_first: bool

    @classmethod
    def of_request(cls) -> Self:
        form = Form((TRUE_ON, KNOWN_ON))
        true_on, known_on = (_typed(form, field.name) for field in form.fields)
        chosen = request.args.getlist("service")
        services = tuple(name for name in SERVICES if name in chosen)
        return cls(form, true_on, known_on, services, request.args.get("order") == OLDEST)

    @property
    def turned(self) -> bool:
        """Whether a dial hides anything that is known today."""
        return self.true_on is not None or self.known_on is not None

    def asked(self) -> dict[str, Any]:
        """The dials as fields of a query."""
        days = {"true_on": self.true_on, "known_on": self.known_on}
        return {name: value.isoformat() for name, value in days.items() if value}

    def address(self, **changed: Any) -> dict[str, Any]:
        """What leads back to this view, or to one that differs: arguments for url_for."""
        shown: dict[str, Any] = {name.replace("_", "-"): value for name, value in self.asked().items()}
        shown |= {"service": self.services, "order": OLDEST if self.oldest_first else None} | changed
        return {name: value for name, value in shown.items() if value}


OTHER_TRUE_ON = replace(TRUE_ON, name="other-true-on")
OTHER_KNOWN_ON = replace(KNOWN_ON, name="other-known-on")


@dataclass(frozen=True, slots=True)
class TwoSettings:
    """Two settings of the dials beside each other, for what changed between them."""

    form: Form
    one: tuple[date | None, date | None]
    other: tuple[date | None, date | None]

    @classmethod
    def of_request(cls) -> Self:
        form = Form((TRUE_ON, KNOWN_ON, OTHER_TRUE_ON, OTHER_KNOWN_ON))
        days = [_typed(form, field.name) for field in form.fields]
        return cls(form, (days[0], days[1]), (days[2], days[3]))

    def asked(self) -> dict[str, Any]:
        """Both settings as fields of a query."""
        names = ("true_on", "known_on", "other_true_on", "other_known_on")
        return {name: value.isoformat() for name, value in zip(names, (*self.one, *self.other), strict=True) if value}


def setting_words(true_on: date | None, known_on: date | None) -> str:
    """What a setting of the dials shows, in words."""
    known = f"known on {day(known_on)}" if known_on else "known today"
    return f"true by {day(true_on)}, as {known}" if true_on else f"all that is {known}"


def _typed(form: Form, name: str) -> date | None:
    """The day typed into a dial, which the form then holds in full words, or the mistake beside its question."""
    form.values[name] = typed = request.args.get(name, "").strip()
    if not typed:
        return None
    try:
        chosen = parse_day(typed)
    except NotADay as error:
        form.errors[name] = [str(error)]
        return None
    form.values[name] = day(chosen)
    return chosen
