"""The rows of the target form: a measure for all pupils or some, as people type it and as the command wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from gateway.forms import Field, Form

GROUPS = {"all": "All pupils", "fsm": "Pupils with free school meals", "sen": "Pupils with special needs"}
OWN_WORDS = 2
"""How many measures of its own a special school can add."""

_COUNTS = (("count", "Pupils to reach it"), ("cohort_size", "Pupils in the group"))
_TEXTS = (("actions", "Actions to reach it"), ("special_factors", "Special factors"))
_NUMBER = "govuk-input--width-4"


@dataclass(frozen=True, slots=True)
class FormRow:
    """`number` counts the rows of the form. `known` is what stands beside it: earlier target and data version."""

    number: int
    measure: str
    label: str
    kind: str
    group: str
    known: Mapping[str, str]

    def name(self, part: str) -> str:
        return f"targets.{self.number}.{part}"

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its questions, in the order of the page."""
        asked = [Field(self.name(part), words, "number", width=_NUMBER) for part, words in self._figures()]
        asked += [Field(self.name("estimate"), "Estimate", width=_NUMBER)]
        if self.kind == "other":
            asked = [Field(self.name("words"), "What will be measured"), *asked]
        if self.group == "all":
            asked += [Field(self.name(part), words, "textarea") for part, words in _TEXTS]
        if self.kind == "absence":
            why = "Needed where absence would be above one of the limits"
            asked += [Field(self.name("explanation"), "Why attendance can not be higher", "textarea", why)]
        return tuple(asked)

    def _figures(self) -> Sequence[tuple[str, str]]:
        if self.kind == "share":
            return _COUNTS
        return (("percentage", "Attendance, per cent" if self.kind == "absence" else "Per cent"),)

    def payload(self, form: Form) -> dict[str, Any] | None:
        """The row as the command wants it; None when no figure was typed."""
        typed = {each.name.rsplit(".", 1)[1]: form.values.get(each.name, "") for each in self.fields}
        words = typed.pop("words", "")
        if not any(typed.get(part) for part, _ in self._figures()):
            return None
        if self.kind == "absence":
            typed["percentage"] = other_share(typed["percentage"])
        measure = f"{self.measure}: {words}" if self.kind == "other" else self.measure
        filled = {name: value for name, value in typed.items() if value}
        return {"measure": measure, "group": self.group, **self.known, **filled}

    def values(self, line: Any) -> dict[str, str]:
        """What to begin with: a target that was proposed before (visits.SchoolTargets)."""
        parts = ("count", "cohort_size", "estimate", "actions", "special_factors", "explanation")
        found = {part: str(value) for part in parts if (value := getattr(line, part)) is not None}
        if self.kind != "share":
            found["percentage"] = line.shown
        if self.kind == "other":
            found["words"] = line.label
        return {self.name(part): value for part, value in found.items()}


def form_rows(measures: Sequence[Any]) -> list[FormRow]:
    """The rows to ask for, from the measures of the school and the year (visits.TargetMeasures)."""
    rows: list[FormRow] = []
    for measure in measures:
        groups = GROUPS if measure.kind == "share" else ["all"] * (OWN_WORDS if measure.kind == "other" else 1)
        for group in groups:
            rows.append(FormRow(len(rows), measure.code, measure.label, measure.kind, group, {}))
    return rows


def with_known(row: FormRow, **known: str | None) -> FormRow:
    return replace(row, known={name: value for name, value in known.items() if value})


def blame(form: Form, sent: Sequence[FormRow], errors: Mapping[str, list[str]]) -> None:
    """Put the service's errors at the rows of the form: it counts the rows that were sent, the form all of them."""
    asked = {field.name for field in form.fields}
    for name, messages in errors.items():
        head, _, rest = name.partition(".")
        number, _, part = rest.partition(".")
        place = sent[int(number)].name(part) if head == "targets" and number.isdecimal() else name
        form.errors.setdefault(place if place in asked else "", []).extend(messages)


def other_share(typed: str) -> str:
    """Attendance as absence, and back: 94.7 as 5.3. What is no number stays as it was typed."""
    try:
        share = 100 - Decimal(typed)
    except InvalidOperation:
        return typed
    return format(share, "f") if share.is_finite() else typed
