"""The first page after signing in."""

from flask import Blueprint, render_template

home = Blueprint("home", __name__)


@home.get("/", endpoint="home")
def show() -> str:
    return render_template("home.html")
