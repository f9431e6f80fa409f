"""Forms for commands: fields with labels, values kept, errors beside them, and one command per form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4, uuid5

from flask import abort, flash, request

from gateway.clients import Invalid, Refused
from gateway.visitor import clients, visitor

T = TypeVar("T")

STILL_UPDATING = "Saved; still updating. Load the page again in a moment to see it."


@dataclass(frozen=True, slots=True)
class Field:
    """One question; its `name` is the command's, unless it is asked `beside` the command, as a reason or a time is.

    `kind` is text, number, date, textarea, password, select, radios or file; `options` are (value, words)
    pairs, and `no_choice` what a select says before one is chosen; `width` is a GOV.UK width class such as
    "govuk-input--width-10".
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    width: str = ""
    autocomplete: str = ""
    beside: bool = False
    no_choice: str = "Choose one"


@dataclass(slots=True)
class Form:
    """A form, opened or posted. `errors` has lists of sentences by field name; "" is the form as a whole."""

    fields: tuple[Field, ...]
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    form_id: UUID = field(default_factory=uuid4)

    @classmethod
    def of_request(cls, *fields: Field, **initial: str) -> Self:
        """The form as posted, or with initial values when the page is only being opened."""
        if request.method != "POST":
            return cls(fields, dict(initial))
        return cls(fields, {each.name: _typed(each) for each in fields}, form_id=_posted_id())

    def send(self, command: str, *, reason: str | None = None, **fixed: Any) -> bool:
        """Have the command done with what was typed and the `fixed` fields.

        True: saved, and the notice for the next page is set. False: refused, and `errors` says why.
        """
        payload = self._payload(fixed)
        reason = reason or self.values.get("reason")
        # The same form posted twice is one command; gone back to, changed and posted again, it is another.
        command_id = uuid5(self.form_id, repr((command, sorted(payload.items()))))
        person = visitor().person
        saved = self._attempt(
            lambda: clients().handle(command, payload, person=person, command_id=command_id, reason=reason)
        )
        if saved is None:
            return False
        flash("Saved" if saved.visible else STILL_UPDATING)
        return True

    def rehearse(self, command: str, **fixed: Any) -> list[str]:
        """What `send` would record now, in words; nothing when it would be refused, and `errors` says why."""
        payload, person = self._payload(fixed), visitor().person
        return self._attempt(lambda: clients().rehearse(command, payload, person=person)) or []

    def _payload(self, fixed: Mapping[str, Any]) -> Mapping[str, Any]:
        beside = {each.name for each in self.fields if each.beside}
        return {**{name: value for name, value in self.values.items() if value and name not in beside}, **fixed}

    def _attempt(self, act: Callable[[], T]) -> T | None:
        """What the act gives; None when it was refused, and `errors` says why."""
        try:
            return act()
        except Invalid as invalid:
            for name, messages in invalid.errors.items():
                self._blame(name, *messages)
        except Refused as refused:
            self._blame(refused.field, refused.message)
        return None

    def _blame(self, name: str | None, *messages: str) -> None:
        """Put messages beside their field, or over the form when the person was not asked for it."""
        asked = any(each.name == name for each in self.fields)
        self.errors.setdefault(name if name and asked else "", []).extend(messages)

    @property
    def status(self) -> int:
        """HTTP status of the page that shows this form."""
        return 422 if self.errors else 200


def _typed(question: Field) -> str:
    if question.kind != "date":
        return request.form.get(question.name, "").strip()
    parts = (request.form.get(f"{question.name}-{part}", "").strip() for part in ("year", "month", "day"))
    # ISO when it is a date, else near what was typed: the command's schema then says what is wrong with it.
    typed = [part.zfill(2) if part else "" for part in parts]
    return "-".join(typed) if any(typed) else ""


def _posted_id() -> UUID:
    try:
        return UUID(request.form.get("form_id", ""))
    except ValueError:
        abort(400, "The form was incomplete. Open the page again and fill it in once more.")
