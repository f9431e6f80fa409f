"""Things to do from a page, each with a small page of its own: what is asked, and the one command that it sends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from gateway.forms import Field, Form
from gateway.visitor import may

_ANY = {"date": "2011-09-01", "number": "1"}
"""An answer that is taken, by the kind of question."""


@dataclass(frozen=True, slots=True)
class Act:
    """`name` stands in its address, `words` on the link to it and over it, `button` on its button.

    `about` is what to know before it is done; `reason` asks for the reason, where one must be given; `example` is an
    answer to a question to which 1 is none."""

    name: str
    command: str
    words: str
    button: str
    fields: tuple[Field, ...] = ()
    reason: str = ""
    about: str = ""
    example: dict[str, Any] = field(default_factory=dict)

    def offered(self, **fixed: Any) -> bool:
        """Whether the person of the page may do this, where the page itself answers the questions `fixed`."""
        answers = {
            each.name: each.options[0][0] if each.options else _ANY.get(each.kind, "any")
            for each in self.fields
            if not each.beside
        }
        return may(self.command, **answers | self.example | fixed)

    @property
    def questions(self) -> tuple[Field, ...]:
        return (*self.fields, Field("reason", self.reason, "textarea", beside=True)) if self.reason else self.fields


def turn_others_away(act: Act, **fixed: Any) -> None:
    """End the request of somebody who may not do this, before anything is asked of them."""
    if not act.offered(**fixed):
        abort(403, f"Your role today does not allow this: {act.words[0].lower()}{act.words[1:]}.")


def carry_out(act: Act, back: str, page: Callable[[Form], str], **fixed: Any) -> ResponseReturnValue:
    """Show the act's page, or do what was asked on it and go back to where it came from."""
    turn_others_away(act, **fixed)
    form = Form.of_request(*act.questions)
    if request.method == "POST" and form.send(act.command, **fixed):
        return redirect(back, 303)
    return page(form), form.status
