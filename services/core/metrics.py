"""What the platform measures of itself. Labels hold names of types and services, never of people or schools."""

from prometheus_client import Counter, Gauge, Histogram

APPEND_SECONDS = Histogram(
    "partnership_append_seconds",
    "Time from asking the log to store events until they are durable",
    buckets=(0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2),
)
COMMAND_SECONDS = Histogram(
    "partnership_command_seconds",
    "Time to carry out a command, whatever came of it",
    ["command"],
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2),
)
CONFLICTS = Counter("partnership_conflicts", "Appends that found another writer had come first")
REFUSALS = Counter("partnership_refusals", "Commands that were refused, invalid or forbidden", ["command", "kind"])
LAG_EVENTS = Gauge("partnership_lag_events", "Events that a reader has still to take in, at most 1,000", ["reader"])
LAG_SECONDS = Gauge("partnership_lag_seconds", "Age of the oldest event that a reader has still to take in", ["reader"])
PARKED = Gauge("partnership_parked_events", "Events set aside because they could not be taken in", ["reader"])
ENGINE_REACHABLE = Gauge(
    "partnership_engine_reachable",
    "1 while an engine answered when it was last asked, else 0; nothing where it was never asked",
    ["engine"],
)
