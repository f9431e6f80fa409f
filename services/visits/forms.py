"""What each document asks for, section by section: versioned data, so that a record keeps the form it was begun on."""

import csv
from importlib.resources import files
from typing import Literal

from msgspec import Struct

DocumentName = Literal["1", "2", "3", "ip", "annual-report"]
"""What can be written. Visit 4 is not among them: it leaves no record (VR2)."""
Part = Literal["school", "adviser"]


class Section(Struct, frozen=True):
    """One section of a document. `required` for quality, never for saving (VR4); `aspect` is the one of the IP day's
    six that it belongs to; `choices` are all that it may say, where it isn't free text; `sources` are the (document,
    section) pairs of the year's records from which it can be begun."""

    part: Part
    section: str
    title: str
    hint: str
    required: bool
    aspect: str = ""
    choices: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


def _read() -> dict[tuple[int, str], tuple[Section, ...]]:
    forms: dict[tuple[int, str], tuple[Section, ...]] = {}
    text = (files(__package__) / "forms.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        section = Section(
            part="school" if row["part"] == "school" else "adviser",
            section=row["section"],
            title=row["title"],
            hint=row["hint"],
            required=row["need"] == "required",
            aspect=row["aspect"],
            choices=_list(row["choices"]),
            sources=tuple((document, name) for document, _, name in (s.partition(":") for s in _list(row["sources"]))),
        )
        key = int(row["form"]), row["document"]
        forms[key] = (*forms.get(key, ()), section)
    return forms


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


_FORMS = _read()
LATEST_FORM = max(form for form, _ in _FORMS)


def sections_of(document: str, form: int = LATEST_FORM) -> tuple[Section, ...]:
    """The sections of a document in that version of the forms, in order."""
    return _FORMS[form, document]


def section_of(document: str, section: str, form: int = LATEST_FORM) -> Section | None:
    """One section, or None when the document has none of that code."""
    return next((each for each in sections_of(document, form) if each.section == section), None)
