"""A school's records of visit and annual report: the list, one of them as it stands or was issued, and what can be done
with it."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import carry_out
from gateway.forms import Form
from gateway.pages.record_editor import check, edit
from gateway.pdf import NoPdf, pdf_of
from gateway.record_acts import ACTS, acts_for, redaction
from gateway.record_papers import name_of, note_opened, the_record, writable_parts
from gateway.school import the_school
from gateway.visitor import ask, may
from gateway.words import academic_year

records = Blueprint("records", __name__)

ONE = '/schools/<int:urn>/records/<int:year>/<any("1", "2", "3", "ip", "annual-report"):document>'
"""The address of one document. There is none for visit 4, which leaves no record (VR2)."""

records.add_url_rule(f"{ONE}/edit", "edit", edit, methods=["GET", "POST"])
records.add_url_rule(f"{ONE}/check", "check", check, methods=["POST"])


@records.get("/schools/<int:urn>/records")
def of_school(urn: int) -> str:
    known, answer = the_school(urn), ask("visits.SchoolRecords", urn=urn)
    return render_template(
        "records.html",
        school=known.value,
        as_at=min(known.as_at, answer.as_at),
        lines=answer.value,
        readings=may("visits.Readings", urn=urn),
    )


@records.get(ONE)
@records.get(f"{ONE}/<int:version>")
def read(urn: int, year: int, document: str, version: int | None = None) -> str:
    known, answer = the_school(urn), the_record(urn, year, document, version)
    paper = answer.value
    if version:
        note_opened(urn, name_of(paper))
    return render_template(
        "record.html",
        school=known.value,
        as_at=min(known.as_at, answer.as_at),
        paper=paper,
        acts=acts_for(paper),
        may_write=bool(writable_parts(paper)),
        about={"urn": urn, "year": year, "document": document},
    )


@records.get(f"{ONE}/<int:version>/pdf")
def pdf(urn: int, year: int, document: str, version: int) -> ResponseReturnValue:
    known, answer = the_school(urn), the_record(urn, year, document, version)
    name = name_of(answer.value)
    try:
        made = pdf_of(
            "record_paper.html",
            title=f"{answer.value.title}, {academic_year(year)}, {answer.value.header.school.name}",
            school=known.value,
            as_at=answer.as_at,
            paper=answer.value,
        )
    except NoPdf as missing:
        flash(str(missing))
        return redirect(url_for("records.read", urn=urn, year=year, document=document, version=version), 303)
    note_opened(urn, name)
    shown_as = {"Content-Disposition": f'inline; filename="{name}-{urn}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=shown_as)


@records.route(f"{ONE}/<name>", methods=["GET", "POST"])
def act(urn: int, year: int, document: str, name: str) -> ResponseReturnValue:
    known, answer = the_school(urn), the_record(urn, year, document)
    chosen = redaction(answer.value) if name == "redact" else ACTS.get(name)
    if chosen is None:
        abort(404, "There is nothing of this name to do with a record.")
    back = url_for("records.read", urn=urn, year=year, document=document)

    def page(form: Form) -> str:
        trail = (("Records", url_for("records.of_school", urn=urn)), (answer.value.title, back))
        school, as_at = known.value, min(known.as_at, answer.as_at)
        return render_template("school_act.html", school=school, as_at=as_at, act=chosen, form=form, trail=trail)

    was_read = {"version": request.args.get("version", answer.value.issued, int)} if name == "answer" else {}
    return carry_out(chosen, back, page, urn=urn, year=year, document=document, **was_read)
