"""The contract of the public events, for whoever builds a subscriber: it tells of no school, so it needs no token.

The files are written by `partnership contracts public`."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

contract = Blueprint("contract", __name__)
DIRECTORY = Path(__file__).parent / "contract"


@contract.get("/v1/asyncapi.json")
def asyncapi() -> Response:
    return send_from_directory(DIRECTORY, "asyncapi.json")


@contract.get("/v1/openapi.json")
def openapi() -> Response:
    return send_from_directory(DIRECTORY, "openapi.json")


@contract.get("/v1/schemas/<name>.json")
def schema(name: str) -> Response:
    return send_from_directory(DIRECTORY / "schemas", f"{name}.json", mimetype="application/schema+json")
