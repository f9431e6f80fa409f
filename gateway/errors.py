"""Error pages: what happened and what to do, in plain English. Nothing of the inside is shown."""

import logging
from collections.abc import Iterable

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException

from gateway.clients import Conflict, Forbidden, Invalid, LogUnavailable, OutcomeUnknown, Refused

log = logging.getLogger(__name__)
Page = tuple[str, int]

TITLES = {
    400: "We could not understand that request",
    403: "You do not have access to this",
    404: "Page not found",
    405: "That cannot be done here",
    409: "Somebody else changed this at the same moment",
    413: "That file is too large",
    429: "Too many attempts",
    500: "Sorry, there is a problem with the service",
    503: "Nothing can be recorded at the moment",
    504: "We do not know whether this was recorded",
}
ADVICE = {
    400: "Go back to the page before, load it again and try once more.",
    403: "If you need access, ask the programme office.",
    404: "If you typed the web address, check it is correct. If you followed a link, go to the home page "
    "and look for the page from there.",
    405: "Go back to the page before and use its links and buttons.",
    409: "Nothing of yours was recorded. Go back, load the page again to see the change, then decide whether "
    "yours is still needed.",
    413: "Nothing was recorded. Send a smaller file, or split it into parts.",
    429: "Wait a few minutes, then try again.",
    500: "Try again later. If you were saving something, load the page again first: "
    "what is shown there is what is recorded.",
    503: "Nothing was recorded. What you can see is still right. Wait a few minutes, then send it "
    "again; if it goes on, tell the programme office.",
    504: "It was sent, and no answer came in time: it may have been recorded. Send it again, or load this page "
    "again: that does no harm, because it is recorded once at most.",
}


def page(status: int, words: str = "", again: Iterable[tuple[str, str]] = ()) -> Page:
    """An error page; `words` says more than the title does, where something is known. `again` is what a button sends
    once more, field by field."""
    status = status if status in TITLES else 500 if status >= 500 else 400
    return render_template(
        "error.html", title=TITLES[status], words=words, advice=ADVICE[status], status=status, again=again
    ), status


def explain_errors(app: Flask) -> None:
    """Register a page for every error that can reach a person."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Page:
        status = error.code or 500
        ours = type(error).description != error.description
        return page(status, error.description or "" if ours and status < 500 else "")

    @app.errorhandler(CSRFError)
    def csrf(error: CSRFError) -> Page:
        return page(400, "The form had expired, or did not come from this site, so nothing was recorded.")

    @app.errorhandler(Forbidden)
    def forbidden(error: Forbidden) -> Page:
        return page(403, str(error))

    @app.errorhandler(Refused)
    def refused(error: Refused) -> Page:
        return page(400, str(error))

    @app.errorhandler(Invalid)
    def invalid(error: Invalid) -> Page:
        return page(400, str(error))

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> Page:
        return page(409)

    @app.errorhandler(LogUnavailable)
    def unavailable(error: LogUnavailable) -> Page:
        log.error("log unavailable", exc_info=error)
        return page(503)

    @app.errorhandler(OutcomeUnknown)
    def unknown(error: OutcomeUnknown) -> Page:
        log.error("outcome unknown", exc_info=error)
        # The same fields are the same command, and one command has one effect. A page can't send a file again.
        return page(504, again=[] if request.files else list(request.form.items(multi=True)))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Page:
        log.error("unexpected error in a page", exc_info=error)
        return page(500)
