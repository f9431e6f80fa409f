"""Names of metrics: those that the code declares, and those that an expression asks for."""

import re
from functools import cache

from tests.deploy.files import ROOT

DECLARED = re.compile(r"\b(Counter|Gauge|Histogram)\(\s*\"(partnership_\w+)\"")
SUFFIXES = {"Counter": ("_total",), "Gauge": ("",), "Histogram": ("_bucket", "_count", "_sum")}
NOT_OURS = {"up", "process_start_time_seconds", "process_resident_memory_bytes", "rabbitmq_detailed_queue_messages"}
"""Prometheus makes the first, its Python client the next two for every process, and RabbitMQ the last: tested there."""
WORD = re.compile(r"\b(partnership_\w+|process_\w+|rabbitmq_\w+|up)\b")


@cache
def declared() -> frozenset[str]:
    """Every name that a scrape can give."""
    names = set(NOT_OURS)
    for folder in ("services", "gateway"):
        for file in (ROOT / folder).rglob("*.py"):
            for kind, name in DECLARED.findall(file.read_text()):
                names.update(name + suffix for suffix in SUFFIXES[kind])
    return frozenset(names)


def asked_for(expression: str) -> set[str]:
    """The metrics of an expression in PromQL."""
    return set(WORD.findall(expression))
