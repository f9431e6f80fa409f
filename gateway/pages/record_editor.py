"""Writing a document: the school's part beside the adviser's, judged as it is typed; two who write at once are told."""

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4, uuid5

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients import Invalid, Refused
from gateway.forms import STILL_UPDATING
from gateway.record_beside import beside
from gateway.record_papers import the_record, writable_parts
from gateway.school import the_school
from gateway.visitor import ask, clients, visitor


def edit(urn: int, year: int, document: str) -> ResponseReturnValue:
    """The editor. With a POST, save what was changed in it."""
    known, answer = the_school(urn), the_record(urn, year, document)
    parts = writable_parts(answer.value)
    if not parts:
        return redirect(url_for("records.read", urn=urn, year=year, document=document), 303)
    saving = _Saving(answer.value, parts)
    if request.method == "POST":
        saving.save()
        if not saving.errors:
            flash(saving.words)
            about: dict[str, Any] = {"urn": urn, "year": year, "document": document}
            if request.form.get("step") == "hand-over":
                return redirect(url_for("records.act", name="hand-over", **about), 303)
            return redirect(url_for("records.edit", **about), 303)
        answer = the_record(urn, year, document)
    page = render_template(
        "record_edit.html",
        school=known.value,
        as_at=min(known.as_at, answer.as_at),
        paper=answer.value,
        parts=parts,
        saving=saving,
        form_id=uuid4(),
        draft=f"{visitor().person}:{urn}-{year}-{document}",
        about={"urn": urn, "year": year, "document": document},
        beside=beside(urn, year, document),
    )
    return page, 422 if saving.errors else 200


def check(urn: int, year: int, document: str) -> str:
    """How the adviser's part would be judged as it is typed now: a piece of the editor, for its script."""
    boxes = [(name, text) for name, text in request.form.items() if f"revision-{name}" in request.form]
    typed = [{"section": name, "text": _plain(text)} for name, text in boxes]
    judged = ask("visits.CheckDraft", urn=urn, year=year, document=document, texts=typed).value
    return render_template("record_criteria.html", criteria=judged)


class _Saving:
    """What came of saving: `errors` by section, and the sections that somebody else saved meanwhile (`clashes`)."""

    def __init__(self, paper: Any, parts: set[str]) -> None:
        self._paper = paper
        self._lines = [line for line in paper.sections if line.part in parts]
        self.errors: dict[str, str] = {}
        self.clashes: set[str] = set()
        self._saved: list[bool] = []

    def save(self) -> None:
        """Save each section that differs from what stood there when the page was opened."""
        form_id = _form_id()
        for line in self._lines:
            typed, seen = self.typed(line), request.form.get(f"seen-{line.section}")
            if line.section in request.form and _digest(typed) != seen and typed != (line.text or ""):
                self._write(line.section, typed, request.form.get(f"revision-{line.section}", "0"), form_id)

    def _write(self, section: str, text: str, revision: str, form_id: UUID) -> None:
        paper = self._paper
        fields = {"urn": paper.urn, "year": paper.year, "document": paper.document, "section": section, "text": text}
        command_id = uuid5(form_id, repr((section, text, revision)))
        try:
            saved = clients().handle(
                "visits.WriteSection",
                {**fields, "revision": revision},
                person=visitor().person,
                command_id=command_id,
            )
        except Refused as refused:
            self.errors[section] = refused.message
            if refused.field == "revision":
                self.clashes.add(section)
        except Invalid as invalid:
            self.errors[section] = " ".join(word for words in invalid.errors.values() for word in words)
        else:
            self._saved.append(saved.visible)

    @property
    def words(self) -> str:
        """What to tell when nothing went wrong."""
        if not self._saved:
            return "Nothing had changed, so there was nothing to save"
        return "Saved" if all(self._saved) else STILL_UPDATING

    def typed(self, line: Any) -> str:
        """What the box of a section holds: as typed, else as saved, else what the report begins with."""
        if line.section in request.form:
            return _plain(request.form[line.section])
        return line.text or line.prefill or ""

    def seen(self, line: Any) -> str:
        """Goes along with a box, to tell whether it was changed since it was shown."""
        return _digest(line.text or "")


def _digest(text: str) -> str:
    return sha256(_plain(text).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    """As it is stored: browsers send the ends of lines in their own way."""
    return text.replace("\r\n", "\n").strip()


def _form_id() -> UUID:
    try:
        return UUID(request.form.get("form_id", ""))
    except ValueError:
        abort(400, "The form was incomplete. Open the page again and fill it in once more.")
