"""Static files under an address that changes with their content, so that browsers may keep them."""

from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, send_from_directory, url_for

FOLDER = Path(__file__).parent / "static"
A_YEAR = 31_536_000

assets = Blueprint("assets", __name__)


def fingerprint(folder: Path) -> str:
    """One digest over all files: relative imports between them then stay inside one version."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@assets.get("/static/<version>/<path:name>")
def file(version: str, name: str) -> Response:
    """A page from before an upgrade may ask for an older version: it gets today's file, not kept."""
    current = version == current_app.config["ASSETS_VERSION"]
    response = send_from_directory(FOLDER, name, max_age=A_YEAR if current else 0)
    if current:
        response.cache_control.public = True
        response.cache_control.immutable = True
    return response


def serve_assets(app: Flask) -> None:
    """Register the files, and `asset(name)` for templates."""
    app.config["ASSETS_VERSION"] = version = fingerprint(FOLDER)
    app.register_blueprint(assets)
    app.jinja_env.globals["asset"] = lambda name: url_for("assets.file", version=version, name=name)
