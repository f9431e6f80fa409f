"""Errors for machines: problem details as JSON (RFC 9457)."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from gateway.clients import LogUnavailable

log = logging.getLogger(__name__)


class Problem(Exception):
    """Answers a request with what is wrong with it and what to do."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


def explain_problems(api: Flask) -> None:
    """Register an answer for every error."""

    @api.errorhandler(Problem)
    def problem(error: Problem) -> Response:
        return _answer(error.status, error.detail, error.headers)

    @api.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        return _answer(HTTPStatus(error.code or 500), error.description or "", dict(error.get_headers()))

    @api.errorhandler(LogUnavailable)
    def unavailable(error: LogUnavailable) -> Response:
        log.error("log unavailable", exc_info=error)
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "No events can be read at the moment.", {"Retry-After": "10"})

    @api.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected error in the API", exc_info=error)
        return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "The fault is ours. Try again later.", {})


def _answer(status: HTTPStatus, detail: str, headers: Mapping[str, str]) -> Response:
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    kept = {name: value for name, value in headers.items() if name != "Content-Type"}
    return Response(msgspec.json.encode(body), status, kept, content_type="application/problem+json")
