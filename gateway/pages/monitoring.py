"""For machines that watch: /health in JSON, /metrics for Prometheus. Neither says anything of a person."""

import time

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, Histogram, generate_latest

from gateway.clients import LogUnavailable
from gateway.visitor import clients

monitoring = Blueprint("monitoring", __name__)
PAGE_SECONDS = Histogram(
    "partnership_page_seconds",
    "Time to answer a request, by kind of page and status",
    ["page", "status"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1, 5),
)


@monitoring.get("/health")
def health() -> tuple[Response, int]:
    try:
        found = clients().health()
    except LogUnavailable:
        return jsonify({"status": "log unavailable"}), 503
    failing = found.get("wrong")
    return jsonify({"status": "failing" if failing else "ok", **found}), 503 if failing else 200


@monitoring.get("/metrics")
def metrics() -> Response:
    clients().measure()
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def measure(app: Flask) -> None:
    """Time every page."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if "began" in g:
            page = request.endpoint or "unknown"
            PAGE_SECONDS.labels(page, response.status_code).observe(time.perf_counter() - g.began)
        return response
