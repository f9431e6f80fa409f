"""The rows of services that run apart, by name."""

from tests.bench.cluster import rebuild, relay, rpc, seen

ROWS = {module.ROW.name: module.ROW for module in (rpc, relay, rebuild, seen)}
