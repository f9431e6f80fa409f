"""Papers as tagged PDF, made from templates as pages are."""

from typing import Any, cast

from flask import render_template

from gateway.assets import FOLDER


class NoPdf(Exception):
    """This machine can't make PDF files; the text says what is missing."""


def pdf_of(template: str, **context: Any) -> bytes:
    """A template (extending `paper.html`) as PDF/UA, with tags for screen readers, a title and a language.

    Nothing is fetched, from the network or the machine: a template that asks for it is an error. Raises NoPdf."""
    try:
        from weasyprint import CSS, HTML, urls  # type: ignore[import-untyped]  # loads Pango, which may be missing
    except OSError as error:
        raise NoPdf(
            "This machine can't make PDF files, because the Pango libraries are not installed (on Debian:"
            " libpangoft2-1.0-0 and libharfbuzz-subset0). Print the page instead: it holds the same."
        ) from error
    nothing = urls.URLFetcher(allowed_protocols=(), fail_on_errors=True)
    html = HTML(string=render_template(template, **context), url_fetcher=nothing)
    dress = CSS(string=(FOLDER / "paper.css").read_text(encoding="utf-8"), url_fetcher=nothing)
    try:
        return cast(bytes, html.write_pdf(stylesheets=[dress], pdf_variant="pdf/ua-1"))
    except urls.FatalURLFetchingError as error:  # which no handler of errors would see
        raise ValueError(f"{template} wants to load a file: {error}") from error
