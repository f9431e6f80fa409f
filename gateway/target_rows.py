"""The rows of the target form: a measure for all pupils or some, as people type it and as the command wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from gateway.forms import Field, Form

GROUPS = {"all": "All pupils", "fsm": "Pupils with free school meals", "sen": "Pupils with special needs"}
OWN_MEASURES = 2
"""How many measures in its own words a special school can add at once."""

_COUNTS = (("count", "Pupils to reach it"), ("cohort_size", "Pupils in the group"))
_ATTENDANCE = (("percentage", "Attendance in per cent"),)
_SHARE = (("percentage", "Target in per cent"),)
_TEXTS = (("actions", "Actions to reach it"), ("special_factors", "Special factors"))
_WHY = "Needed where absence would be higher than one of the limits"
_NARROW = "govuk-input--width-4"


@dataclass(frozen=True, slots=True)
class FormRow:
    """`number` counts the rows of the form; `known` is what the platform holds and adds of itself."""

    number: int
    measure: str
    label: str
    kind: str
    group: str
    known: Mapping[str, str]

    def name(self, part: str) -> str:
        return f"targets.{self.number}.{part}"

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """The parts that hold the target, with their words."""
        return {"share": _COUNTS, "absence": _ATTENDANCE}.get(self.kind, _SHARE)

    @property
    def earlier(self) -> str:
        """The target of the summer before in per cent, as people read it; empty where there was none."""
        known = self.known.get("earlier", "")
        return other_share(known) if known and self.kind == "absence" else known

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its questions, in the order of the page."""
        parts: list[tuple[str, str, str, str]] = [("words", "What is measured", "text", "")] * (self.kind == "other")
        parts += [(part, words, "number", "") for part, words in self.figures]
        parts.append(("estimate", "Estimate in per cent, if you have one", "number", ""))
        if self.group == "all":
            parts += [(part, words, "textarea", "") for part, words in _TEXTS]
        if self.kind == "absence":
            parts.append(("explanation", "Why attendance can not be higher", "textarea", _WHY))
        return tuple(
            Field(self.name(part), words, kind, hint, width=_NARROW if kind == "number" else "", beside=True)
            for part, words, kind, hint in parts
        )

    def has_words(self, form: Form) -> bool:
        """Whether actions or special factors were typed, or something is wrong with them."""
        names = {self.name(part) for part, _ in _TEXTS}
        return any(form.values.get(name) or name in form.errors for name in names)

    def payload(self, form: Form) -> dict[str, Any] | None:
        """The row as the command wants it; None when no figure was typed."""
        typed = {field.name.rsplit(".", 1)[1]: form.values.get(field.name, "") for field in self.fields}
        if not any(typed[part] for part, _ in self.figures):
            return None
        if self.kind == "absence":
            typed["percentage"] = other_share(typed["percentage"])
        words = typed.pop("words", "")
        measure = f"{self.measure}: {words}" if self.kind == "other" else self.measure
        return {
            "measure": measure,
            "group": self.group,
            **self.known,
            **{n: value for n, value in typed.items() if value},
        }

    def begin_with(self, line: Any) -> dict[str, str]:
        """The answers that give a target as it was proposed before (visits.SchoolTargets)."""
        answers = {field.name.rsplit(".", 1)[1] for field in self.fields}
        stored = {part: getattr(line, part) for part in answers - {"words", "percentage"}}
        stored |= {"words": line.label, "percentage": line.shown}
        return {self.name(part): str(stored[part]) for part in answers if stored[part] is not None}


def form_rows(measures: Sequence[Any], known: Mapping[tuple[str, str], Mapping[str, str]]) -> list[FormRow]:
    """The rows to ask for, from the measures of the school and the summer (visits.TargetMeasures)."""
    asked = [
        (measure, group)
        for measure in measures
        for group in (GROUPS if measure.kind == "share" else ["all"] * (OWN_MEASURES if measure.kind == "other" else 1))
    ]
    return [
        FormRow(number, measure.code, measure.label, measure.kind, group, known.get((measure.code, group), {}))
        for number, (measure, group) in enumerate(asked)
    ]


def initial(rows: Sequence[FormRow], lines: Sequence[Any]) -> dict[str, str]:
    """The answers that give these targets again."""
    unplaced = list(lines)
    answers: dict[str, str] = {}
    for row in rows:
        line = next((each for each in unplaced if _is_of(each, row)), None)
        if line is not None:
            unplaced.remove(line)
            answers |= row.begin_with(line)
    return answers


def _is_of(line: Any, row: FormRow) -> bool:
    measure, _, _ = str(line.measure).partition(": ")
    return (measure, line.group) == (row.measure, row.group)


def send_rows(form: Form, rows: Sequence[FormRow], command: str, **fixed: Any) -> bool:
    """Send the rows in which a figure was typed. The service counts those from 0, the form counts all of them: what is
    wrong is said at the form's own row."""
    filled = [(row, payload) for row in rows if (payload := row.payload(form))]
    if not filled:
        form.errors[""] = ["Enter at least one target"]
        return False
    counted = [replace(row, number=number) for number, (row, _) in enumerate(filled)]
    others = [field for field in form.fields if not field.beside]
    fields = (*others, *(field for row in counted for field in row.fields))
    values = {field.name: form.values[field.name] for field in others}
    sending = Form(fields, values, form_id=form.form_id)
    sent = sending.send(command, targets=[payload for _, payload in filled], **fixed)
    names = (field.name for row, _ in filled for field in row.fields)
    places = dict(zip((field.name for field in fields[len(others) :]), names, strict=True))
    form.errors = {places.get(name, name): said for name, said in sending.errors.items()}
    return sent


def other_share(typed: str) -> str:
    """Attendance as absence, and back: 94.7 as 5.3. What is no number stays as it was typed."""
    try:
        share = 100 - Decimal(typed)
    except InvalidOperation:
        return typed
    return format(share, "f") if share.is_finite() else typed
