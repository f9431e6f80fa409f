"""Importing published files: choose what it is, have the file checked, then import what was checked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from gateway.clients import ImportReport, UnreadableUpload
from gateway.forms import Field, Form
from gateway.held_files import HeldFiles
from gateway.visitor import clients, visitor

imports = Blueprint("imports", __name__)

OFFICE = frozenset({"programme_manager", "programme_officer"})
FILE = Field("file", "The file", "file", "CSV, as it was published")
VERSION = Field("data_version", "Data version", hint="Which publication this is, such as provisional, revised or final")
YEAR = Field("year", "Year of the tests", "number", "For example, 2018 for 2017-18", width="govuk-input--width-4")
EFFECTIVE_ON = Field(
    "effective_on", "Day of the file", "date", "A change is true from this day, if its row has no day of its own"
)
ROWS_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, where it comes from, and what must be said of it."""

    words: str
    source: str
    questions: tuple[Field, ...] = ()


KINDS = {
    "schools": Kind("Schools", "Any extract of Get Information about Schools (GIAS)", (EFFECTIVE_ON,)),
    "links": Kind("Links between schools", "The links extract of Get Information about Schools (GIAS)"),
    "results": Kind("Key stage 2 results of schools", "The school performance tables of one year", (YEAR, VERSION)),
    "averages": Kind("Averages of authorities and England", "The Local Authority Interactive Tool (LAIT)", (VERSION,)),
    "inspections": Kind("Ofsted inspections", "A table with the columns URN, Rating and Inspection Date"),
}


@imports.get("/imports")
def upload() -> str:
    _for_the_office()
    return render_template("imports.html", kinds=[(name, kind.words, kind.source) for name, kind in KINDS.items()])


@imports.get("/imports/<name>")
def choose(name: str) -> str:
    _for_the_office()
    return _page(name, Form((FILE, *_kind(name).questions)))


@imports.post("/imports/<name>")
def take(name: str) -> ResponseReturnValue:
    _for_the_office()
    kind, importing = _kind(name), request.form.get("step") == "import"
    form = Form.of_request(FILE, *kind.questions)
    ticket = request.form.get("ticket", "") if importing else _hold(form)
    options = _options(form, kind)
    if form.errors:
        return _page(name, form), form.status
    file = _held().fetch(visitor().person, ticket)
    if file is None:
        form.errors["file"] = ["The file is no longer held here. Choose it again"]
        return _page(name, form), form.status
    try:
        report = clients().import_file(name, file, person=visitor().person, dry_run=not importing, **options)
    except UnreadableUpload as unreadable:
        form.errors["file"] = [str(unreadable)]
        return _page(name, form), form.status
    return _reported(name, form, report, "" if importing else ticket)


def _hold(form: Form) -> str:
    """Hold the file that was sent, and give its ticket; without one, an error at its field."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        form.errors["file"] = ["Choose a file"]
        return ""
    return _held().hold(visitor().person, sent)


def _options(form: Form, kind: Kind) -> dict[str, Any]:
    """What was said of the file, as the importer takes it; what is missing or wrong becomes an error at its field."""
    options: dict[str, Any] = {}
    for question in kind.questions:
        typed = form.values[question.name]
        try:
            options[question.name] = _READ[question.name](typed)
        except ValueError:
            form.errors[question.name] = [_WRONG[question.name]]
    return options


def _version(typed: str) -> str:
    if not 1 <= len(typed) <= 200:
        raise ValueError(typed)
    return typed


_READ: dict[str, Callable[[str], Any]] = {"effective_on": date.fromisoformat, "year": int, "data_version": _version}
_WRONG = {
    "effective_on": "Enter the day of the file, such as 1 7 2022",
    "year": "Enter a year, such as 2018",
    "data_version": "Enter up to 200 characters that say which publication this is",
}


def _reported(name: str, form: Form, report: ImportReport, ticket: str) -> str:
    refused = [(row.line or "", row.key, row.reason) for row in report.refused[:ROWS_SHOWN]]
    outcomes = [(outcome.replace("_", " ").capitalize(), count) for outcome, count in report.outcomes.items()]
    return render_template(
        "import_report.html",
        name=name,
        kind=_kind(name),
        form=form,
        ticket=ticket,
        outcomes=[*outcomes, ("Refused", len(report.refused))],
        refused=refused,
        left_off=len(report.refused) - len(refused),
        visible=report.visible,
    )


def _page(name: str, form: Form) -> str:
    return render_template("import_file.html", name=name, kind=_kind(name), form=form)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        abort(404)
    return KINDS[name]


def _for_the_office() -> None:
    """Nobody else is offered the form; each row's command is judged by its service besides."""
    if not OFFICE & clients().roles(visitor().person):
        abort(403, "Only the programme manager and the programme officer import files.")


def _held() -> HeldFiles:
    held: HeldFiles = current_app.extensions["held_files"]
    return held
