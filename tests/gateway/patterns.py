"""Pages that show every macro of the gateway at once: each is tested before and beside its real uses."""

from datetime import UTC, datetime

from flask import Blueprint, render_template_string, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from gateway.forms import Field, Form

patterns = Blueprint("patterns", __name__, url_prefix="/patterns")

FIELDS = (
    Field("urn", "Unique Reference Number", "number", "Six digits", width="govuk-input--width-5"),
    Field("begins", "First day", "date", "For example, 1 9 2011"),
    Field("term", "Term", "radios", options=(("autumn", "Autumn"), ("spring", "Spring"))),
    Field("purpose", "Purpose", "select", options=(("visit", "Visit"), ("day", "Professional day"))),
    Field("note", "Note", "textarea"),
)
FORM = """{% extends "layout.html" %}
{% from "macros/form.html" import error_summary, form_of %}
{% block title %}{{ "Error: " if form.errors }}Subscribe{% endblock %}
{% block content %}{{ error_summary(form) }}<h1 class="govuk-heading-l">Subscribe</h1>
{{ form_of(form, "Subscribe") }}{% endblock %}"""
RESULTS = """{% extends "layout.html" %}
{% from "macros/page.html" import as_at, breadcrumbs, why %}
{% from "macros/chart.html" import bars, lines, folded %}
{% from "macros/table.html" import table %}
{% block title %}Results{% endblock %}
{% block before %}{{ breadcrumbs(("Home", "/"), ("Schools", "/")) }}{% endblock %}
{% block content %}<h1 class="govuk-heading-l">{{ school }}</h1>
{{ as_at(now) }}{{ why("You are the Link Adviser of this school.") }}
<h2 class="govuk-heading-m">Reading, writing and mathematics</h2>
{{ bars("rwm", "Pupils meeting the expected standard, 2019", "This school is above Norfolk.", rows) }}
{{ table("Expected standard", ("Where", "Per cent", "Note"), figures, numeric=(1,), links={0: 3}) }}
{{ lines("years", "Expected standard over four years", "Rising from 51% to 71%.", years, series) }}
{% call folded() %}{{ table("Expected standard by year", ("Where",) + years, by_year, numeric=(1, 2, 3, 4)) }}
{% endcall %}
{{ table("A wide table", wide[0], wide) }}{% endblock %}"""


@patterns.route("/form", methods=["GET", "POST"])
def form() -> ResponseReturnValue:
    shown = Form.of_request(*FIELDS, urn="120000")
    if request.method == "POST" and shown.send("scheduling.SubscribeSchool", year=2011):
        return redirect(url_for("patterns.results"), 303)
    return render_template_string(FORM, form=shown), shown.status


@patterns.get("/results")
def results() -> str:
    return render_template_string(
        RESULTS,
        school=request.args.get("school", "Flitcham Primary School"),
        now=datetime(2012, 7, 1, 13, 5, tzinfo=UTC),
        rows=(
            ("This school", 71, "71%", ""),
            ("Norfolk", 61, "61%", "beside"),
            ("England", 65, "65%", "beside"),
            ("Pupils with free school meals", None, "Suppressed: 10 pupils or fewer", ""),
        ),
        figures=(
            ("This school", "71", "", "/"),
            ("Norfolk", "61", "", "/"),
            ("Pupils with free school meals", "SUPP", "Suppressed: 10 pupils or fewer", "/"),
        ),
        years=("2016", "2017", "2018", "2019"),
        series=(
            ("This school", (51, None, 64, 71)),
            ("Norfolk", (48, 56, 60, 61)),
            ("England", (54, 62, 65, 65)),
        ),
        by_year=(("This school", "51", "SUPP", "64", "71"), ("Norfolk", "48", "56", "60", "61")),
        wide=(tuple(f"Column number {n}" for n in range(12)),),
    )


@patterns.get("/broken")
def broken() -> str:
    raise ZeroDivisionError("the inside of the service")
