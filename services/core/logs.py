"""Structured logs, one JSON object a line on stderr. They hold names of types and services, never personal data."""

import logging
import sys
from typing import Any

import structlog


def configure(level: str) -> None:
    """Write lines of this level (debug, info, warning, error) and above."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


logger: Any = structlog.get_logger()
