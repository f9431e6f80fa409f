"""How long the server took over its pages, from the histogram that it publishes at /metrics."""

from collections import Counter

from prometheus_client.parser import text_string_to_metric_families

from tests.bench.web import Client

HISTOGRAM = "partnership_page_seconds"
NOT_PAGES = ("assets.", "monitoring.", "sign_in.")

Times = Counter[tuple[str, float]]
"""How many answers, by page, took at most so many seconds."""


def page_times(client: Client) -> Times:
    """Everything since the server started."""
    times: Times = Counter()
    for family in text_string_to_metric_families(client.get("/metrics")):
        if family.name == HISTOGRAM:
            for sample in family.samples:
                page, bound = sample.labels.get("page", ""), sample.labels.get("le")
                if bound is not None and not page.startswith(NOT_PAGES):
                    times[page, float(bound)] += int(sample.value)
    return times


def p99(times: Times, page: str | None = None) -> float:
    """The milliseconds within which 99 in 100 answers came, of one page or of all: a straight line in its bucket.

    Infinite when it lies beyond the last bucket."""
    counts: Counter[float] = Counter()
    for (name, bound), answers in times.items():
        if page in (None, name):
            counts[bound] += answers
    wanted = 0.99 * max(counts.values())
    least, answered = 0.0, 0
    for bound, answers in sorted(counts.items()):
        if answers >= wanted:
            return 1_000 * (least + (bound - least) * (wanted - answered) / max(1, answers - answered))
        least, answered = bound, answers
    raise AssertionError("a histogram ends with a bucket that holds everything")
