"""What is measured between processes. Labels hold names of services, verbs and classes of errors only."""

from prometheus_client import Counter, Gauge, Histogram

CALLS = Counter(
    "partnership_calls", "Requests that a service was asked, by what came of them", ["service", "verb", "outcome"]
)
CALL_SECONDS = Histogram(
    "partnership_call_seconds",
    "Time from asking a service until its reply, as the gateway sees it",
    ["service", "verb"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
RPC_ERRORS = Counter("partnership_rpc_errors", "Calls that failed on the way, by what failed", ["service", "why"])
BROKER_CONNECTED = Gauge("partnership_broker_connected", "1 while connected to the message broker, else 0", ["what"])
