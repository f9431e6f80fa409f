"""What every template can use: the GOV.UK macros, our words for dates and money, the navigation."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from gateway.concern_words import add_concern_words
from gateway.navigation import navigation, second_bar, sections
from gateway.school import may_find, more_of_school, school_tabs, why_seen
from gateway.tables import table_rows
from gateway.visitor import may, signed_in
from gateway.words import add_words


def furnish(app: Flask) -> None:
    """Set up the Jinja environment. Undefined stays lenient: the GOV.UK macros rely on it."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([PackageLoader("gateway"), govuk])
    app.jinja_env.globals.update(
        navigation=navigation,
        second_bar=second_bar,
        sections=sections,
        signed_in=signed_in,
        may=may,
        may_find=may_find,
        school_tabs=school_tabs,
        more_of_school=more_of_school,
        why_seen=why_seen,
        table_rows=table_rows,
        demonstration=app.config["DEMONSTRATION"],
    )
    add_words(app)
    add_concern_words(app)
