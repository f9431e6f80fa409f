"""Signing in and out."""

from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.attempts import Attempts
from gateway.forms import Field, Form
from gateway.pages.home import first_page
from gateway.sessions import ServerSession
from gateway.visitor import signed_in

sign_in = Blueprint("sign_in", __name__)

USERNAME = Field("username", "User name", width="govuk-input--width-20", autocomplete="username")
PASSWORD = Field("password", "Password", "password", width="govuk-input--width-20", autocomplete="current-password")
LONGEST_NAME, LONGEST_PASSWORD = 100, 1_000
PUBLIC = frozenset(
    {"sign_in.ask", "sign_in.check", "assets.file", "monitoring.health", "monitoring.metrics", "calendar.feed"}
)


@sign_in.before_app_request
def guard() -> ResponseReturnValue | None:
    """Everything but the sign-in page itself is for people who have signed in."""
    if request.endpoint is None or request.endpoint in PUBLIC or signed_in():
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.ask", next=wanted))


@sign_in.get("/sign-in")
def ask() -> ResponseReturnValue:
    if signed_in():
        return redirect(_destination())
    return _page(Form.of_request(USERNAME, PASSWORD))


@sign_in.post("/sign-in")
def check() -> ResponseReturnValue:
    username = request.form.get("username", "").strip()[:LONGEST_NAME]
    password, address = request.form.get("password", "")[:LONGEST_PASSWORD], request.remote_addr or ""
    form = Form((USERNAME, PASSWORD), {"username": username})
    for question, typed in ((USERNAME, username), (PASSWORD, password)):
        if not typed:
            form.errors[question.name] = [f"Enter your {question.label.lower()}"]
    if form.errors:
        return _page(form), 422
    if not _attempts().allow(username, address):
        again_at = _attempts().again_at(username, address)
        return render_template("too_many_attempts.html", again_at=again_at), 429
    user = _accounts().verify(username, password)
    if user is None:
        form.errors["username"] = ["The user name or the password is not right"]
        return _page(form), 401
    _attempts().succeeded(username, address)
    _session().sign_in(user)
    return redirect(_destination(), 303)


@sign_in.post("/sign-out")
def leave() -> ResponseReturnValue:
    _session().sign_out()
    return redirect(url_for("sign_in.ask"), 303)


def is_ours(address: str) -> bool:
    """Whether an address after signing in is a path on this site, however a browser may read it."""
    # Browsers drop control characters and take a backslash for a slash: /\t/elsewhere means //elsewhere.
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    if any(ord(character) <= 32 or ord(character) == 127 for character in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def _destination() -> str:
    wanted = request.values.get("next", "")
    return wanted if is_ours(wanted) and wanted != url_for("home.home") else first_page()


def _page(form: Form) -> str:
    demonstration = current_app.config["DEMONSTRATION"]
    users = _accounts().demonstration_users() if demonstration else []
    return render_template(
        "sign_in.html",
        form=form,
        users=users,
        next=request.values.get("next", ""),
        demonstration_password=DEMONSTRATION_PASSWORD,
    )


def _session() -> ServerSession:
    return cast(ServerSession, session)


def _accounts() -> Accounts:
    accounts: Accounts = current_app.extensions["accounts"]
    return accounts


def _attempts() -> Attempts:
    attempts: Attempts = current_app.extensions["attempts"]
    return attempts
